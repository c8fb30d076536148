"""The demo's observatory says that it lives, by the signed door for feeds, as a real one does.

Without that its feed would count as silent, and nobody could be told that the sky is quiet.
"""

import asyncio
import hashlib
import hmac
from dataclasses import dataclass, field
from http import HTTPStatus

from aiohttp import ClientError, ClientSession, ClientTimeout

from data.civic.ports import Clock

BEAT_EVERY_S, AGAIN_AFTER_S = 30.0, 1.0
"""How often it says so; how soon again while the house does not answer."""
TIMEOUT = ClientTimeout(total=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Observatory:
    """Pushes to the feed's door of one backend."""

    session: ClientSession
    url: str
    """Of the feed: `http://127.0.0.1:8080/feeds/county-weather`."""
    secret: str = field(repr=False)
    clock: Clock

    async def beat(self) -> bool:
        """Say that it lives; False: nobody has heard it."""
        stamp = str(int(self.clock.now().timestamp()))
        signed = hmac.new(self.secret.encode(), f"{stamp}.".encode(), hashlib.sha256)
        headers = {"X-Feed-Timestamp": stamp, "X-Feed-Signature": signed.hexdigest()}
        try:
            async with self.session.post(
                f"{self.url}/heartbeat", headers=headers, timeout=TIMEOUT
            ) as answer:
                return answer.status == HTTPStatus.OK
        except (ClientError, TimeoutError):
            return False

    async def beat_on(self) -> None:
        """Say so again and again, until it is cancelled."""
        while True:
            heard = await self.beat()
            await asyncio.sleep(BEAT_EVERY_S if heard else AGAIN_AFTER_S)
