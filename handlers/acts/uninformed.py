"""Who has not been informed: counts for all on duty, names for those who must go there.

Never a ranking: areas stand in the order of their codes, people in that of their doors.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import IntEnum

from data.civic.areas import within
from data.civic.errors import BadInput
from data.civic.ids import AreaCode, EventId, GridId
from data.civic.people import Role, Staff
from data.civic.safety.rosters import Household, Person
from data.civic.sending.informing import Informing, InformingState
from data.civic.sending.rows import Attempt, Row, RowState
from data.store.boards import Counted
from handlers.acts.grid_duty import EVERYBODY, must_answer_for
from handlers.acts.note import note
from handlers.acts.purposes import purpose_in
from handlers.office import Office

COUNTS = (*EVERYBODY, Role.GRID, Role.AGENT, Role.SHELTER)


class Level(IntEnum):
    """How far counts are divided: digits of the codes of areas."""

    COUNTY = 6
    TOWN = 9
    VILLAGE = 12
    GRID = 99
    """Grid by grid of every village."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The people of one area or grid."""

    area: AreaCode
    grid: GridId | None = None
    """"" are those for whom no grid is known."""
    states: Mapping[RowState, int]
    to_come: int = 0
    """People of the plan whose rows do not stand yet: nobody has sent them anything."""
    not_scanned: int | None = None
    """Reported as moved and scanned nowhere, in the same event; None: it is of no event."""

    @property
    def people(self) -> int:
        """Tell how many are to be informed."""
        return sum(self.states.values()) + self.to_come

    @property
    def informed(self) -> int:
        """Tell how many have confirmed, or somebody for them."""
        return self.states.get(RowState.CONFIRMED, 0)

    @property
    def uninformed(self) -> int:
        """Tell how many have not been informed, however much was sent to them."""
        waiting = sum(count for state, count in self.states.items() if state.uninformed)
        return waiting + self.to_come

    @property
    def with_worker(self) -> int:
        """Tell how many of the uninformed are on the list of a named worker."""
        return self.states.get(RowState.WITH_WORKER, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """How an informing stands, area by area in the order of their codes."""

    informing: Informing
    at: datetime
    lines: tuple[Line, ...]

    @property
    def total(self) -> Line:
        """Add the lines up."""
        states = _added(one.states for one in self.lines)
        waiting = sum(one.to_come for one in self.lines)
        return Line(area=AreaCode(""), states=states, to_come=waiting)


@dataclass(frozen=True, slots=True, kw_only=True)
class Uninformed:
    """One person who has not been informed, with the door."""

    row: Row
    person: Person | None = field(repr=False)
    """None: taken off the roster meanwhile."""
    household: Household | None = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """Somebody reported as moved, whom no scan has seen, with the door at home."""

    person: Person | None = field(default=None, repr=False)
    """None: taken off the roster meanwhile."""
    household: Household | None = field(default=None, repr=False)


async def board(
    office: Office, staff: Staff, number: int, *, level: Level, area: AreaCode | None = None
) -> Board:
    """Count who has not been informed in an area, the own if none is given; nobody is named.

    Raises:
        Refused: the role is not held, or the area is another's.
        NotFound: there is no such informing.
    """
    place = area or staff.area
    staff.must(*COUNTS, area=place)
    informing = await office.stores.informings.must(number)
    boards = office.stores.boards
    if level is Level.GRID:
        counted = await boards.grids(number, place)
        lines = [_line(one.village, one) for one in counted]
    else:
        counted = await boards.areas(number, place, digits=level)
        lines = [Line(area=one.village, states=one.states) for one in counted]
        lines = _with_those_to_come(lines, await _to_come(office, informing, place), level)
        lines = await _with_gaps(office, lines, informing, place)
    return Board(informing=informing, at=office.clock.now(), lines=tuple(lines))


async def to_resume(office: Office, staff: Staff, number: int) -> int:
    """Count who of the own area would be told if a stopped informing went on.

    Nobody where it has ended meanwhile.

    Raises:
        Refused, NotFound: as `board`.
    """
    found = await board(office, staff, number, level=Level.VILLAGE)
    going = [one for one in found.lines if not found.informing.has_ended_in(one.area)]
    return sum(one.uninformed + one.states.get(RowState.CANCELLED, 0) for one in going)


async def names(
    office: Office,
    staff: Staff,
    number: int,
    *,
    village: AreaCode,
    grid: GridId | None = None,
    purpose: str,
) -> list[Uninformed]:
    """Name who of a village, or of one of its grids, has not been informed, door by door.

    Each look is noted with its purpose before anything is shown.

    Raises:
        Refused: the role is not held, or the people are another's.
        BadInput: no purpose is given, or the code is of no village.
        NotFound: there is no such informing.
    """
    if len(village) != Level.VILLAGE:
        raise BadInput("names are shown village by village: give a code of 12 digits")
    why = purpose_in(purpose)
    await must_answer_for(office, staff, village, grid)
    await office.stores.informings.must(number)
    await note(office, staff.id, "uninformed.names", _subject(number, village, grid), why)
    rows = await office.stores.rows.uninformed(number, village, grid)
    return await behind_doors(office, rows)


async def not_scanned(
    office: Office, staff: Staff, number: int, *, village: AreaCode, purpose: str
) -> list[Reported]:
    """Name who of a village was reported as moved and scanned nowhere: as many as are counted.

    Raises:
        Refused, BadInput, NotFound: as `names`.
    """
    if len(village) != Level.VILLAGE:
        raise BadInput("names are shown village by village: give a code of 12 digits")
    why = purpose_in(purpose)
    await must_answer_for(office, staff, village, None)
    informing = await office.stores.informings.must(number)
    await note(office, staff.id, "uninformed.not_scanned", _subject(number, village), why)
    event = EventId(informing.event)
    people = await office.stores.whereabouts.people_not_scanned(event, village)
    known = {one.id: one for one in await office.stores.residents.some(people)}
    doors = sorted({one.household for one in known.values()})
    behind = {one.id: one for one in await office.stores.households.by_ids(doors)}
    ordered = sorted(known.values(), key=lambda one: (one.grid or "", one.household, one.id))
    gone = [Reported() for one in people if one not in known]
    named = [Reported(person=one, household=behind.get(one.household)) for one in ordered]
    return [*named, *gone]


async def attempts(
    office: Office, staff: Staff, number: int, row: Row, *, purpose: str
) -> list[Attempt]:
    """List what was ever sent to one person, oldest first: when, by which way, how it ended.

    Raises:
        Refused: the role is not held, or the person is another's.
        BadInput: no purpose is given.
    """
    why = purpose_in(purpose)
    await must_answer_for(office, staff, row.village, row.grid)
    place = await office.stores.rows.place_of(number, row.resident)
    if place is None:
        return []
    await note(office, staff.id, "uninformed.attempts", _subject(number, row.village), why)
    return await office.stores.sends.attempts(number, place.slice, row.resident)


async def behind_doors(office: Office, rows: Iterable[Row]) -> list[Uninformed]:
    """Put people to rows, in the order of their doors."""
    listed = sorted(rows, key=lambda row: (row.village, row.grid, row.household, row.resident))
    people = await office.stores.residents.some([row.resident for row in listed])
    known = {one.id: one for one in people}
    doors = await office.stores.households.by_ids(sorted({row.household for row in listed}))
    behind = {one.id: one for one in doors}
    return [
        Uninformed(row=row, person=known.get(row.resident), household=behind.get(row.household))
        for row in listed
    ]


async def _with_gaps(
    office: Office, lines: list[Line], informing: Informing, area: AreaCode
) -> list[Line]:
    """Say of each line how many were reported as moved and scanned nowhere."""
    if await office.stores.events.get(EventId(informing.event)) is None:
        return lines
    event = EventId(informing.event)
    gaps = await office.stores.whereabouts.not_scanned(event, area)
    return [
        replace(one, not_scanned=sum(n for each, n in gaps.items() if within(each, one.area)))
        for one in lines
    ]


def _line(area: AreaCode, one: Counted) -> Line:
    return Line(area=area, grid=one.grid, states=one.states)


async def _to_come(office: Office, informing: Informing, area: AreaCode) -> Mapping[AreaCode, int]:
    """Count by village who was planned and whose rows do not stand yet; nobody once it is over."""
    planned: dict[AreaCode, int] = {}
    if informing.state is InformingState.CLOSED:
        return planned
    for one in await office.stores.slices.unmade(informing.id):
        for village, count in one.villages:
            if within(village, area):
                planned[village] = planned.get(village, 0) + count
    return planned


def _with_those_to_come(
    lines: list[Line], to_come: Mapping[AreaCode, int], level: Level
) -> list[Line]:
    waiting: dict[AreaCode, int] = {}
    for village, count in to_come.items():
        area = AreaCode(village[:level])
        waiting[area] = waiting.get(area, 0) + count
    known = {line.area: line.states for line in lines}
    return [
        Line(area=area, states=known.get(area, {}), to_come=waiting.get(area, 0))
        for area in sorted(known.keys() | waiting.keys())
    ]


def _added(many: Iterable[Mapping[RowState, int]]) -> Mapping[RowState, int]:
    added: dict[RowState, int] = {}
    for states in many:
        for state, count in states.items():
            added[state] = added.get(state, 0) + count
    return added


def _subject(number: int, village: AreaCode, grid: GridId | None = None) -> str:
    return f"informing-{number}/{village}" + (f"/{grid}" if grid else "")
