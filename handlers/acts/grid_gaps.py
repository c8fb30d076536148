"""Grids for which nobody answers, now or soon: they are seen, and the next level is named.

A leave that would leave a gap is refused; two that are asked for in the same moment may leave one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from data.civic.ids import AreaCode
from data.civic.people import Role, Staff
from data.civic.safety.grids import Grid, gap_of
from handlers.acts.grids import SEE
from handlers.counting import recount
from handlers.office import Office

DUTY = (Role.DUTY, Role.CHIEF)
ENDED_OF_LATE = timedelta(hours=2)
"""Leaves that ended so long ago are still looked at, so that no count misses their end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A grid without a worker, and who has to see to it instead."""

    grid: Grid
    since: datetime
    """From when on: now, or a moment to come."""
    next_level: tuple[str, ...] = field(repr=False)
    """Names of those on duty for the smallest area around it."""


async def gaps(office: Office, staff: Staff) -> list[Gap]:
    """List the grids of the own area without a worker, now or from a moment to come.

    Raises:
        Refused: the role is not held.
    """
    staff.must(*SEE)
    now, found = office.clock.now(), []
    everybody = await office.stores.staff.list()
    for grid in await office.stores.grids.within(staff.area):
        since = gap_of(grid, since=now)
        if since is not None:
            names = next_level(everybody, grid.village)
            found.append(Gap(grid=grid, since=since, next_level=names))
    return sorted(found, key=lambda one: (one.since, one.grid.id))


def next_level(everybody: Sequence[Staff], village: AreaCode) -> tuple[str, ...]:
    """Name those on duty for the smallest area around a village: the town's, else the county's."""
    duty = [one for one in everybody if one.may(*DUTY, area=village)]
    nearest = max((len(one.area) for one in duty), default=0)
    return tuple(one.name for one in duty if len(one.area) == nearest)


async def recount_leaves(office: Office) -> None:
    """Count the villages anew in which a leave begins, runs or has ended of late."""
    county, now = office.release.places.county, office.clock.now()
    touched = await office.stores.grids.touched_by_leave(county, now - ENDED_OF_LATE)
    if touched:
        await recount(office, sorted({one.village for one in touched}))
