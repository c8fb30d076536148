"""Read the calls to people on duty at the console, and note there what came of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from data.civic.errors import BadInput, Conflict, NotFound
from data.civic.ids import PersonId
from data.civic.people import Staff
from data.civic.sending import ringing
from data.civic.warning import drills, duty
from data.civic.warning.duty import DutyCall, DutyKind
from data.civic.warning.shifts import DutyHolder
from handlers.acts.call_duty import SEE, must_open_ticket, unseen
from handlers.acts.duty_roster import on_duty
from handlers.acts.note import note, note_look
from handlers.office import Office

MOST = 200
LONGEST = 500
_ASKS = re.compile(rf"(?:{drills.PREFIX})?informing-(\d{{1,7}})/person-([0-9a-f]{{10}})(?:/\d+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Calls:
    """What is called for in an area."""

    waiting: Sequence[DutyCall]
    """Nobody has seen these yet; oldest first."""
    seen: Sequence[DutyCall]
    """Newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Somebody who needs help, by handle: the record names them to who gives a purpose."""

    informing: int
    person: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class OneCall:
    """One call with who is to be called for it now."""

    call: DutyCall
    holders: tuple[DutyHolder, ...]
    asks: Asking | None = None
    """Who has asked for help in answer to a warning."""


async def listed(office: Office, staff: Staff) -> Calls:
    """List the calls of the own area.

    Raises:
        Refused: the role is not held.
    """
    waiting = await unseen(office, staff)
    newest = await office.stores.duty_calls.newest(MOST)
    seen = [one for one in newest if one.seen_at and staff.may(*SEE, area=one.area)]
    return Calls(waiting=waiting, seen=seen)


async def find(office: Office, staff: Staff, handle: str) -> OneCall:
    """Find one call with its whole record; the look at telephones is noted.

    Raises:
        Refused: the role is not held, or the area is another's.
        NotFound: there is no such call.
    """
    call = await _mine(office, staff, handle)
    await note_look(office, staff.id, "duty.read", call.id)
    holders = await on_duty(office, call.area)
    return OneCall(call=call, holders=holders, asks=_asking(call))


async def note_dial(
    office: Office, staff: Staff, handle: str, *, phone: str, taken: bool
) -> DutyCall:
    """Note that one has called somebody on duty by hand, and whether the call was taken.

    Raises:
        Refused, NotFound: as `find`.
        Conflict: who has this number is not on duty any more.
    """
    call = await _mine(office, staff, handle)
    holders = await on_duty(office, call.area)
    holder = next((one for one in holders if one.phone == phone), None)
    if holder is None:
        raise Conflict("this person is not on duty any more: see who is")
    now = office.clock.now()
    noted = await office.stores.duty_calls.change(
        call.id, lambda one: ringing.by_hand(one, holder, staff.id, now, taken=taken)
    )
    await note(office, staff.id, "duty.dial", call.id)
    return noted


async def conclude(office: Office, staff: Staff, handle: str, result: str) -> DutyCall:
    """Note what came of a call; who notes it has seen it, and the calling ends.

    Raises:
        Refused, NotFound: as `find`.
        BadInput: there are no words, or too many.
        Conflict: somebody is in danger, and nobody has opened the ticket.
    """
    if len(result) > LONGEST:
        raise BadInput(f"at most {LONGEST} characters")
    call, now = await _mine(office, staff, handle), office.clock.now()
    must_open_ticket(call)
    done = await office.stores.duty_calls.change(
        call.id, lambda one: duty.conclude(one, staff.id, now, result)
    )
    await note(office, staff.id, "duty.result", call.id)
    return done


def _asking(call: DutyCall) -> Asking | None:
    found = _ASKS.fullmatch(call.subject) if call.kind is DutyKind.HELP else None
    return Asking(informing=int(found[1]), person=PersonId(int(found[2], 16))) if found else None


async def _mine(office: Office, staff: Staff, handle: str) -> DutyCall:
    staff.must(*SEE)
    found = await office.stores.duty_calls.by_handle(handle)
    if found is None:
        raise NotFound("there is no such call: see the list")
    staff.must(*SEE, area=found.area)
    return found
