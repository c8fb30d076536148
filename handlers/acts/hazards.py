"""Hazards for staff: see them, have a grid look, note that it was begun, and tell the result."""

from dataclasses import dataclass

from data.civic.calendar import local
from data.civic.errors import NotFound
from data.civic.ids import GridId, HazardId
from data.civic.people import Role, Staff
from data.civic.safety import hazards
from data.civic.safety.grids import Grid, GridWorker, worker_of
from data.civic.safety.hazards import Hazard, HazardReport
from data.civic.talk.messages import Say
from handlers.acts.note import note, note_look
from handlers.acts.own_grid import works_in
from handlers.acts.tell_citizen import tell
from handlers.office import Office
from handlers.wording import say, written

EVERYWHERE = (Role.DUTY, Role.CHIEF, Role.AGENT)
"""They see all hazards of their area."""
SEE = (*EVERYWHERE, Role.GRID)
SEND = (Role.DUTY, Role.CHIEF)
"""They say whose grid it is."""
UNKNOWN = "there is no such hazard: see the list"

WORDS = {
    "hazard_told_started": ("number", "time", "worker", "hotline"),
    "hazard_told_result": ("number", "time", "result", "hotline"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A hazard with its reports, and who looks."""

    hazard: Hazard
    reports: tuple[HazardReport, ...]
    grid: Grid | None
    worker: GridWorker | None

    @property
    def reporters(self) -> int:
        """Count the citizens who have reported it."""
        return len({one.conversation for one in self.reports})


async def listed(office: Office, staff: Staff) -> list[Case]:
    """List what waits for its result, oldest first: of the own area, or of the own grids.

    Raises:
        Refused: the role is not held.
    """
    staff.must(*SEE)
    found = await office.stores.hazards.open()
    return [await _case(office, one) for one in found if await _sees(office, staff, one)]


async def find(office: Office, staff: Staff, id_: HazardId) -> Case:
    """Show one case with what was reported; the look is noted.

    Raises:
        Refused: the role is not held. NotFound: there is none, or it is another's.
    """
    hazard = await _mine(office, staff, id_)
    await note_look(office, staff.id, "hazard.read", hazard.id)
    return await _case(office, hazard)


async def assign(office: Office, staff: Staff, id_: HazardId, grid: GridId) -> Hazard:
    """Have the worker of a grid look. Idempotent.

    Raises:
        Refused: the role is not held, or the area is another's.
        NotFound: there is no such hazard or grid. Conflict: it is over.
    """
    staff.must(*SEND)
    hazard = await _mine(office, staff, id_)
    found = await office.stores.grids.get(grid)
    if found is None:
        raise NotFound("there is no such grid: see the list of grids")
    staff.must(*SEND, area=found.village)
    changed = await office.stores.hazards.change(hazard.id, lambda one: hazards.assign(one, grid))
    await note(office, staff.id, "hazard.assign", hazard.id, f"grid {grid}")
    return changed


async def start(office: Office, staff: Staff, id_: HazardId) -> Hazard:
    """Note that somebody looks into it, and tell everybody who reported it. Idempotent.

    Raises:
        Refused, NotFound: as `find`. Conflict: it is over.
    """
    hazard, now = await _mine(office, staff, id_), office.clock.now()
    started = await office.stores.hazards.change(
        hazard.id, lambda one: hazards.start(one, staff.id, now)
    )
    await note(office, staff.id, "hazard.start", hazard.id)
    await _tell(office, staff, started, "hazard_told_started")
    return started


async def end(office: Office, staff: Staff, id_: HazardId, result: str) -> Hazard:
    """End a case, and tell everybody who reported it the result.

    Idempotent: the same result again tells it again under the same id, that is once.

    Raises:
        Refused, NotFound: as `find`.
        BadInput: there is no result, or it is too long. Conflict: it has ended otherwise.
    """
    hazard, now = await _mine(office, staff, id_), office.clock.now()
    ended = await office.stores.hazards.change(
        hazard.id, lambda one: hazards.end(one, result, staff.id, now)
    )
    await note(office, staff.id, "hazard.end", hazard.id)
    await _tell(office, staff, ended, "hazard_told_result")
    return ended


async def _tell(office: Office, staff: Staff, hazard: Hazard, key: str) -> None:
    """Tell every reporter once, by the number that this one knows."""
    case = await _case(office, hazard)
    told = {one.conversation: one for one in case.reports}
    for conversation, report in told.items():
        known = await office.stores.conversations.by_id(conversation)
        said = _words(office, case, report, key)
        text = said.plain if known is not None and known.care else said.full
        await tell(office, conversation, by=staff.id, text=text, key=f"{report.id}/{key}")


def _words(office: Office, case: Case, report: HazardReport, key: str) -> Say:
    release, hazard = office.release, case.hazard
    facts = {"number": report.number, "hotline": release.rules.hotline}
    if key == "hazard_told_started":
        worker = written(release, "hazard_worker", worker=case.worker.name) if case.worker else ""
        at = f"{local(hazard.started_at or hazard.opened_at):%H:%M}"
        return say(release, key, **facts, time=at, worker=worker)
    at = f"{local(hazard.ended_at or hazard.opened_at):%H:%M}"
    return say(release, key, **facts, time=at, result=hazard.result)


async def _case(office: Office, hazard: Hazard) -> Case:
    parts = await office.stores.hazards.parts(hazard.id)
    grid = await office.stores.grids.get(hazard.grid) if hazard.grid else None
    return Case(
        hazard=hazard,
        reports=tuple(await office.stores.hazard_reports.of(parts)),
        grid=grid,
        worker=worker_of(grid, office.clock.now()) if grid else None,
    )


async def _mine(office: Office, staff: Staff, id_: HazardId) -> Hazard:
    staff.must(*SEE)
    found = await office.stores.hazards.root(id_)
    if found is None or not await _sees(office, staff, found):
        raise NotFound(UNKNOWN)
    return found


async def _sees(office: Office, staff: Staff, hazard: Hazard) -> bool:
    if staff.may(*EVERYWHERE, area=hazard.spot.area):
        return True
    grid = await office.stores.grids.get(hazard.grid) if hazard.grid else None
    return grid is not None and await works_in(office, staff, grid.village, grid.id)
