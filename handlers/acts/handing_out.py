"""To which door each printed code is brought: sorted as a grid worker walks, each with a number."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from data.civic.ids import HouseholdId
from data.civic.safety.rosters import Household
from handlers.acts.issuing import Issued
from handlers.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class ToHandOut:
    """A code, and where its holder lives."""

    number: int
    """It stands on the code and on the list, and names nobody."""
    issued: Issued
    grid: str
    """Name of the grid; empty: the holder is in none."""
    door: str = field(repr=False)
    """How the door is found; empty: nobody has written it down."""


async def by_door(office: Office, issued: Sequence[Issued]) -> list[ToHandOut]:
    """Sort codes that were just issued by grid and door.

    Whoever calls this has issued them: the look at who they are for is noted there.
    """
    stores = office.stores
    homes = sorted({one.person.household for one in issued})
    doors = {one.id: one for one in await stores.households.by_ids(homes)}
    wanted = sorted({one.person.grid for one in issued if one.person.grid})
    grids = {one.id: one.name for one in await stores.grids.by_ids(wanted)}

    def place(one: Issued) -> tuple[str, str, HouseholdId, int]:
        person = one.person
        grid = grids.get(person.grid, "") if person.grid else ""
        return (grid, _door(doors.get(person.household)), person.household, person.id)

    walked = sorted(((place(one), one) for one in issued), key=lambda each: each[0])
    return [
        ToHandOut(number=number, issued=one, grid=where[0], door=where[1])
        for number, (where, one) in enumerate(walked, start=1)
    ]


def _door(household: Household | None) -> str:
    return household.address if household else ""
