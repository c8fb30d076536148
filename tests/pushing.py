"""A feed at the door: it signs its pushes as the document for feeds says."""

import hashlib
import hmac
import io
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from pydantic import SecretStr

from bot.accounts import Accounts
from bot.app import application
from bot.channels.platforms import Platforms
from bot.feed_account import FeedAccount
from bot.house import House
from data.civic.warning.feeds import FeedFormat
from tests.bulletins import COUNTY, ISSUER

SECRET = "a key of a feed that is long enough for it"
WEATHER = FeedAccount(
    name="weather",
    kind=FeedFormat.NATIONAL,
    secret=SecretStr(SECRET),
    issuers=(ISSUER,),
    area=COUNTY,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Observatory:
    """Pushes to one feed of a house."""

    house: House
    client: TestClient[web.Request, web.Application]
    feed: str = "weather"
    secret: str = SECRET

    async def push(
        self, body: bytes, *, path: str = "", late_s: int = 0, **headers: str
    ) -> tuple[int, dict[str, Any]]:
        """Push a body, signed `late_s` seconds ago; tell the status and what was answered."""
        stamp = str(int(self.house.clock.now().timestamp()) - late_s)
        signed = hmac.new(self.secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256)
        given = {"X-Feed-Timestamp": stamp, "X-Feed-Signature": signed.hexdigest(), **headers}
        address = f"/feeds/{self.feed}{path}"
        answer = await self.client.post(address, data=io.BytesIO(body), headers=given)
        told: dict[str, Any] = json.loads(await answer.read())
        return answer.status, told

    async def beat(self, *, late_s: int = 0) -> int:
        """Send a sign of life."""
        status, _ = await self.push(b"", path="/heartbeat", late_s=late_s)
        return status


@asynccontextmanager
async def pushing(house: House, *feeds: FeedAccount) -> AsyncIterator[Observatory]:
    """Serve a house with feeds, and stand at its door as the first of them."""
    accounts = Accounts(feed=feeds or (WEATHER,))
    await house.stores.feeds.configure([one.feed() for one in accounts.feed], house.clock.now())
    app = application(house, accounts, Platforms(wechat={}, alipay={}))
    async with TestClient(TestServer(app)) as client:
        yield Observatory(house=house, client=client, feed=accounts.feed[0].name)
