"""Call the duty officer to something, once each; and note who has seen it."""

from data.civic.errors import NotFound
from data.civic.ids import AreaCode, DutyCallId
from data.civic.people import Role, Staff
from data.civic.warning import duty
from data.civic.warning.duty import DutyCall, DutyKind
from handlers.acts.note import note
from handlers.office import Office

MOST = 1_000
SEE = (Role.DUTY, Role.CHIEF)


async def call_duty(
    office: Office, kind: DutyKind, *, subject: str, area: AreaCode, detail: str = ""
) -> DutyCall:
    """Call for something; who telephones takes it from here.

    Idempotent by kind and subject: the call that stands is given back.
    """
    call = DutyCall(
        kind=kind, subject=subject, area=area, detail=detail, opened_at=office.clock.now()
    )
    return await office.stores.duty_calls.add(call)


async def unseen(office: Office, staff: Staff) -> list[DutyCall]:
    """List what nobody of the own area has seen yet, oldest first.

    Raises:
        Refused: the role is not held.
    """
    staff.must(*SEE)
    found = await office.stores.duty_calls.unseen(MOST)
    return [one for one in found if staff.may(*SEE, area=one.area)]


async def see_call(office: Office, staff: Staff, call: DutyCallId) -> DutyCall:
    """Note that one has seen it. Idempotent: the first to see it stands.

    Raises:
        Refused: the role is not held, or the area is another's.
        NotFound: there is no such call.
    """
    staff.must(*SEE)
    found = await office.stores.duty_calls.get(call)
    if found is None:
        raise NotFound("there is no such call: see the list")
    staff.must(*SEE, area=found.area)
    now = office.clock.now()
    seen = await office.stores.duty_calls.change(call, lambda one: duty.see(one, staff.id, now))
    if seen.seen_by == staff.id and found.seen_at is None:
        await note(office, staff.id, "duty.see", call)
    return seen
