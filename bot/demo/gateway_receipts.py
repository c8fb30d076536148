"""Receipts of the simulated gateways: told later, signed, again until the backend takes them."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.demo.faults import FaultKind
from bot.demo.world import World

WHERE = "/receipts"
"""How faults name the way of receipts: `drop` loses them, `delay` keeps them back."""
TRIES, PATIENCE_S = 6, 5.0
MOST = 500
"""Receipts of one call."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What is told of one thing."""

    reference: str
    to: str
    """The telephone or person; never told to the backend."""
    told: str
    answer: str = ""


def sign(secret: str, path: str, timestamp: str, body: bytes) -> str:
    """Sign as the gateways' protocol says: HMAC-SHA256 over method, path, timestamp and body."""
    message = b"\n".join([b"POST", path.encode(), timestamp.encode(), body])
    return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


def signed_headers(secret: str, path: str, timestamp: str, body: bytes) -> Mapping[str, str]:
    """Write the headers of signed receipts."""
    return {
        "X-Gateway-Timestamp": timestamp,
        "X-Gateway-Signature": sign(secret, path, timestamp, body),
        "Content-Type": "application/json",
    }


class Receipts:
    """Tells the backend; whatever is still to be told when the platforms stop is given up."""

    def __init__(self, session: ClientSession, *, world: World, secret: str) -> None:
        self._session = session
        self._world = world
        self._secret = secret
        self._doing: set[asyncio.Task[None]] = set()

    def tell_later(self, account: str, receipts: Sequence[Receipt], *, after_s: float) -> None:
        """Tell receipts after a while."""
        for first in range(0, len(receipts), MOST):
            some = receipts[first : first + MOST]
            self._begin(self._tell(account, some, after_s=after_s))

    async def stop(self) -> None:
        """Give up what is still to be told."""
        for one in self._doing:
            one.cancel()
        await asyncio.gather(*self._doing, return_exceptions=True)

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._doing.add(task)
        task.add_done_callback(self._doing.discard)

    async def _tell(self, account: str, some: Sequence[Receipt], *, after_s: float) -> None:
        await asyncio.sleep(after_s)
        for fault in self._world.faults.strike(WHERE):
            if fault.kind is FaultKind.DROP:
                return
            await asyncio.sleep(fault.seconds if fault.kind is FaultKind.DELAY else 0)
        for one in some:
            self._world.telephones.told(one.to, one.reference, one.told, one.answer)
        at = self._world.clock.now().isoformat()
        written = [
            {"reference": one.reference, "told": one.told, "answer": one.answer, "at": at}
            for one in some
        ]
        body = json.dumps({"receipts": written}, ensure_ascii=False).encode()
        for tried in range(TRIES):
            if await self._post(f"{WHERE}/{account}", body):
                return
            await asyncio.sleep(0.2 * 2**tried)

    async def _post(self, path: str, body: bytes) -> bool:
        """Tell once; False: the backend has not taken it, and may later."""
        timestamp = str(int(self._world.clock.seconds()))
        try:
            async with self._session.post(
                self._world.pusher.backend_url + path,
                data=body,
                headers=signed_headers(self._secret, path, timestamp, body),
                timeout=ClientTimeout(total=PATIENCE_S),
                allow_redirects=False,
            ) as response:
                return response.status < 500
        except (ClientError, TimeoutError, OSError):
            return False
