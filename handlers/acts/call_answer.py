"""Call-answer (叫应): the next attempt is written down, then made; what comes back is written.

Who dials stands in `bot/workers/calling.py`. Every step can be taken again: the gateway takes a
reference once, so that an attempt which was written down is made at most once. Where many cases
come at once each line is rung for one of them at a time, and the others go to lines that are free.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from data.civic.errors import Conflict, NotFound
from data.civic.ids import DutyCallId
from data.civic.sending import ringing
from data.civic.sending.calls import CallNow, CallRules, Wait, in_turn, next_call
from data.civic.sending.receipts import GatewayReceipt
from data.civic.talk.tickets import TicketKind, TicketState
from data.civic.warning.dials import Dial, Ring
from data.civic.warning.duty import DutyCall
from handlers.acts.call_again import call_again
from handlers.acts.call_duty import call_for_ticket
from handlers.acts.duty_roster import on_duty
from handlers.acts.note import note
from handlers.acts.phone_lines import free_line, take_line
from handlers.duty_words import read_back_of
from handlers.office import Office

AT_ONCE = 100
LOOKED_THROUGH = 1_000
"""Tickets that are not closed: also where many were seen and nobody has closed them yet."""
LINES_BUSY = timedelta(seconds=3)
"""After so long it is seen whether a line is free now: before a busy gateway is asked again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToDial:
    """One attempt that is to be made now."""

    call: DutyCall
    dial: Dial


async def due(office: Office) -> list[DutyCall]:
    """List the calls where something comes next, longest due first."""
    return await office.stores.duty_calls.due(office.clock.now(), AT_ONCE)


async def next_dial(
    office: Office, call: DutyCallId, rules: CallRules, *, rings: bool = True
) -> ToDial | None:
    """Write the attempt down that is due, or give the one that was written and never made.

    Whoever asks holds the call's lease. None: nobody is to be called now, or no line is free; when
    to look again is written down. `rings`: a telephone will ring, not only a notice be sent.

    Raises:
        Conflict: the call has changed in this moment: look again.
    """
    found = await office.stores.duty_calls.get(call)
    if found is None:
        return None
    now, holders = office.clock.now(), await on_duty(office, found.area)
    match next_call(found, holders, rules, now):
        case CallNow() as to:
            return await _dialled(office, found, in_turn(found, holders, to), rings=rings)
        case Wait(until=until):
            return await _waiting(office, found, until, rings=rings)
        case None:
            return None


async def taken(office: Office, made: ToDial, *, noticed: bool) -> None:
    """Note that a gateway has taken an attempt. Idempotent."""
    now, number = office.clock.now(), made.dial.number
    await office.stores.duty_calls.change(
        made.call.id, lambda one: ringing.handed(one, number, now, noticed=noticed)
    )


async def not_taken(office: Office, made: ToDial) -> None:
    """Note that no gateway takes an attempt: the next person is called at once. Idempotent."""
    now, number = office.clock.now(), made.dial.number
    await office.stores.duty_calls.change(
        made.call.id, lambda one: ringing.ended(one, number, now, Ring.REFUSED)
    )
    await free_line(office, made.dial.called.phone, made.call.id)


async def later(office: Office, made: ToDial, wait: timedelta) -> None:
    """Make the same attempt again in a while: no gateway has answered, the line is free so long."""
    until = office.clock.now() + wait
    await office.stores.duty_calls.change(made.call.id, lambda one: ringing.put_off(one, until))
    await free_line(office, made.dial.called.phone, made.call.id)


async def take_receipt(office: Office, receipt: GatewayReceipt) -> None:
    """Write what a gateway tells of an attempt. Idempotent, in any order.

    Raises:
        BadInput: the reference is none of ours.
        NotFound: there is no such call, or no such attempt.
    """
    handle, number, notice = ringing.referred(receipt.reference)
    found = await office.stores.duty_calls.by_handle(handle)
    if found is None:
        raise NotFound("no call has this reference")
    now = office.clock.now()
    after = await office.stores.duty_calls.change(
        found.id,
        lambda one: ringing.told(
            one, number, now, what=receipt.told, said=receipt.answer, notice=notice
        ),
    )
    if found.seen_at is None and after.seen_at == now:
        await note(office, after.seen_by or "on duty", "duty.answer", after.id)
    if not notice:
        await _hung_up(office, after, number)


async def call_for_forgotten(office: Office) -> None:
    """Call for what is in danger and was not called for: its walker died, or an earlier rang.

    The same for danger that was added later.
    """
    for one in await office.stores.tickets.unfinished(LOOKED_THROUGH):
        if one.kind is TicketKind.DANGER and one.state is TicketState.OPEN:
            await call_for_ticket(office, one)
        if one.added.pressing_since is not None:
            await call_again(office, one)


async def _dialled(
    office: Office, call: DutyCall, whom: Sequence[CallNow], *, rings: bool
) -> ToDial | None:
    """Write an attempt down to the first of these whose line is free."""
    for to in whom:
        if not rings or await take_line(office, to.holder.phone, call.id):
            return await _written(office, call, to)
    await _look_again(office, call, office.clock.now() + LINES_BUSY)
    return None


async def _written(office: Office, call: DutyCall, to: CallNow) -> ToDial:
    read_back = read_back_of(office.release, call)
    written = ringing.dialled(call, to, office.clock.now(), read_back=read_back)
    try:
        await office.stores.duty_calls.save(written)
    except Conflict:
        await free_line(office, to.holder.phone, call.id)
        raise
    return ToDial(call=written, dial=written.dials[-1])


async def _waiting(
    office: Office, call: DutyCall, until: datetime, *, rings: bool
) -> ToDial | None:
    last = next((one for one in reversed(call.dials) if one.by is None), None)
    if last is not None and last.pending:
        if not rings or await take_line(office, last.called.phone, call.id):
            return ToDial(call=call, dial=last)
        until = office.clock.now() + LINES_BUSY
    await _look_again(office, call, until)
    return None


async def _look_again(office: Office, call: DutyCall, until: datetime) -> None:
    await office.stores.duty_calls.change(
        call.id, lambda one: ringing.put_off(one, until) if one.version == call.version else one
    )


async def _hung_up(office: Office, call: DutyCall, number: int) -> None:
    """Free the line of an attempt, unless this call rings there once more."""
    phone = next(one.called.phone for one in call.dials if one.number == number)
    last = [one for one in call.dials if one.called.phone == phone][-1]
    if last.ring is not None:
        await free_line(office, phone, call.id)
