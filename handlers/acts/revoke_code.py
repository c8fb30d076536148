"""End codes: lost, withdrawn for a reason, or re-issued; the old one is void at once."""

from collections.abc import Callable

from data.civic.errors import Conflict, NotFound
from data.civic.people import Staff
from data.civic.safety import credentials
from data.civic.safety.credentials import Credential, Ending, Wanted
from data.civic.safety.rosters import Person
from handlers import codes
from handlers.acts.grid_duty import REPORT, must_answer_for
from handlers.acts.issuing import Issued, enter, make_room
from handlers.acts.note import note
from handlers.acts.purposes import purpose_in
from handlers.office import Office

UNKNOWN = "no code of your area is known by this: see the list of the village"
"""The same for a code that is unknown and one that is another's."""

End = Callable[[Credential, Ending], Credential]


async def report_lost(office: Office, staff: Staff, code: str, *, purpose: str) -> Credential:
    """Note that a code is lost: from now on it is refused. Idempotent.

    Raises:
        Refused: the role is not held, or the holder is another's. NotFound: no such code.
        BadInput: no purpose. Conflict: it is over for another reason.
    """
    return await _end(office, staff, code, credentials.lose, ("code.lost", purpose))


async def withdraw(office: Office, staff: Staff, code: str, *, purpose: str) -> Credential:
    """Withdraw a code for a reason. Idempotent.

    Raises:
        Refused, NotFound, Conflict: as `report_lost`. BadInput: no purpose.
    """
    return await _end(office, staff, code, credentials.revoke, ("code.revoke", purpose))


async def reissue(office: Office, staff: Staff, code: str, *, purpose: str) -> Issued:
    """Void a code and issue another in its place; a second time the one that counts is given.

    Raises:
        Refused, NotFound: as `report_lost`. BadInput: no purpose.
        Conflict: the holder is no longer on the roster, or a screen's code was named.
    """
    before, person = await _found(office, staff, code)
    why = purpose_in(purpose)
    if person is None or not before.kind.printed:
        raise Conflict("only printed codes of people on the roster are issued again")
    await make_room(office, before, staff.id)
    keys = await codes.live_keys(office)
    wanted = Wanted(kind=before.kind, holder=before.holder, key=keys[0].id, by=staff.id)
    made = await enter(office, wanted, of=person)
    await note(office, staff.id, "code.reissue", str(before.holder), why)
    return Issued(credential=made, person=person, text=codes.text_of(office, made, keys))


async def _end(
    office: Office, staff: Staff, code: str, end: End, noted: tuple[str, str]
) -> Credential:
    before, _ = await _found(office, staff, code)
    act, why = noted[0], purpose_in(noted[1])
    ending = Ending(by=staff.id, at=office.clock.now(), reason=why)
    ended = await office.stores.credentials.change(before.id, lambda one: end(one, ending))
    await note(office, staff.id, act, str(before.holder), why)
    return ended


async def _found(office: Office, staff: Staff, code: str) -> tuple[Credential, Person | None]:
    """Find a code and its holder, of whom the staff answers for."""
    staff.must(*REPORT)
    found = await office.stores.credentials.get(code)
    if found is None or not staff.may(*REPORT, area=found.village):
        raise NotFound(UNKNOWN)
    person = await holder_of(office, found)
    village = person.village if person else found.village
    await must_answer_for(office, staff, village, person.grid if person else None)
    return found, person


async def holder_of(office: Office, credential: Credential) -> Person | None:
    """Fetch the holder, of a household somebody who lives there; None: off the roster."""
    residents, holder = office.stores.residents, credential.holder
    if holder.person is not None:
        return await residents.get(holder.person)
    if holder.household is None:
        return None
    return next(iter(await residents.of_households([holder.household], 1)), None)
