"""Grids: every person at risk has one worker who answers for them, and one who stands in."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from data.civic.calendar import local
from data.civic.errors import BadInput, Conflict
from data.civic.ids import AreaCode, GridId, StaffId, WorkerId


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """When a worker is away: from the first moment, until the one at which the work begins again.

    Raises:
        BadInput: it ends before it begins.
    """

    begins: datetime
    ends: datetime

    def __post_init__(self) -> None:
        if self.ends <= self.begins:
            raise BadInput("a leave ends after it begins: give the first and the last day")

    def covers(self, at: datetime) -> bool:
        """Say whether the worker is away at a moment."""
        return self.begins <= at < self.ends


@dataclass(frozen=True, slots=True, kw_only=True)
class GridWorker:
    """Who answers for grids; need not have an account of staff."""

    id: WorkerId
    staff: StaffId | None = None
    """The account, where there is one."""
    name: str = field(repr=False)
    phone: str = field(repr=False)
    area: AreaCode
    """The town or village that the worker works for."""
    deputy: WorkerId | None = None
    """Another, who takes the whole list over during a leave."""
    leaves: tuple[Leave, ...] = ()
    version: int = 0

    def away(self, at: datetime) -> bool:
        """Say whether the worker is on leave at a moment."""
        return any(one.covers(at) for one in self.leaves)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Part of a village, with who answers for it."""

    id: GridId
    name: str
    village: AreaCode
    workers: tuple[GridWorker, ...] = ()
    """The one who answers, then the deputy, then the deputy's deputy; nobody twice."""
    version: int = 0


def worker_of(grid: Grid, at: datetime) -> GridWorker | None:
    """Tell who answers for the grid at a moment; None: nobody does, its people are uncovered."""
    return next((one for one in grid.workers if not one.away(at)), None)


def deputy_of(grid: Grid, at: datetime) -> GridWorker | None:
    """Tell who stands in if the worker of that moment does not answer."""
    here = [one for one in grid.workers if not one.away(at)]
    return here[1] if len(here) > 1 else None


def gap_of(grid: Grid, *, since: datetime) -> datetime | None:
    """Tell the first moment from `since` on at which nobody answers for the grid; None: never.

    Who is there changes only when a leave begins or ends, so those moments are enough.
    """
    begins = (leave.begins for one in grid.workers for leave in one.leaves)
    moments = sorted({since, *(one for one in begins if one > since)})
    return next((moment for moment in moments if worker_of(grid, moment) is None), None)


def take_leave(worker: GridWorker, leave: Leave, grids: Sequence[Grid]) -> GridWorker:
    """Send a worker on leave: the list moves to the deputy, with no gap.

    Raises:
        Conflict: in one of `grids`, in which the worker stands, nobody would answer at some moment.
    """
    away = replace(worker, leaves=(*worker.leaves, leave), version=worker.version + 1)
    for grid in grids:
        left = with_worker(grid, away)
        gap = gap_of(left, since=leave.begins)
        if gap is not None and leave.covers(gap):
            raise Conflict(
                f"from {local(gap):%Y-%m-%d %H:%M} nobody would answer for grid {grid.id}: "
                "give the worker a deputy who is there"
            )
    return away


def end_leave(worker: GridWorker, at: datetime) -> GridWorker:
    """Note that the worker is back: leaves that run end now, those to come are called off."""
    left = tuple(
        leave if leave.ends <= at else Leave(begins=leave.begins, ends=at)
        for leave in worker.leaves
        if leave.begins < at
    )
    return replace(worker, leaves=left, version=worker.version + 1)


def with_worker(grid: Grid, worker: GridWorker) -> Grid:
    """Put a changed worker in the place of the one before."""
    workers = tuple(worker if one.id == worker.id else one for one in grid.workers)
    return replace(grid, workers=workers)


def chain(first: WorkerId | None, workers: Sequence[GridWorker]) -> tuple[GridWorker, ...]:
    """Line up who answers: the first, the deputy, the deputy's deputy, until nobody new comes."""
    known = {one.id: one for one in workers}
    lined: dict[WorkerId, GridWorker] = {}
    while first is not None and first in known and first not in lined:
        lined[first] = known[first]
        first = known[first].deputy
    return tuple(lined.values())
