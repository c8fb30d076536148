"""A simulated gateway's door: signed calls, each reference once, faults, receipts afterwards.

Faults: by path (`/sms/messages`) they strike the whole call, by `/sms/messages#` single things.
"""

import hmac
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from aiohttp import web

from bot.demo.calls import Call
from bot.demo.faults import FaultKind, Faults, answer_under
from bot.demo.gateway_receipts import Receipt, sign
from bot.demo.world import World
from data.civic.errors import PlatformRefused

LARGEST_BODY = 2 * 1024 * 1024
MOST = 1_000
SKEW_S = 600
Item = Mapping[str, Any]
Take = Callable[[Item], tuple[Receipt, ...]]
"""Takes one thing and tells the receipts that will follow; raises PlatformRefused with a code."""


class Teller(Protocol):
    """Tells the backend afterwards what became of what was taken."""

    def tell_later(self, account: str, receipts: Sequence[Receipt], *, after_s: float) -> None:
        """Tell receipts after a while."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayKeys:
    """By what name the backend is known, and what both sides sign with."""

    key: str
    secret: str = field(repr=False)


class GatewayDoor:
    """Takes what is handed over at one path."""

    def __init__(
        self,
        world: World,
        keys: GatewayKeys,
        receipts: Teller,
        *,
        path: str,
        account: str,
        take: Take,
    ) -> None:
        self._world = world
        self._keys = keys
        self._receipts = receipts
        self._path = path
        self._account = account
        self._take = take
        self._taken: dict[str, str] = {}

    def route(self) -> web.RouteDef:
        """Make the route."""
        return web.post(self._path, self._post)

    def forget(self) -> None:
        """Forget what was handed over."""
        self._taken.clear()

    async def _post(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        struck = self._world.faults.strike(self._path)
        code = ""

        async def answer() -> web.Response:
            return web.json_response(self._answer(request, body))

        try:
            response = await answer_under(struck, request, answer)
            code = "0" if response.status == 200 else str(response.status)
        except PlatformRefused as refused:
            code = refused.code
            response = web.json_response({"code": refused.code})
        finally:
            self._note(code)
        return response

    def _answer(self, request: web.Request, body: bytes) -> dict[str, object]:
        self._must_be_signed(request, body)
        items = _items(body)
        told: list[dict[str, str]] = []
        following: list[Receipt] = []
        for item in items:
            reference = str(item.get("reference", ""))
            try:
                following += self._once(reference, item)
                told.append({"reference": reference, "id": self._taken[reference]})
            except PlatformRefused as refused:
                told.append({"reference": reference, "code": refused.code})
        after_s = self._world.limits.receipt_after_s
        self._receipts.tell_later(self._account, following, after_s=after_s)
        return {"items": told}

    def _once(self, reference: str, item: Item) -> tuple[Receipt, ...]:
        if not reference:
            raise PlatformRefused("no reference", code="malformed")
        if reference in self._taken:
            return ()
        _strike(self._world.faults, f"{self._path}#")
        following = self._take(item)
        self._taken[reference] = f"{self._account}-{len(self._taken) + 1}"
        return following

    def _must_be_signed(self, request: web.Request, body: bytes) -> None:
        timestamp = request.headers.get("X-Gateway-Timestamp", "")
        right = sign(self._keys.secret, self._path, timestamp, body)
        given = request.headers.get("X-Gateway-Signature", "")
        known = request.headers.get("X-Gateway-Key", "") == self._keys.key
        if not known or not hmac.compare_digest(right.encode(), given.encode()):
            raise PlatformRefused("not signed by whom we know", code="bad_signature")
        if not timestamp.isdecimal() or abs(self._world.clock.seconds() - int(timestamp)) > SKEW_S:
            raise PlatformRefused("signed too long ago", code="bad_signature")

    def _note(self, code: str) -> None:
        now = self._world.clock.now()
        self._world.calls.note(Call(at=now, endpoint=self._path, app_id=self._keys.key, code=code))


def text_of(item: Item, name: str, *, longest: int) -> str:
    """Take a text out of what was handed over.

    Raises:
        PlatformRefused: it is missing or too long.
    """
    value = item.get(name)
    if not isinstance(value, str) or not value:
        raise PlatformRefused(f"{name} is missing", code="malformed")
    if len(value) > longest:
        raise PlatformRefused(f"{name} is too long", code="too_long")
    return value


def number_of(item: Item) -> str:
    """Take the telephone number out of what was handed over.

    Raises:
        PlatformRefused: it cannot be a number.
    """
    number = text_of(item, "to", longest=20)
    if not (number.isascii() and number.isdecimal() and len(number) >= 3):
        raise PlatformRefused("no telephone number", code="bad_number")
    return number


def _items(body: bytes) -> list[Item]:
    try:
        found = json.loads(body)["items"]
    except (ValueError, KeyError, TypeError) as error:
        raise PlatformRefused("no items", code="malformed") from error
    if not isinstance(found, list) or len(found) > MOST:
        raise PlatformRefused(f"items must be a list of at most {MOST}", code="malformed")
    if not all(isinstance(one, dict) for one in found):
        raise PlatformRefused("an item is no object", code="malformed")
    return found


def _strike(faults: Faults, where: str) -> None:
    for fault in faults.strike(where):
        if fault.kind is FaultKind.ERROR:
            raise PlatformRefused("fault on order", code=fault.code)
