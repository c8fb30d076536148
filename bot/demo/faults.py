"""Faults on order: late, wrong, cut off or lost answers, as the real platforms have them."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from aiohttp import web

from bot.demo.chance import Chance
from data.civic.errors import PlatformRefused

Answer = Callable[[], Awaitable[web.StreamResponse]]

ANYWHERE = "*"

CUT = 499
"""What the ledger says of a connection that was closed without an answer."""


class FaultKind(StrEnum):
    """What goes wrong."""

    DELAY = "delay"
    """The answer comes `seconds` late."""
    ERROR = "error"
    """The platform refuses with `code` and does nothing."""
    STATUS = "status"
    """A gateway in between answers with HTTP status `code` and a page of HTML."""
    DROP = "drop"
    """The connection is closed before anything is done."""
    LOSE = "lose"
    """The work is done, but the connection is closed before the answer."""
    TRUNCATE = "truncate"
    """Half of the answer comes."""
    FORGE = "forge"
    """Alipay alone: the answer carries a signature that is not Alipay's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One order: what goes wrong, where, how often."""

    kind: FaultKind
    where: str = ANYWHERE
    """The path at WeChat, the method at Alipay, or `*`."""
    code: str = ""
    seconds: float = 0
    times: int | None = None
    """How many calls it strikes; None: until it is cleared."""
    probability: float = 1.0


class Faults:
    """Holds the faults that are on order and decides which call they strike."""

    def __init__(self, chance: Chance) -> None:
        self._chance = chance
        self._faults: list[Fault] = []

    def order(self, fault: Fault) -> None:
        """Add one."""
        self._faults.append(fault)

    def standing(self) -> tuple[Fault, ...]:
        """List those that still wait for a call."""
        return tuple(self._faults)

    def clear(self) -> None:
        """Take all of them back."""
        self._faults.clear()

    def strike(self, where: str) -> tuple[Fault, ...]:
        """Tell what goes wrong with this call, and count it."""
        struck = [f for f in self._faults if f.where in (where, ANYWHERE) and self._hits(f)]
        for fault in struck:
            self._spend(fault)
        return tuple(struck)

    def _hits(self, fault: Fault) -> bool:
        return fault.probability >= 1 or self._chance.fraction() < fault.probability

    def _spend(self, fault: Fault) -> None:
        if fault.times is None:
            return
        place = self._faults.index(fault)
        if fault.times > 1:
            self._faults[place] = replace(fault, times=fault.times - 1)
        else:
            del self._faults[place]


async def answer_under(
    struck: tuple[Fault, ...], request: web.Request, answer: Answer
) -> web.StreamResponse:
    """Answer as far as the faults let it.

    Raises:
        PlatformRefused: an error was on order.
    """
    await asyncio.sleep(sum(fault.seconds for fault in struck if fault.kind is FaultKind.DELAY))
    for fault in struck:
        match fault.kind:
            case FaultKind.ERROR:
                raise PlatformRefused("fault on order", code=fault.code)
            case FaultKind.STATUS:
                page = f"<html><body><h1>{fault.code}</h1></body></html>"
                return web.Response(status=int(fault.code), text=page, content_type="text/html")
            case FaultKind.DROP:
                return _cut(request)
            case FaultKind.LOSE:
                await answer()
                return _cut(request)
            case FaultKind.TRUNCATE:
                return _half(await answer())
            case FaultKind.DELAY | FaultKind.FORGE:
                continue
    return await answer()


def _cut(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=CUT)


def _half(response: web.StreamResponse) -> web.Response:
    body = response.body if isinstance(response, web.Response) else b""
    whole = body if isinstance(body, bytes) else b""
    return web.Response(
        body=whole[: len(whole) // 2], content_type=response.content_type, charset="utf-8"
    )
