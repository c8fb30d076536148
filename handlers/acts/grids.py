"""Grids (网格): who answers for whom, who stands in, who is on leave; nobody without a worker."""

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta

from data.civic.calendar import BEIJING, local
from data.civic.errors import BadInput, Conflict, NotFound
from data.civic.ids import AreaCode, GridId, StaffId, WorkerId
from data.civic.people import Role, Staff
from data.civic.safety import grids
from data.civic.safety.grids import Grid, GridWorker, Leave
from data.civic.safety.targets import Reach, Target
from data.civic.telephones import telephone
from handlers.acts.note import note
from handlers.counting import recount
from handlers.office import Office

ARRANGE = (Role.ADMIN, Role.CHIEF)
SEE = (*ARRANGE, Role.DUTY, Role.GRID)
LONGEST = 60
LONGEST_LEAVE, FARTHEST_LEAVE = timedelta(days=366), timedelta(days=731)

_ID = re.compile(r"[a-z0-9][a-z0-9_-]{1,39}")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWorker:
    """Who is to answer for grids."""

    id: WorkerId
    name: str = field(repr=False)
    phone: str = field(repr=False)
    area: AreaCode
    staff: StaffId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewGrid:
    """A grid that is to be set up."""

    id: GridId
    name: str
    village: AreaCode


async def enlist(office: Office, staff: Staff, new: NewWorker) -> GridWorker:
    """Enter a grid worker.

    Raises:
        Refused: the role is not held, or the area is another's.
        BadInput: id, name, telephone or area are not as they must be.
        Conflict: the id is taken.
    """
    staff.must(*ARRANGE, area=new.area)
    phone = telephone(new.phone)
    if phone is None:
        raise BadInput("a grid worker needs a telephone of this country")
    if new.area not in office.release.places.areas:
        raise BadInput(f"no area {new.area}: give a town or a village of this county")
    worker = GridWorker(
        id=WorkerId(id_of(new.id)),
        staff=new.staff,
        name=name_of(new.name),
        phone=phone,
        area=new.area,
    )
    await office.stores.grids.enlist(worker)
    await note(office, staff.id, "grid.enlist", f"worker-{worker.id}")
    return worker


async def set_up(office: Office, staff: Staff, new: NewGrid) -> Grid:
    """Set up a grid of a village; until somebody is assigned, its people are uncovered.

    Raises:
        Refused: the role is not held, or the village is another's.
        BadInput: id, name or village are not as they must be.
        Conflict: the id is taken, or the village has a grid of this name.
    """
    staff.must(*ARRANGE, area=new.village)
    village = office.release.places.areas.get(new.village)
    if village is None or not village.is_village:
        raise BadInput(f"no village {new.village}: a grid lies in one village")
    grid = Grid(id=GridId(id_of(new.id)), name=name_of(new.name), village=new.village)
    await office.stores.grids.add(grid)
    await note(office, staff.id, "grid.set_up", f"grid-{grid.id}")
    return grid


async def assign(office: Office, staff: Staff, grid: GridId, worker: WorkerId | None) -> Grid:
    """Let a worker answer for a grid from now on; None: nobody does, and its people are uncovered.

    Raises:
        Refused: the role is not held, or grid or worker are another area's.
        NotFound: there is no such grid or worker.
        Conflict: at some moment of a leave nobody would answer; or the grid has changed meanwhile.
    """
    standing = await _grid(office, staff, grid)
    line = await _line(office, staff, worker) if worker is not None else ()
    changed = replace(standing, workers=line, version=standing.version + 1)
    if line:
        _no_gap(changed, since=office.clock.now())
    await office.stores.grids.save(changed)
    await note(office, staff.id, "grid.assign", f"grid-{grid}", f"worker-{worker or 'nobody'}")
    await recount(office, [standing.village])
    return changed


async def set_deputy(
    office: Office, staff: Staff, worker: WorkerId, deputy: WorkerId | None
) -> GridWorker:
    """Say who stands in for a worker on leave.

    Raises:
        Refused: the role is not held, or one of both is another area's.
        NotFound: there is no such worker.
        BadInput: nobody is one's own deputy.
        Conflict: in one of the grids nobody would answer at some moment.
    """
    standing = await _worker(office, staff, worker)
    if deputy == worker:
        raise BadInput("nobody stands in for oneself: name another worker")
    if deputy is not None:
        await _worker(office, staff, deputy)
    changed = replace(standing, deputy=deputy, version=standing.version + 1)
    for grid in await _answered_by(office, worker):
        _no_gap(_as_it_would_be(grid, changed, await _everybody(office, grid)), office.clock.now())
    await office.stores.grids.save_worker(changed)
    await note(office, staff.id, "grid.deputy", f"worker-{worker}", f"worker-{deputy or 'nobody'}")
    return changed


