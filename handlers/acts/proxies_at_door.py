"""Record before whom the word was given: a person's yes or no to a proxy, said to staff."""

from dataclasses import dataclass, field

from data.civic.calendar import local
from data.civic.errors import Conflict, NotFound
from data.civic.ids import PersonId
from data.civic.people import Staff
from data.civic.safety.identity import named
from data.civic.safety.registrations import Agreement, How, Kind, Registration
from data.civic.safety.rosters import Person
from handlers.acts import proxies, register
from handlers.acts.grid_duty import REPORT, must_answer_for
from handlers.acts.note import note_look
from handlers.acts.purposes import purpose_in
from handlers.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """Who is entered for a person: the own conversations, and the family, newest last."""

    person: Person = field(repr=False)
    own: tuple[Registration, ...]
    proxies: tuple[Registration, ...]
    child: bool
    """Only a guardian may agree."""


async def entered(office: Office, staff: Staff, person: PersonId, *, purpose: str) -> Entered:
    """Tell who is entered for a person, and who asks to be; the look is noted.

    Raises:
        Refused: the role is not held, or the person belongs to another's area or grid.
        BadInput: no purpose is given.
        NotFound: nobody has this handle.
    """
    why = purpose_in(purpose)
    found = await _theirs(office, staff, person)
    await note_look(office, staff.id, "person.registrations", named(person), why)
    now = office.clock.now()
    alive = [
        one
        for one in await office.stores.registrations.of_person(person)
        if one.stands or one.waits(now)
    ]
    return Entered(
        person=found,
        own=tuple(one for one in alive if one.kind is Kind.OWN),
        proxies=tuple(one for one in alive if one.kind is Kind.PROXY),
        child=found.is_child(local(now).date()),
    )


async def record_yes(
    office: Office,
    staff: Staff,
    registration: str,
    *,
    person: PersonId,
    guardian: bool = False,
    purpose: str,
) -> Registration:
    """Record that a person has agreed before this member of staff; of a child, its guardian.

    Idempotent.

    Raises:
        Refused, BadInput: as `entered`.
        NotFound: nobody asks for this person under this name.
        Conflict: it is over, or the word of a guardian is needed, or is not.
    """
    why = purpose_in(purpose)
    one = await _proxy(office, registration, person)
    theirs, now = await _theirs(office, staff, person), office.clock.now()
    if theirs.is_child(local(now).date()) is not guardian:
        raise Conflict("for a child its guardian agrees, for everybody else the person alone")
    how = How.GUARDIAN if guardian else How.DOOR
    agreement = Agreement(how=how, by=staff.id, at=now)
    return await proxies.agreed(office, one, agreement, actor=staff.id, purpose=why)


async def record_no(
    office: Office, staff: Staff, registration: str, *, person: PersonId, purpose: str
) -> None:
    """Record that a person does not want a proxy, or no longer; both are told. Idempotent.

    Raises:
        Refused, BadInput, NotFound: as `record_yes`.
    """
    why = purpose_in(purpose)
    one = await _proxy(office, registration, person)
    await _theirs(office, staff, person)
    await proxies.refused(office, one, actor=staff.id, purpose=why)


async def end_own(
    office: Office, staff: Staff, registration: str, *, person: PersonId, purpose: str
) -> None:
    """End that a conversation is a person's own: it was another's, or the telephone is lost.

    Raises:
        Refused, BadInput: as `entered`.
        NotFound: the person has no such registration.
    """
    why = purpose_in(purpose)
    one = await office.stores.registrations.get(registration)
    if one is None or one.kind is not Kind.OWN or one.person != person:
        raise NotFound("there is no such registration: look at the person again")
    await _theirs(office, staff, person)
    await register.end(office, one, staff.id, purpose=why)


async def _proxy(office: Office, registration: str, person: PersonId) -> Registration:
    one = await office.stores.registrations.get(registration)
    if one is None or one.kind is not Kind.PROXY or one.person != person:
        raise NotFound("nobody asks to stand in under this name: look at the person again")
    return one


async def _theirs(office: Office, staff: Staff, person: PersonId) -> Person:
    """Find a person for whom this member of staff may answer."""
    staff.must(*REPORT)
    found = await office.stores.residents.get(person)
    if found is None:
        raise NotFound("nobody has this handle: find the person again")
    await must_answer_for(office, staff, found.village, found.grid)
    return found
