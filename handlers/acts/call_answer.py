"""Call-answer (叫应): the next attempt is written down, then made; what comes back is written.

Who dials stands in `bot/workers/calling.py`. Every step can be taken again: the gateway takes a
reference once, so that an attempt which was written down is made at most once.
"""

from dataclasses import dataclass
from datetime import timedelta

from data.civic.errors import NotFound
from data.civic.ids import DutyCallId
from data.civic.sending import ringing
from data.civic.sending.calls import CallNow, CallRules, Wait, next_call
from data.civic.sending.receipts import GatewayReceipt
from data.civic.talk.tickets import TicketKind, TicketState
from data.civic.warning.dials import Dial, Ring
from data.civic.warning.duty import DutyCall
from handlers.acts.call_duty import call_for_ticket
from handlers.acts.duty_roster import on_duty
from handlers.acts.note import note
from handlers.duty_words import read_back_of
from handlers.office import Office

AT_ONCE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ToDial:
    """One attempt that is to be made now."""

    call: DutyCall
    dial: Dial


async def due(office: Office) -> list[DutyCall]:
    """List the calls where something comes next, longest due first."""
    return await office.stores.duty_calls.due(office.clock.now(), AT_ONCE)


async def next_dial(office: Office, call: DutyCallId, rules: CallRules) -> ToDial | None:
    """Write the attempt down that is due, or give the one that was written and never made.

    Whoever asks holds the call's lease. None: nobody is to be called now; when to look again is
    written down.

    Raises:
        Conflict: the call has changed in this moment: look again.
    """
    found = await office.stores.duty_calls.get(call)
    if found is None:
        return None
    now, holders = office.clock.now(), await on_duty(office, found.area)
    match next_call(found, holders, rules, now):
        case CallNow() as to:
            read_back = read_back_of(office.release, found)
            written = ringing.dialled(found, to, now, read_back=read_back)
            await office.stores.duty_calls.save(written)
            return ToDial(call=written, dial=written.dials[-1])
        case Wait(until=until):
            return await _waiting(office, found, until - now)
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


async def later(office: Office, made: ToDial, wait: timedelta) -> None:
    """Make the same attempt again in a while: no gateway has answered."""
    until = office.clock.now() + wait
    await office.stores.duty_calls.change(made.call.id, lambda one: ringing.put_off(one, until))


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


async def call_for_forgotten(office: Office) -> None:
    """Call for what is in danger and was not called for: its walker died, or an earlier rang."""
    for one in await office.stores.tickets.unfinished(AT_ONCE):
        if one.kind is TicketKind.DANGER and one.state is TicketState.OPEN:
            await call_for_ticket(office, one)


async def _waiting(office: Office, found: DutyCall, wait: timedelta) -> ToDial | None:
    made = [one for one in found.dials if one.by is None]
    if made and made[-1].pending:
        return ToDial(call=found, dial=made[-1])
    until = office.clock.now() + wait
    await office.stores.duty_calls.change(
        found.id,
        lambda one: ringing.put_off(one, until) if one.version == found.version else one,
    )
    return None
