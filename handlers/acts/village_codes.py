"""Whose codes there are in a village: to choose who is printed, and for devices offline."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from data.civic.errors import BadInput
from data.civic.ids import AreaCode, GridId, PersonId
from data.civic.people import Role, Staff
from data.civic.privacy import mask_name
from data.civic.safety.codekeys import CodeKey
from data.civic.safety.codes import CodeKind
from data.civic.safety.credentials import Credential, Holder
from data.civic.safety.rosters import Person
from data.civic.safety.verifying import Revocations
from handlers import codes
from handlers.acts.find_person import LOOK
from handlers.acts.grid_duty import REPORT, own_grids
from handlers.acts.note import note
from handlers.acts.purposes import purpose_in
from handlers.office import Office

MOST = 10_000
"""People of one village."""
VILLAGES = 30
"""Villages of one device: those that a shelter takes in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """Somebody, and the codes that nobody has ended: the own, and the household's."""

    person: Person = field(repr=False)
    codes: tuple[Credential, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """What a device needs to verify without a network: no person stands in it."""

    keys: tuple[CodeKey, ...]
    revocations: Revocations


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One of a household, masked."""

    person: PersonId
    name: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One code on a device, to compare who carries it."""

    handle: str
    kind: CodeKind
    name: str = field(repr=False)
    """Masked; of a household everybody's."""
    born_year: int | None = field(repr=False)
    household: bool
    members: tuple[Member, ...] = ()
    """Of a household everybody, to tick who has come."""


async def carriers(
    office: Office, staff: Staff, village: AreaCode, *, purpose: str
) -> list[Carrier]:
    """List who of a village has which printed codes, of those the staff answers for.

    Raises:
        Refused: the role is not held, or the village is another's.
        BadInput: no purpose is given, or the code is of no village.
    """
    staff.must(*REPORT)
    why = purpose_in(purpose)
    if len(village) != 12:
        raise BadInput("names are shown village by village: choose a village")
    staff.must(*REPORT, area=village)
    await note(office, staff.id, "code.names", f"area-{village}", why)
    printed = [kind for kind in CodeKind if kind.printed]
    return await _carriers(office, staff, village, printed)


async def kit(office: Office, staff: Staff) -> Kit:
    """Give the public keys and the revoked handles, as they are now.

    Raises:
        Refused: the role is not held.
    """
    staff.must(*LOOK)
    keys = await codes.live_keys(office)
    revoked = await office.stores.credentials.revocations(office.clock.now())
    return Kit(keys=keys, revocations=revoked)


async def device_list(
    office: Office, staff: Staff, villages: Sequence[AreaCode], *, purpose: str
) -> list[Known]:
    """List the codes of villages with masked names, for a device to compare without a network.

    Raises:
        Refused: the role is not held, or a village is another's.
        BadInput: no purpose, no village or too many.
    """
    staff.must(*LOOK)
    why = purpose_in(purpose)
    wanted = tuple(dict.fromkeys(villages))
    if not 0 < len(wanted) <= VILLAGES or any(len(one) != 12 for one in wanted):
        raise BadInput(f"choose 1 to {VILLAGES} villages by their codes of 12 digits")
    for village in wanted:
        staff.must(*LOOK, area=village)
    known: dict[str, Known] = {}
    for village in wanted:
        await note(office, staff.id, "code.device", f"area-{village}", why)
        for one in await _carriers(office, staff, village, list(CodeKind)):
            for code in one.codes:
                known[code.id] = _known(one.person, code, known.get(code.id))
    return list(known.values())


async def _carriers(
    office: Office, staff: Staff, village: AreaCode, kinds: Sequence[CodeKind]
) -> list[Carrier]:
    now, mine = office.clock.now(), await _own_grids(office, staff, village)
    everybody = await office.stores.residents.of_village(village, MOST)
    people = [one for one in everybody if mine is None or one.grid in mine]
    holders = [Holder(person=one.id) for one in people]
    homes = [Holder(household=one) for one in {one.household for one in people}]
    found = await office.stores.credentials.counting_of([*holders, *homes], kinds)
    by_holder: dict[Holder, list[Credential]] = {}
    for code in found:
        if code.counts(now):
            by_holder.setdefault(code.holder, []).append(code)
    return [
        Carrier(
            person=one,
            codes=(
                *by_holder.get(Holder(person=one.id), ()),
                *by_holder.get(Holder(household=one.household), ()),
            ),
        )
        for one in people
    ]


async def _own_grids(office: Office, staff: Staff, village: AreaCode) -> frozenset[GridId] | None:
    """Tell the grids for which the staff answers; None: for everybody of the village."""
    if staff.may(Role.DUTY, Role.CHIEF, Role.SHELTER, area=village):
        return None
    return frozenset(one.id for one in await own_grids(office, staff, village))


def _known(person: Person, code: Credential, before: Known | None) -> Known:
    """Name the carrier; of a household everybody, with the year of birth of the first."""
    name, household = mask_name(person.name), code.holder.household is not None
    mine = (Member(person=person.id, name=name),) if household else ()
    return Known(
        handle=code.id,
        kind=code.kind,
        name=f"{before.name} {name}" if before else name,
        born_year=before.born_year if before else person.born_year,
        household=household,
        members=(*(before.members if before else ()), *mine),
    )
