"""Call a gateway: hand texts, calls or notices over, many at once, and hear of each.

Every thing that is handed over bears a reference, under which its receipts come back. The gateway
takes a reference once: handed over again it is the same message. It answers HTTP 200 with
`{"items": [{"reference", "id"} or {"reference", "code"}, …]}`, or with `{"code"}` when it refuses
the whole; the codes stand in `data/civic/sending/retries.py` (docs/channels.md has all of it).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import orjson

from bot.channels.breaker import Breaker
from bot.channels.calling import Busy, NothingSent, call, patiently
from bot.channels.gateway_signing import signed_headers
from bot.gateway_account import GatewayAccount
from data.civic.errors import PlatformRefused, PlatformUnavailable
from data.civic.ports import Clock, Dice
from data.civic.sending.retries import GATEWAY, Reaction, reaction, rests_until

Item = Mapping[str, object]
"""What is handed over: a `reference`, and what the sort of gateway needs."""
_LONGEST = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """What became of one thing that was handed over."""

    id: str = ""
    """What the gateway calls it; empty: it was not taken."""
    code: str = ""
    """Why it was not taken."""


class Gateway:
    """A gateway as one account may call it."""

    def __init__(
        self,
        account: GatewayAccount,
        *,
        session: aiohttp.ClientSession,
        clock: Clock,
        dice: Dice,
    ) -> None:
        self.account = account
        self._session = session
        self._clock = clock
        self._dice = dice
        self._breaker = Breaker(clock)

    async def hand_over(self, path: str, items: Sequence[Item]) -> Mapping[str, Handed]:
        """Hand things over; tell by reference what became of each. What is not told is unknown.

        Raises:
            NothingSent: nothing was taken; it may be later.
            PlatformUnavailable: no answer; each may or may not have been taken.
            PlatformRefused: nothing was taken, nor will it be.
        """
        self._breaker.must_be_closed(path)
        body = orjson.dumps({"items": list(items)})
        try:
            answer = await patiently(lambda: self._once(path, body), self._dice)
        except PlatformRefused:
            self._breaker.answered(path)
            raise
        except NothingSent:
            raise
        except PlatformUnavailable:
            self._breaker.silent(path)
            raise
        self._breaker.answered(path)
        return _read_items(answer)

    async def _once(self, path: str, body: bytes) -> dict[str, Any]:
        account, now = self.account, self._clock.now()
        url = account.api_base + path
        secret = account.secret.get_secret_value()
        signed = signed_headers(account.key, secret, urlsplit(url).path, body, now)
        raw = await call(self._session, "POST", url, params={}, body=body, more=signed)
        answer = _object(raw, account.name)
        code = _short(answer.get("code"))
        what = reaction(GATEWAY, code)
        if not code:
            return answer
        if what is Reaction.AGAIN:
            raise Busy(f"gateway {account.name} is busy")
        if what.rests:
            self._breaker.rest(path, rests_until(what, now))
            raise NothingSent(f"gateway {account.name} answered {code}")
        raise PlatformRefused(f"gateway {account.name} answered {code}", code=code)


def _object(raw: bytes, name: str) -> dict[str, Any]:
    try:
        answer = orjson.loads(raw)
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise PlatformUnavailable(f"gateway {name} answered something that is no JSON object")
    return answer


def _read_items(answer: Mapping[str, Any]) -> dict[str, Handed]:
    told = answer.get("items")
    found = [one for one in told if isinstance(one, dict)] if isinstance(told, list) else []
    return {
        str(one.get("reference")): Handed(id=_short(one.get("id")), code=_short(one.get("code")))
        for one in found
    }


def _short(value: object) -> str:
    """Take a code or an id, and no more: what else an answer may hold is not passed on."""
    text = value if isinstance(value, str) else ""
    return text[:_LONGEST] if text.isascii() and text.isprintable() else ""
