"""Grid workers in a drill: each takes the list along, and knocks at one door after the other."""

from collections import deque
from dataclasses import dataclass, field

from bot.drill.county import County
from bot.drill.crowd import Crowd
from bot.drill.happenings import DOOR, Agenda, Happening, Told
from data.civic.ids import AreaCode, GridId, StaffId
from data.civic.people import Role, Staff
from data.civic.safety.grids import worker_of
from data.civic.sending.rows import RowState
from handlers.acts.door_lists import door_list
from handlers.office import Office

SETS_OUT, LOOKS_AGAIN, COMES_BACK = 300, 600, 2400
"""Seconds: until somebody sets out, looks again at an empty list, comes back to a closed door."""
PURPOSE = "drill"


@dataclass(slots=True, kw_only=True)
class Round:
    """One worker's round."""

    free_at: int
    doors: deque[tuple[int, int]] = field(default_factory=deque)
    """Household and one person of it, as on the list."""
    knocks: dict[int, int] = field(default_factory=dict)
    closed_until: dict[int, int] = field(default_factory=dict)


class Doors:
    """The rounds of all workers."""

    def __init__(
        self,
        county: County,
        crowd: Crowd,
        agenda: Agenda,
        *,
        since: int,
        held: frozenset[int] = frozenset(),
    ) -> None:
        self._held = held
        self._county = county
        self._crowd = crowd
        self._agenda = agenda
        self._rounds = {grid: Round(free_at=since + SETS_OUT) for grid in county.grids}

    async def walk(self, office: Office, informing: int, at: int) -> None:
        """Let every worker who is free go on to the next door."""
        for grid, round_ in self._rounds.items():
            if round_.free_at <= at:
                await self._next(office, informing, grid, at)

    async def _next(self, office: Office, informing: int, grid: GridId, at: int) -> None:
        round_ = self._rounds[grid]
        if not round_.doors:
            round_.doors.extend(await self._listed(office, informing, grid, at))
        if not round_.doors:
            round_.free_at = at + LOOKS_AGAIN
            return
        household, person = round_.doors.popleft()
        knock = round_.knocks[household] = round_.knocks.get(household, 0) + 1
        takes, at_home = self._crowd.door(household, knock)
        round_.free_at = at + takes
        if not at_home:
            round_.closed_until[household] = round_.free_at + COMES_BACK
            return
        said = "stays" if self._crowd.stays(household) else "received"
        told: Told = {"informing": informing, "person": person, "grid": grid, "said": said}
        self._agenda.put(Happening(at=round_.free_at, kind=DOOR, told=told))

    async def _listed(
        self, office: Office, informing: int, grid: GridId, at: int
    ) -> list[tuple[int, int]]:
        """Take the list as it is now: each household once, closed doors later."""
        staff = await worker(office, grid, self._county.grids[grid])
        found = await door_list(office, staff, informing, grid, purpose=PURPOSE)
        closed = self._rounds[grid].closed_until
        doors: dict[int, int] = {}
        for one in found.uninformed:
            row, household = one.row, int(one.row.household)
            closed_now = household in self._held or closed.get(household, 0) > at
            if row.state is RowState.WITH_WORKER and not closed_now:
                doors.setdefault(household, int(row.resident))
        return list(doors.items())


async def worker(office: Office, grid: GridId, village: AreaCode) -> Staff:
    """Give the account of who answers for a grid now: the worker, or the deputy during a leave."""
    found = await office.stores.grids.get(grid)
    answers = worker_of(found, office.clock.now()) if found else None
    id_ = StaffId(answers.id if answers else "nobody")
    return Staff(
        id=id_,
        login=id_,
        name=answers.name if answers else "",
        roles=frozenset({Role.GRID}),
        area=village,
        password_hash="",
    )
