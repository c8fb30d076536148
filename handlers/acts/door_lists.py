"""Door lists: for each grid, who must be knocked at, and who does it."""

from dataclasses import dataclass
from datetime import datetime

from data.civic.errors import NotFound
from data.civic.ids import GridId
from data.civic.people import Staff
from data.civic.safety.grids import Grid, GridWorker, worker_of
from data.civic.sending.informing import Informing
from handlers.acts.grid_duty import must_answer_for
from handlers.acts.note import note
from handlers.acts.purposes import purpose_in
from handlers.acts.uninformed import Uninformed, behind_doors
from handlers.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorList:
    """The people of one grid to whom somebody must go, door by door."""

    informing: Informing
    grid: Grid
    worker: GridWorker | None
    """Who answers for the grid at this moment; None: nobody does."""
    at: datetime
    uninformed: tuple[Uninformed, ...]
    """Everybody of the grid who has not confirmed, but those of `visits`."""
    visits: tuple[Uninformed, ...]
    """Somebody must come in any case, informed or not: they stay, or need help."""


async def door_list(
    office: Office, staff: Staff, number: int, grid: GridId, *, purpose: str
) -> DoorList:
    """Write the list of one grid as it is now; the look is noted with its purpose.

    Raises:
        Refused: the role is not held, or the grid is another's.
        BadInput: no purpose is given.
        NotFound: there is no such informing or grid.
    """
    why = purpose_in(purpose)
    found = await office.stores.grids.get(grid)
    if found is None:
        raise NotFound(f"there is no grid {grid}: see the list of grids")
    await must_answer_for(office, staff, found.village, grid)
    informing = await office.stores.informings.must(number)
    await note(office, staff.id, "uninformed.doors", f"informing-{number}/{grid}", why)
    rows = office.stores.rows
    uninformed = await rows.uninformed(number, found.village, grid)
    visits = await rows.visits(number, found.village, grid)
    return DoorList(
        informing=informing,
        grid=found,
        worker=worker_of(found, office.clock.now()),
        at=office.clock.now(),
        uninformed=tuple(await behind_doors(office, [one for one in uninformed if not one.visit])),
        visits=tuple(await behind_doors(office, visits)),
    )
