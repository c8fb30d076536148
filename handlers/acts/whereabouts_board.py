"""Moved and listed, village by village: counts for those on duty, names for those who go there.

Never a ranking: villages stand in the order of their codes, people in that of their doors.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from data.civic.areas import within
from data.civic.errors import BadInput, NotFound
from data.civic.ids import AreaCode, EventId, GridId, PersonId
from data.civic.people import Staff
from data.civic.safety.progress import Known, Progress, progress
from data.civic.safety.rosters import Household, Person
from data.civic.safety.whereabouts import Stage, Standing, by_person
from data.civic.warning.drills import is_drill
from data.civic.warning.events import Event
from data.civic.warning.places import touches
from handlers.acts.grid_duty import must_answer_for
from handlers.acts.note import note
from handlers.acts.purposes import purpose_in
from handlers.acts.uninformed import COUNTS
from handlers.colouring import Now, Resident, known, now_of
from handlers.office import Office
from handlers.staying import staying_in

VILLAGE = 12
BATCH = 100
"""Villages that are read at a time."""
MOST_EVENTS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One village in numbers; each is the length of a list that `names` shows."""

    village: AreaCode
    listed: int
    moved: int
    """Of those listed."""
    not_moved: int
    not_listed: int
    """Moved, though no order covers them."""
    overdue: int
    staying: int
    """Of other villages, with relatives here, who must leave as well and have not."""
    stages: dict[Stage, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """One person, with the door and what is known."""

    person: Person = field(repr=False)
    household: Household | None = field(repr=False)
    standing: Standing
    deadline: datetime | None
    overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The gaps of a village, by name."""

    not_moved: tuple[Named, ...]
    not_listed: tuple[Named, ...]
    staying: tuple[Named, ...]
    """Who lives elsewhere and is with relatives here; of no grid."""


async def events(office: Office, staff: Staff) -> list[Event]:
    """List the events that go on in or around the own area, then those of drills, newest first.

    Raises:
        Refused: the role is not held.
    """
    staff.must(*COUNTS)
    alive = [
        one
        for drill in (False, True)
        for one in sorted(
            await office.stores.events.alive(drill=drill, limit=MOST_EVENTS),
            key=lambda one: one.opened_at,
            reverse=True,
        )
    ]
    return [one for one in alive if any(touches(area, staff.area) for area in one.areas)]


async def board(
    office: Office, staff: Staff, event: EventId, *, area: AreaCode | None = None
) -> list[Line]:
    """Count who has left, in every village that an order of the event is or was for.

    Raises:
        Refused: the role is not held, or the area is another's.
        NotFound: there is no such event.
    """
    place = area or staff.area
    staff.must(*COUNTS, area=place)
    found, now = await _event(office, event), await now_of(office, drill=is_drill(event))
    villages = await villages_of(office, found, place)
    lines: list[Line] = []
    for at in range(0, len(villages), BATCH):
        batch = villages[at : at + BATCH]
        people = await _known(office, now, found, batch)
        staying = await staying_in(office, found.id, now, batch)
        lines += [
            _line(progress(one, people[one], now.situation.at), len(staying[one])) for one in batch
        ]
    return [one for one in lines if one.listed or one.not_listed or one.staying]


async def names(
    office: Office,
    staff: Staff,
    event: EventId,
    *,
    village: AreaCode,
    grid: GridId | None = None,
    purpose: str,
) -> Names:
    """Name who of a village, or of one grid of it, has not left, and who left without an order.

    Each look is noted with its purpose before anything is shown.

    Raises:
        Refused: the role is not held, or the people are another's.
        BadInput: no purpose is given, or the code is of no village.
        NotFound: there is no such event.
    """
    if len(village) != VILLAGE:
        raise BadInput("names are shown village by village: give a code of 12 digits")
    why = purpose_in(purpose)
    await must_answer_for(office, staff, village, grid)
    found, now = await _event(office, event), await now_of(office, drill=is_drill(event))
    subject = f"{event}/{village}" + (f"/{grid}" if grid else "")
    await note(office, staff.id, "whereabouts.names", subject, why)
    people = {one.person: one for one in (await _known(office, now, found, [village]))[village]}
    gaps = progress(village, people.values(), now.situation.at)
    persons = await _behind_doors(office, [*gaps.not_moved, *gaps.not_listed], grid)
    told = {one.id: (one, door) for one, door in persons}
    late = set(gaps.overdue)
    return Names(
        not_moved=_named(gaps.not_moved, people, told, late),
        not_listed=_named(gaps.not_listed, people, told, late),
        staying=await _guests(office, found, now, village),
    )


async def _guests(office: Office, event: Event, now: Now, village: AreaCode) -> tuple[Named, ...]:
    """Name who lives elsewhere, is with relatives in a village, and must leave it as well."""
    staying = (await staying_in(office, event.id, now, [village]))[village]
    guests, at = {one.person: one for one in staying}, now.situation.at
    told = {one.id: (one, door) for one, door in await _behind_doors(office, list(guests), None)}
    overdue = {one.person for one in staying if (one.deadline or at) < at}
    return _named(guests, guests, told, overdue)


async def _known(
    office: Office, now: Now, event: Event, villages: Sequence[AreaCode]
) -> dict[AreaCode, list[Known]]:
    """Say of everybody who lives in villages where they are."""
    steps = by_person(await office.stores.whereabouts.of_villages(villages, now.ids))
    found: dict[AreaCode, list[Known]] = defaultdict(list)
    for one in await office.stores.risk_classes.within(villages):
        for person in one.people:
            resident = Resident(person=person, village=one.village, tags=one.tags)
            found[one.village].append(
                known(event.id, resident, now.situation, steps.get(person, ()))
            )
    return found


async def villages_of(office: Office, event: Event, area: AreaCode) -> list[AreaCode]:
    """List the villages of an area that the event holds."""
    inside: set[AreaCode] = set()
    for outer in event.areas:
        if within(outer, area):
            inside |= set(await office.stores.villages.within(outer))
        elif within(area, outer):
            inside |= set(await office.stores.villages.within(area))
    return sorted(inside)


async def _behind_doors(
    office: Office, people: Sequence[PersonId], grid: GridId | None
) -> list[tuple[Person, Household | None]]:
    """Fetch people in the order of their doors; of one grid, if it is given."""
    found = [one for one in await office.stores.residents.some(people) if grid in (None, one.grid)]
    households = sorted({one.household for one in found})
    doors = {one.id: one for one in await office.stores.households.by_ids(households)}
    ordered = sorted(found, key=lambda one: (one.grid or "", one.household, one.id))
    return [(one, doors.get(one.household)) for one in ordered]


def _named(
    wanted: Iterable[PersonId],
    people: dict[PersonId, Known],
    told: dict[PersonId, tuple[Person, Household | None]],
    late: set[PersonId],
) -> tuple[Named, ...]:
    chosen = set(wanted)
    return tuple(
        Named(
            person=person,
            household=door,
            standing=people[handle].standing,
            deadline=people[handle].deadline,
            overdue=handle in late,
        )
        for handle, (person, door) in told.items()
        if handle in chosen
    )


def _line(one: Progress, staying: int) -> Line:
    return Line(
        village=one.village,
        listed=one.listed,
        moved=one.moved,
        not_moved=len(one.not_moved),
        not_listed=len(one.not_listed),
        overdue=len(one.overdue),
        staying=staying,
        stages=dict(one.stages),
    )


async def _event(office: Office, event: EventId) -> Event:
    found = await office.stores.events.get(event)
    if found is None:
        raise NotFound("there is no such event: see the list")
    return found
