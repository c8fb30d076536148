"""Say whether somebody is the worker of a grid: duty and chief are not, by their role."""

from data.civic.ids import AreaCode, GridId
from data.civic.people import Role, Staff
from handlers.office import Office


async def works_in(office: Office, staff: Staff, village: AreaCode, grid: GridId | None) -> bool:
    """Say whether this is the worker, or the deputy, who answers for a grid."""
    if grid is None or not staff.may(Role.GRID, area=village):
        return False
    found = await office.stores.grids.get(grid)
    return found is not None and staff.id in {one.staff for one in found.workers}
