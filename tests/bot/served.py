"""A house behind its door on a free port, and a citizen who is signed in."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from aiohttp import ClientSession
from yarl import URL

from bot.accounts import Accounts
from bot.app import application
from bot.channels.platforms import Platforms
from bot.clock import SystemClock
from bot.house import House
from data.civic.people import CitizenSession
from tests import builders
from tests.bot.demo.simulated import served

API = "/api/v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """The way in for a client that may send anything."""

    house: House
    url: str
    token: str = field(repr=False)
    http: ClientSession = field(repr=False)

    async def post(self, path: str, body: object) -> tuple[int, dict[str, Any]]:
        return await self.send("POST", path, json.dumps(body).encode())

    async def send(
        self,
        method: str,
        path: str,
        body: bytes | None,
        *,
        kind: str = "application/json",
        authorization: str | None = None,
    ) -> tuple[int, dict[str, Any]]:
        """Send whatever it is to the API; tell the status and the JSON that came back."""
        given = f"Bearer {self.token}" if authorization is None else authorization
        headers = {"Content-Type": kind, "Authorization": given}
        status, text = await self.raw(method, API + path, body, headers)
        told: dict[str, Any] = json.loads(text)
        return status, told

    async def raw(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str] | None = None
    ) -> tuple[int, bytes]:
        """Send whatever it is; tell the status and the body that came back."""
        url = URL(self.url + path, encoded=True)
        kept = {key: value for key, value in (headers or {}).items() if value}
        skipped = ("Content-Type",) if "Content-Type" not in kept else ()
        async with self.http.request(
            method, url, data=body, headers=kept, skip_auto_headers=skipped
        ) as answer:
            assert answer.status != 500, path
            return answer.status, await answer.read()

    async def age_by(self, *, days: int) -> None:
        """Let so many days go by."""
        clock = self.house.clock
        assert isinstance(clock, SystemClock)
        clock.shift = timedelta(days=days)


@asynccontextmanager
async def at_the_door(house: House) -> AsyncIterator[Door]:
    """Serve a house without accounts, and sign one citizen in."""
    app = application(house, Accounts(), Platforms(wechat={}, alipay={}))
    runner, url = await served(app)
    async with ClientSession() as http:
        yield Door(house=house, url=url, token=await _signed_in(house), http=http)
    await runner.cleanup()
    await house.frontdesk.drain()


async def _signed_in(house: House) -> str:
    office, now = house.office(), house.clock.now()
    token = office.ids.token()
    session = CitizenSession(
        token_hash=office.seal.keyed_hash("citizen-session", token),
        key=builders.citizen(),
        app_id="app",
        created_at=now,
        expires_at=now + timedelta(days=7),
    )
    await house.stores.citizens.put(session)
    return token
