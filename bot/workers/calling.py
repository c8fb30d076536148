"""Call people on duty until somebody has seen what they are called for (叫应).

An attempt is written down before it is made, and the gateway takes a reference once: a worker that
dies leaves one that is handed over again under the same reference, never a second call.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import Enum
from typing import TypeVar

import structlog

from bot.channels.calling import NothingSent
from bot.channels.gateway import Gateway, Handed
from bot.channels.voice import Dial, Dialer
from bot.channels.workapp import Notice, WorkApp
from data.civic.errors import Conflict, PlatformRefused, PlatformUnavailable
from data.civic.sending.calls import CallRules
from data.civic.sending.retries import GATEWAY, Reaction, reaction
from data.civic.sending.ringing import handle_of, reference
from data.civic.warning.duty import DutyCall
from handlers.acts import call_answer
from handlers.acts.call_answer import ToDial
from handlers.duty_words import DutyWords, words_of
from handlers.office import Office

LOOK_FOR_CALLS_S = 1.0
LEASE_S = 75.0
"""Longer than two gateways may take to answer."""
FORGOTTEN_S = 10.0
BUSY = timedelta(seconds=10)
"""After so long a gateway that was busy or silent is asked again."""
PAGE = "/console/calls/"

log = structlog.get_logger()

Hand = Callable[[], Awaitable[Mapping[str, Handed]]]
Line = TypeVar("Line", Dialer, WorkApp)


class Handing(Enum):
    """What a gateway did with an attempt."""

    TAKEN = "taken"
    LATER = "later"
    """It was busy, or said nothing: the same reference is handed over again."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """By what this house calls people on duty."""

    dialer: Dialer | None
    work_app: WorkApp | None
    rules: CallRules

    def of(self, call: DutyCall) -> "Lines":
        """Tell what is there for a call: a drill is never handed to a gateway in earnest."""
        if not call.drill:
            return self
        return replace(self, dialer=_harmless(self.dialer), work_app=_harmless(self.work_app))


async def call_next(office: Office, lines: Lines) -> bool:
    """Take every call that is due one step on; False: nobody had to be called.

    Idempotent, from many processes: a call is one worker's at a time.
    """
    holder, leases = office.ids.new(), office.stores.leases
    if await leases.take("calls/forgotten", holder, seconds=FORGOTTEN_S):
        await call_answer.call_for_forgotten(office)
    due = await call_answer.due(office)
    made = await asyncio.gather(*(_step(office, lines.of(one), one, holder) for one in due))
    return any(made)


async def _step(office: Office, lines: Lines, call: DutyCall, holder: str) -> bool:
    name, leases = f"calls/{handle_of(call.id)}", office.stores.leases
    if not await leases.take(name, holder, seconds=LEASE_S):
        return False
    try:
        rings = lines.dialer is not None
        made = await call_answer.next_dial(office, call.id, lines.rules, rings=rings)
    except Conflict:  # somebody answered, or saw it, in this moment
        made = None
    if made is not None:
        await _make(office, lines, made)
    await leases.give_back(name, holder)
    return made is not None


async def _make(office: Office, lines: Lines, made: ToDial) -> None:
    words = words_of(office.release, made.call, read_back=made.dial.read_back)
    rung, noticed = await asyncio.gather(
        _ring(lines.dialer, made, words), _notify(lines.work_app, made, words)
    )
    result = rung or noticed or Handing.REFUSED
    if result is Handing.LATER:
        await call_answer.later(office, made, BUSY)
        return
    if Handing.TAKEN in (rung, noticed):
        await call_answer.taken(office, made, noticed=noticed is Handing.TAKEN)
    if result is Handing.REFUSED:
        log.warning("duty not reached", call=made.call.id, attempt=made.dial.number)
        await call_answer.not_taken(office, made)


async def _ring(dialer: Dialer | None, made: ToDial, words: DutyWords) -> Handing | None:
    """Let the telephone ring; None: there is no gateway for such calls."""
    if dialer is None:
        return None
    name = reference(made.call.id, made.dial.number, notice=False)
    dial = Dial(
        reference=name,
        phone=made.dial.called.phone,
        text=words.spoken,
        read_back=made.dial.read_back,
    )
    return await _handed(dialer.gateway, name, lambda: dialer.dial([dial]))


async def _notify(work_app: WorkApp | None, made: ToDial, words: DutyWords) -> Handing | None:
    """Send a notice; None: there is no work app for such calls, or the person is not in it."""
    if work_app is None or not made.dial.called.workapp:
        return None
    name = reference(made.call.id, made.dial.number, notice=True)
    notice = Notice(
        reference=name,
        to=made.dial.called.workapp,
        title=words.title,
        text=words.read,
        page=PAGE + handle_of(made.call.id),
    )
    return await _handed(work_app.gateway, name, lambda: work_app.notify([notice]))


def _harmless(line: Line | None) -> Line | None:
    return line if line and line.gateway.account.for_drills else None


async def _handed(gateway: Gateway, name: str, hand: Hand) -> Handing:
    try:
        told = (await hand()).get(name, Handed())
    except (NothingSent, PlatformUnavailable) as error:
        log.warning("gateway silent", account=gateway.account.name, error=type(error).__name__)
        return Handing.LATER
    except PlatformRefused as error:
        log.warning("gateway refuses", account=gateway.account.name, code=error.code)
        return Handing.REFUSED
    if told.id:
        return Handing.TAKEN
    what = reaction(GATEWAY, told.code)
    later = not told.code or what is Reaction.AGAIN or what.rests
    return Handing.LATER if later else Handing.REFUSED
