"""The phones of citizens: one with WeChat's service account, one with a mini-program."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientSession

from data.civic.ids import ConversationId
from data.civic.talk.conversations import ConversationKey
from tests import builders

Json = dict[str, Any]
CHOICE = re.compile(r"^\d\. (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """The control API of the simulated platforms."""

    url: str
    token: str = field(repr=False)
    http: ClientSession = field(repr=False)

    async def post(self, path: str, **body: object) -> Json:
        return await self._ask("POST", path, body)

    async def get(self, path: str) -> Json:
        return await self._ask("GET", path, None)

    async def delete(self, path: str) -> Json:
        return await self._ask("DELETE", path, None)

    async def _ask(self, method: str, path: str, body: Json | None) -> Json:
        headers = {"Authorization": f"Bearer {self.token}"}
        async with self.http.request(
            method, self.url + path, headers=headers, json=body
        ) as response:
            answer: Json = await response.json()
            assert response.status == 200, answer
            return answer


@dataclass(frozen=True, slots=True, kw_only=True)
class WeChatPhone:
    """A citizen who talks to the service account; every word goes over the signed webhook."""

    user: str
    key: ConversationKey
    control: Control
    settled: Callable[[ConversationId], Awaitable[object]]

    async def say(self, text: str, *, copies: int = 1) -> Json:
        """Type a text; tell the whole exchange between WeChat and the house."""
        return await self._do(text=text, copies=copies)

    async def touch(self, event: str) -> Json:
        """Follow, leave, scan: what WeChat tells as an event."""
        return await self._do(event=event)

    async def ask(self, text: str, *, copies: int = 1) -> str:
        """Type a text and read the whole answer, also what comes as further messages."""
        before = len(await self.lines())
        await self.say(text, copies=copies)
        await self.settled(self.key.id)
        return "".join(self.told((await self.lines())[before:]))

    async def lines(self) -> list[Json]:
        """Read what the phone shows, oldest first."""
        found = await self.control.get(f"/_sim/inbox/wechat-service/{self.user}")
        lines: list[Json] = found["lines"]
        return lines

    async def heard(self) -> list[str]:
        """Read everything that was said to this citizen."""
        return self.told(await self.lines())

    @staticmethod
    def told(lines: list[Json]) -> list[str]:
        return [line["text"] for line in lines if line["by"] == "account"]

    async def _do(self, **what: object) -> Json:
        return await self.control.post(
            "/_sim/say", account="wechat-service", user=self.user, **what
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a mini-program got for a message."""

    body: Json

    @property
    def text(self) -> str:
        return "\n\n".join(part["text"] for part in self.body["parts"] if part["kind"] == "say")

    @property
    def choices(self) -> list[str]:
        return [one for part in self.body["parts"] for one in part.get("choices", [])]

    @property
    def outcome(self) -> str:
        return str(self.body["outcome"])

    @property
    def version(self) -> str:
        return str(self.body["source"]["version"])

    @property
    def as_plain_text(self) -> str:
        """Write it as a channel must that knows nothing but text."""
        numbered = "\n".join(f"{n}. {one}" for n, one in enumerate(self.choices, start=1))
        return "\n\n".join(filter(None, [self.text, numbered]))


@dataclass(slots=True, kw_only=True)
class MiniProgramPhone:
    """A citizen in the mini-program of WeChat or Alipay."""

    platform: str
    user: str
    url: str
    http: ClientSession = field(repr=False)
    token: str = field(default="", repr=False)

    @property
    def account(self) -> str:
        return f"{self.platform}-mini"

    async def sign_in(self, control: Control) -> None:
        """Sign in as the page does: with a code that the platform gives."""
        code = await self.code(control)
        told = {"platform": self.platform, "account": self.account, "code": code}
        status, body = await self.call("POST", "/session", told)
        assert status == 200, body
        self.token = body["token"]

    async def code(self, control: Control) -> str:
        """Let the platform give a login code."""
        minted = await control.post(
            "/_sim/codes", platform=self.platform, account=self.account, user=self.user
        )
        return str(minted["code"])

    async def ask(self, text: str, **more: object) -> Answer:
        """Say something and read the answer."""
        status, body = await self.say(text, **more)
        assert status == 200, body
        return Answer(body=body)

    async def say(self, text: str, *, key: str | None = None, **more: object) -> tuple[int, Json]:
        """Say something; tell the HTTP status and the body."""
        told = {"client_message_id": key or builders.ids().new(), "text": text, **more}
        return await self.call("POST", "/messages", told)

    async def history(self) -> list[Json]:
        """Read what was said before."""
        status, body = await self.call("GET", "/messages", None)
        assert status == 200, body
        lines: list[Json] = body["lines"]
        return lines

    async def look_up(self, number: str, last_four: str) -> tuple[int, Json]:
        """Look an application up."""
        return await self.call("POST", "/cases/lookup", {"number": number, "last_four": last_four})

    async def call(self, method: str, path: str, body: Json | None) -> tuple[int, Json]:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        async with self.http.request(
            method, self.url + path, headers=headers, json=body
        ) as response:
            return response.status, await response.json(content_type=None)


def choices_in(text: str) -> list[str]:
    """Read the numbered choices at the end of a plain text."""
    return CHOICE.findall(text.rpartition("\n\n")[2])
