"""WeChat's push side: five seconds to answer, three tries, and what the phone then shows."""

import asyncio
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.demo import wechat_xml
from bot.demo.chance import Chance
from bot.demo.clock import ShiftedClock
from bot.demo.config import Limits
from bot.demo.wechat_app import WeChatApp
from bot.demo.wechat_people import Line, Person
from bot.demo.wechat_seal import Push, seal, unseal
from data.civic.errors import BadInput

WORDS = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
LARGEST_REPLY = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One try to push: the HTTP status (None: no answer in time) and how long it took."""

    status: int | None
    milliseconds: int
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A push from the first try to what the citizen saw."""

    message_id: str
    attempts: tuple[Attempt, ...]
    shown: Line | None
    """The passive reply or the notice of failure; None: nothing was shown."""
    problem: str = ""
    """Why there was a notice."""


class Pusher:
    """Pushes what citizens say and do to the backend."""

    def __init__(
        self,
        session: ClientSession,
        *,
        backend_url: str,
        clock: ShiftedClock,
        chance: Chance,
        limits: Limits,
    ) -> None:
        self.backend_url = backend_url
        self._session = session
        self._clock = clock
        self._chance = chance
        self._limits = limits
        self._pushed = 0

    async def say(
        self, app: WeChatApp, person: Person, text: str, *, choice: str = "", copies: int = 1
    ) -> Exchange:
        """Push a text; `choice` is the id of a menu's item, `copies` go out at the same time."""
        app.said(person, text)
        message_id = self._message_id()
        fields = self._fields(app, person, kind="text") | {"Content": text, "MsgId": message_id}
        if choice:
            fields["bizmsgmenuid"] = choice
        return await self._exchange(app, person, fields, copies)

    async def touch(self, app: WeChatApp, person: Person, event: str, *, key: str = "") -> Exchange:
        """Push an event: followed, left, scanned, tapped a menu; events have no MsgId."""
        app.touched(person, event)
        fields = self._fields(app, person, kind="event") | {"Event": event, "EventKey": key}
        return await self._exchange(app, person, fields, 1)

    async def answer_template(
        self, app: WeChatApp, person: Person, template: str, *, yes: bool, changed: bool = False
    ) -> Exchange:
        """Push that a citizen was asked for a template, or has changed the answer later."""
        app.templates.answer(person.openid, template, yes=yes)
        status = "accept" if yes else "reject"
        name = "Change" if changed else "Popup"
        item = {"TemplateId": template, "SubscribeStatusString": status}
        fields = self._fields(app, person, kind="event")
        fields["Event"] = f"subscribe_msg_{name.lower()}_event"
        lists: wechat_xml.Lists = {f"SubscribeMsg{name}Event": [item]}
        return await self._exchange(app, person, fields, 1, lists)

    def _fields(self, app: WeChatApp, person: Person, *, kind: str) -> dict[str, str]:
        return {
            "ToUserName": app.account.original_id,
            "FromUserName": person.openid,
            "CreateTime": str(int(self._clock.seconds())),
            "MsgType": kind,
        }

    def _message_id(self) -> str:
        """Make a 64-bit number beyond 2**53 that no other run of the demo has used."""
        self._pushed += 1
        return str(int(self._clock.seconds() * 1000) * 2**20 + self._pushed % 2**20)

    async def _exchange(
        self,
        app: WeChatApp,
        person: Person,
        fields: dict[str, str],
        copies: int,
        lists: wechat_xml.Lists | None = None,
    ) -> Exchange:
        stamp = int(self._clock.seconds())
        push = seal(fields, app.account, chance=self._chance, timestamp=stamp, lists=lists)
        url = f"{self.backend_url}/wechat/{app.account.name}"
        runs = await asyncio.gather(*(self._tries(url, push) for _ in range(copies)))
        answered = next((run for run in runs if run[-1].status is not None), runs[0])
        shown, problem = self._outcome(app, person, answered[-1])
        return Exchange(
            message_id=fields.get("MsgId", ""),
            attempts=tuple(attempt for run in runs for attempt in run),
            shown=shown,
            problem=problem,
        )

    async def _tries(self, url: str, push: Push) -> list[Attempt]:
        """Push until there is an answer; only silence is tried again, a bad answer is not."""
        tried: list[Attempt] = []
        while len(tried) < self._limits.push_attempts:
            tried.append(await self._once(url, push))
            if tried[-1].status is not None:
                break
        return tried

    async def _once(self, url: str, push: Push) -> Attempt:
        started = time.monotonic()
        status, text = None, ""
        try:
            async with self._session.post(
                url,
                params=push.query,
                data=push.body.encode(),
                headers={"Content-Type": "text/xml"},
                timeout=ClientTimeout(total=self._limits.push_limit_s),
                allow_redirects=False,
            ) as response:
                text = (await response.content.read(LARGEST_REPLY)).decode(errors="replace")
                status = response.status
        except (ClientError, TimeoutError, OSError) as error:
            text = type(error).__name__
        spent = int((time.monotonic() - started) * 1000)
        return Attempt(status=status, milliseconds=spent, body=text)

    def _outcome(self, app: WeChatApp, person: Person, last: Attempt) -> tuple[Line | None, str]:
        try:
            return self._shown(app, person, last), ""
        except BadInput as error:
            words = WORDS["failure"]["service" if app.account.kind == "service" else "miniprogram"]
            return app.notice(person, words), str(error)

    def _shown(self, app: WeChatApp, person: Person, last: Attempt) -> Line | None:
        if last.status != 200:
            raise BadInput(f"no answer, or not 200: {last.status} {last.body[:80]}")
        reply = unseal(last.body, app.account)
        if reply is None:
            return None
        if (reply.get("ToUserName"), reply.get("FromUserName")) != (
            person.openid,
            app.account.original_id,
        ):
            raise BadInput("the reply is not from this account to this citizen")
        return self._passive(app, person, reply)

    def _passive(self, app: WeChatApp, person: Person, reply: dict[str, str]) -> Line:
        kind, words = reply.get("MsgType"), reply.get("Content", "")
        if kind == "transfer_customer_service":
            return app.notice(person, WORDS["handed_over"]["transfer"])
        if app.account.kind != "service":
            raise BadInput("a mini-program's customer service takes no passive reply")
        if kind != "text" or not words:
            raise BadInput(f"the demo shows passive replies of text with words, not {kind!r}")
        if len(words.encode()) > self._limits.text_bytes:
            raise BadInput(f"the reply has more than {self._limits.text_bytes} bytes")
        return app.reply(person, words)
