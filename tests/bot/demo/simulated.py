"""Given things for the simulator's tests: a clock that stands, ids that count, two ends."""

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from aiohttp import ClientSession, web

from bot.demo import wechat_xml
from bot.demo.keys import Accounts
from bot.demo.platforms import RunningPlatforms
from bot.demo.wechat_crypto import PushKey, signature

NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)


class StillClock:
    def now(self) -> datetime:
        return NOON


class CountingIds:
    def __init__(self) -> None:
        self._made = 0

    def _hex(self) -> str:
        self._made += 1
        return hashlib.sha256(str(self._made).encode()).hexdigest()

    def new(self) -> str:
        return self._hex()[:26]

    def token(self) -> str:
        return self._hex()[:43]

    def digits(self, count: int) -> str:
        return str(int(self._hex(), 16))[-count:]


Answer = Callable[[web.Request, str], Awaitable[web.StreamResponse]]


@dataclass
class Backend:
    """What stands at the other end of the pushes."""

    url: str = ""
    pushes: list[tuple[dict[str, str], str]] = field(default_factory=list)
    answer: Answer | None = None

    async def take(self, request: web.Request) -> web.StreamResponse:
        body = await request.text()
        self.pushes.append((dict(request.query), body))
        if self.answer is None:
            return web.Response(text="success")
        return await self.answer(request, body)


@dataclass
class Simulator:
    """The running platforms, and their control API at hand."""

    platforms: RunningPlatforms
    accounts: Accounts
    http: ClientSession

    async def control(self, method: str, path: str, **body: object) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self.platforms.control_token}"}
        url = self.platforms.control_url + path
        async with self.http.request(
            method, url, headers=headers, json=body if method == "POST" else None
        ) as response:
            answer: dict[str, Any] = await response.json()
            return answer | {"status": response.status}

    async def say(self, text: str, **more: object) -> dict[str, Any]:
        told = {"account": "wechat-service", "user": "wang", "text": text} | more
        return await self.control("POST", "/_sim/say", **told)

    async def inbox(self, account: str = "wechat-service", user: str = "wang") -> list[Any]:
        found = await self.control("GET", f"/_sim/inbox/{account}/{user}")
        lines: list[Any] = found["lines"]
        return lines

    def passive(self, to: str, **fields: str) -> str:
        """Write a passive reply of the service account, encrypted as safe mode asks."""
        account = self.accounts.wechat[0]
        plain = wechat_xml.write(
            {
                "ToUserName": to,
                "FromUserName": account.original_id,
                "CreateTime": "1",
                "MsgType": "text",
                "Content": "您好",
            }
            | fields
        )
        key = PushKey(account.aes_keys[0], app_id=account.app_id)
        encrypted = key.encrypt(plain, noise=b"0" * 16)
        return wechat_xml.write(
            {
                "Encrypt": encrypted,
                "MsgSignature": signature(account.token, "1", "2", encrypted),
                "TimeStamp": "1",
                "Nonce": "2",
            }
        )

    async def wechat(self, method: str, path: str, **more: Any) -> dict[str, Any]:
        url = self.platforms.wechat_base + path
        async with self.http.request(method, url, **more) as response:
            answer: dict[str, Any] = await response.json(content_type=None)
            return answer


async def served(app: web.Application) -> tuple[web.AppRunner, str]:
    """Serve `app` on a free port of loopback; tell where."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return runner, f"http://127.0.0.1:{runner.addresses[0][1]}"
