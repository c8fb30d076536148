"""Look at a named person: for a purpose, in the own area, noted where the person sees it."""

from dataclasses import dataclass, field

from data.civic.errors import BadInput, NotFound
from data.civic.ids import AreaCode, PersonId
from data.civic.people import Role, Staff
from data.civic.privacy import id_number_valid
from data.civic.safety.identity import id_hash, named, phone_hash
from data.civic.safety.rosters import Household, Person
from data.civic.telephones import telephone
from handlers.acts.note import note_look
from handlers.acts.purposes import purpose_in
from handlers.office import Office

LOOK = (Role.GRID, Role.DUTY, Role.CHIEF, Role.SHELTER)
MOST = 20
"""People that one question may show; a list is asked for by its grid or village."""
LARGEST = 10_000
"""People of one village whose names are looked through."""

NOBODY = "nobody of your area is known by this: check how it is written"
"""The same answer for who is unknown and who belongs to another's area."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """By what somebody is looked for: one number, or a name in a village."""

    number: str = field(default="", repr=False)
    """An ID number or a telephone."""
    name: str = field(default="", repr=False)
    village: AreaCode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One person and the door."""

    person: Person
    household: Household | None


async def find(office: Office, staff: Staff, asked: Asked, *, purpose: str) -> tuple[Found, ...]:
    """Find people by a number or a name; each look is noted with its purpose.

    Raises:
        Refused: the role is not held, or the village is another's.
        BadInput: no purpose, nothing to look for, or a number that is none.
        NotFound: nobody of the own area is known by this.
    """
    staff.must(*LOOK)
    why = purpose_in(purpose)
    people = await _asked(office, staff, asked)
    mine = [one for one in people if staff.may(*LOOK, area=one.village)][:MOST]
    if not mine:
        raise NotFound(NOBODY)
    return tuple([await _shown(office, staff, one, why) for one in mine])


async def look(office: Office, staff: Staff, person: PersonId, *, purpose: str) -> Found:
    """Look at one person of a list.

    Raises:
        Refused: the role is not held.
        BadInput: no purpose is given.
        NotFound: nobody of the own area has this handle.
    """
    staff.must(*LOOK)
    why = purpose_in(purpose)
    found = await office.stores.residents.get(person)
    if found is None or not staff.may(*LOOK, area=found.village):
        raise NotFound(NOBODY)
    return await _shown(office, staff, found, why)


async def _asked(office: Office, staff: Staff, asked: Asked) -> list[Person]:
    residents, seal = office.stores.residents, office.seal
    number = "".join(asked.number.split()).upper()
    if id_number_valid(number):
        return await residents.by_id_hashes([id_hash(seal, number)])
    if phone := telephone(number):
        return await residents.by_phone_hashes([phone_hash(seal, phone)], LARGEST)
    if number:
        raise BadInput("neither an ID number nor a telephone: check the digits")
    name = " ".join(asked.name.split())
    if not name or asked.village is None:
        raise BadInput("give an ID number, a telephone, or a name with its village")
    staff.must(*LOOK, area=asked.village)
    everybody = await residents.of_village(asked.village, LARGEST)
    return [one for one in everybody if one.name == name]


async def _shown(office: Office, staff: Staff, person: Person, purpose: str) -> Found:
    """Note the look before anything is shown."""
    await note_look(office, staff.id, "person.read", named(person.id), purpose)
    return Found(person=person, household=await office.stores.households.get(person.household))
