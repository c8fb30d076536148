"""Who may see and report the people of a grid: those who answer for it, and duty for its area."""

from data.civic.errors import Refused
from data.civic.ids import AreaCode, GridId
from data.civic.people import Role, Staff
from data.civic.safety.grids import Grid
from handlers.office import Office

EVERYBODY = (Role.DUTY, Role.CHIEF)
"""They see all people of their area."""
REPORT = (*EVERYBODY, Role.GRID)


async def must_answer_for(
    office: Office, staff: Staff, village: AreaCode, grid: GridId | None
) -> None:
    """Insist that people are the staff's to see: of the own area, for a grid worker the own grid.

    Raises:
        Refused: they are another's.
    """
    if staff.may(*EVERYBODY, area=village):
        return
    staff.must(Role.GRID, area=village)
    found = await office.stores.grids.get(grid) if grid else None
    if found is None or not _works_in(staff, found):
        raise Refused(f"{staff.login} does not answer for grid {grid or 'without a worker'}")


def answers_for(staff: Staff, grid: Grid) -> bool:
    """Say whether the people of a grid are the staff's to see."""
    if staff.may(*EVERYBODY, area=grid.village):
        return True
    return staff.may(Role.GRID, area=grid.village) and _works_in(staff, grid)


async def own_grids(office: Office, staff: Staff, area: AreaCode) -> list[Grid]:
    """List the grids of an area for which somebody answers, also as a deputy."""
    found = await office.stores.grids.within(area)
    return [one for one in found if _works_in(staff, one)]


def _works_in(staff: Staff, grid: Grid) -> bool:
    return staff.id in {one.staff for one in grid.workers}