async def go_on_leave(
    office: Office, staff: Staff, worker: WorkerId, first: date, last: date
) -> GridWorker:
    """Send a worker on leave for whole days; the lists move to the deputies with no gap.

    A worker with an account may do so for oneself.

    Raises:
        Refused: the role is not held, or the worker is another area's.
        NotFound: there is no such worker.
        BadInput: the last day comes before the first, both have passed, or it is years.
        Conflict: nobody would answer for one of the grids at some moment.
    """
    standing = await _own_or_arranged(office, staff, worker)
    if last < first:
        raise BadInput("the last day of a leave comes after its first")
    if last - first > LONGEST_LEAVE or last > office.clock.now().date() + FARTHEST_LEAVE:
        raise BadInput("a leave has at most a year, and ends within two: name another worker")
    leave = Leave(begins=_midnight(first), ends=_midnight(last + timedelta(days=1)))
    if leave.ends <= office.clock.now():
        raise BadInput("these days have passed: give days to come")
    changed = grids.take_leave(standing, leave, await _answered_by(office, worker))
    await office.stores.grids.save_worker(changed)
    days = f"{first.isoformat()} to {last.isoformat()}"
    await note(office, staff.id, "grid.leave", f"worker-{worker}", days)
    return changed


async def come_back(office: Office, staff: Staff, worker: WorkerId) -> GridWorker:
    """Note that a worker is back: the lists return, leaves to come are called off.

    Raises:
        Refused, NotFound: as `go_on_leave`.
    """
    standing = await _own_or_arranged(office, staff, worker)
    changed = grids.end_leave(standing, office.clock.now())
    await office.stores.grids.save_worker(changed)
    await note(office, staff.id, "grid.back", f"worker-{worker}")
    return changed


async def listed(office: Office, staff: Staff) -> list[Grid]:
    """List the grids of the own area with all who may answer for them.

    Raises:
        Refused: the role is not held.
    """
    staff.must(*SEE)
    return await office.stores.grids.within(staff.area)


async def workers(office: Office, staff: Staff) -> list[GridWorker]:
    """List the grid workers of the own area, with deputies and leaves.

    Raises:
        Refused: the role is not held.
    """
    staff.must(*SEE)
    return await office.stores.grids.workers_within(staff.area)


async def coverage(office: Office, staff: Staff) -> Reach:
    """Count the people of the own area, and those for whom nobody answers, village by village.

    Raises:
        Refused: the role is not held.
    """
    staff.must(*SEE)
    return Reach.of(await office.stores.villages.covered(Target(areas=(staff.area,))))


async def _grid(office: Office, staff: Staff, grid: GridId) -> Grid:
    staff.must(*ARRANGE)
    found = await office.stores.grids.get(grid)
    if found is None:
        raise NotFound(f"there is no grid {grid}: see the list of grids")
    staff.must(*ARRANGE, area=found.village)
    return found


async def _worker(office: Office, staff: Staff, worker: WorkerId) -> GridWorker:
    staff.must(*ARRANGE)
    found = await office.stores.grids.worker(worker)
    if found is None:
        raise NotFound(f"there is no grid worker {worker}: enlist them first")
    staff.must(*ARRANGE, area=found.area)
    return found


async def _own_or_arranged(office: Office, staff: Staff, worker: WorkerId) -> GridWorker:
    staff.must(*SEE)
    found = await office.stores.grids.worker(worker)
    if found is not None and found.staff == staff.id and staff.may(Role.GRID):
        return found
    return await _worker(office, staff, worker)


async def _line(office: Office, staff: Staff, worker: WorkerId) -> tuple[GridWorker, ...]:
    first = await _worker(office, staff, worker)
    known = {first.id: first}
    while (deputy := first.deputy) is not None and deputy not in known:
        found = await office.stores.grids.worker(deputy)
        if found is None:
            break
        known[deputy] = first = found
    return tuple(known.values())


async def _answered_by(office: Office, worker: WorkerId) -> list[Grid]:
    """List the grids in whose line a worker stands."""
    found = await office.stores.grids.worker(worker)
    if found is None:
        return []
    county = AreaCode(found.area[:6])
    everywhere = await office.stores.grids.within(county)
    return [grid for grid in everywhere if any(one.id == worker for one in grid.workers)]


async def _everybody(office: Office, grid: Grid) -> list[GridWorker]:
    return await office.stores.grids.workers_within(AreaCode(grid.village[:6]))


def _as_it_would_be(grid: Grid, changed: GridWorker, everybody: list[GridWorker]) -> Grid:
    known = [changed if one.id == changed.id else one for one in everybody]
    return replace(grid, workers=grids.chain(grid.workers[0].id, known))


def _no_gap(grid: Grid, since: datetime) -> None:
    gap = grids.gap_of(grid, since=since)
    if gap is not None:
        raise Conflict(
            f"from {local(gap):%Y-%m-%d %H:%M} nobody would answer for grid "
            f"{grid.id}: choose somebody who is there, or another deputy"
        )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), BEIJING).astimezone(UTC)


def id_of(text: str) -> str:
    """Check the id of a grid or worker.

    Raises:
        BadInput: it is none.
    """
    if not _ID.fullmatch(text):
        raise BadInput("an id has 2 to 40 of a-z 0-9 _ - and begins with a letter or a digit")
    return text


def name_of(text: str) -> str:
    """Tidy the name of a grid or worker.

    Raises:
        BadInput: it is none.
    """
    name = " ".join(text.split())
    if not 0 < len(name) <= LONGEST:
        raise BadInput(f"a name has 1 to {LONGEST} characters")
    return name
