"""Call people on duty to something, once each; and note who has seen it."""

from data.civic.errors import Conflict, NotFound
from data.civic.ids import AreaCode, DutyCallId
from data.civic.people import Role, Staff
from data.civic.talk.tickets import Ticket
from data.civic.warning import duty
from data.civic.warning.duty import DutyCall, DutyKind
from handlers.acts.note import citizen, note
from handlers.office import Office

MOST = 1_000
TRIES = 50
"""How often others may be faster in calling about the same."""
SEE = (Role.DUTY, Role.CHIEF)


async def call_duty(
    office: Office,
    kind: DutyKind,
    *,
    subject: str,
    area: AreaCode,
    detail: str = "",
    about: str = "",
) -> DutyCall:
    """Call for something; the calling (`call_answer`) takes it from here.

    Idempotent by kind and subject: the call that stands is given back.
    """
    now = office.clock.now()
    call = DutyCall(
        kind=kind, subject=subject, area=area, detail=detail, about=about, opened_at=now
    )
    return await office.stores.duty_calls.add(call)


async def call_for_message(office: Office, call: DutyCall) -> DutyCall:
    """Call for a message; while a call about the same rings, it is taken up by that one.

    Idempotent: a message is in one call, and the number of them is in it. One that was seen to, and
    is refused for something else when it comes again, is called for anew.

    Raises:
        Conflict: many call about the same in this moment.
    """
    wanted = call
    for _ in range(TRIES):
        if (found := await _gathered(office, wanted)) is not None:
            if found.seen_at is None or wanted.lasting or found.detail == wanted.detail:
                return found
            wanted = duty.anew(call)
    raise Conflict(f"{call.about} is being called for by many: try again")


async def call_for_ticket(office: Office, ticket: Ticket) -> DutyCall:
    """Call for a ticket of danger; while one of the same citizen rings, no second one does.

    Idempotent.
    """
    about = citizen(office, ticket.conversation)
    ringing = await office.stores.duty_calls.ringing(about)
    if ringing:
        return ringing[0]
    return await call_duty(
        office, DutyKind.DANGER, subject=ticket.number, area=ticket.area, about=about
    )


async def unseen(office: Office, staff: Staff) -> list[DutyCall]:
    """List what nobody of the own area has seen yet, oldest first.

    Raises:
        Refused: the role is not held.
    """
    staff.must(*SEE)
    found = await office.stores.duty_calls.unseen(MOST)
    return [one for one in found if staff.may(*SEE, area=one.area)]


async def see_call(office: Office, staff: Staff, call: DutyCallId) -> DutyCall:
    """Note that one has seen it; the calling ends. Idempotent: the first to see it stands.

    Raises:
        Refused: the role is not held, or the area is another's.
        NotFound: there is no such call.
        Conflict: somebody is in danger: who opens the ticket has seen it, and the citizen hears so.
    """
    staff.must(*SEE)
    found = await office.stores.duty_calls.get(call)
    if found is None:
        raise NotFound("there is no such call: see the list")
    staff.must(*SEE, area=found.area)
    must_open_ticket(found)
    return await _seen(office, staff, found)


def must_open_ticket(call: DutyCall) -> None:
    """Insist that a call for danger ends by its ticket.

    Raises:
        Conflict: nobody has opened that yet.
    """
    if call.ticket is not None and call.seen_at is None:
        raise Conflict(f"open ticket {call.ticket}: its citizen is told then that it was seen")


async def seen_with_ticket(office: Office, staff: Staff, ticket: Ticket) -> None:
    """Note that who opened a ticket has seen what was called for, first and again. Idempotent."""
    about = citizen(office, ticket.conversation)
    for one in await office.stores.duty_calls.ringing(about):
        if one.ticket == ticket.number:
            await _seen(office, staff, one)


async def _gathered(office: Office, call: DutyCall) -> DutyCall | None:
    """Begin a call, or let the one that gathers the same take it up; None: others were faster."""
    calls = office.stores.duty_calls
    standing = await calls.gathering(call.about)
    if standing is None:
        return await calls.begin(call)
    joined = await calls.change(standing.id, lambda one: duty.gather(one, call.subject))
    return joined if call.subject in joined.subjects else None


async def _seen(office: Office, staff: Staff, found: DutyCall) -> DutyCall:
    now = office.clock.now()
    seen = await office.stores.duty_calls.change(found.id, lambda one: duty.see(one, staff.id, now))
    if seen.seen_by == staff.id and found.seen_at is None:
        await note(office, staff.id, "duty.see", found.id)
    return seen
