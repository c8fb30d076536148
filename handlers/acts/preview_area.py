"""Before anybody approves: how many a warning or an order reaches, and whom no message finds."""

from data.civic.areas import within
from data.civic.ids import AreaCode
from data.civic.people import Role, Staff
from data.civic.safety.targets import Reach, Target, VillageReach
from handlers.counting import uncovered_grids
from handlers.office import Office

PREVIEW = (Role.DUTY, Role.CHIEF)
EXACT = 5_000
"""So many people on the border of a shape are counted one by one; more, by their villages."""


async def reach(office: Office, staff: Staff, target: Target) -> Reach:
    """Tell how many people a target reaches: N, M without a telephone, K without a grid worker.

    Of a shape only what lies in the own area counts. Where it cuts through villages with more
    people than are quickly counted, those are counted wholly, and `unsettled` says how many.

    Raises:
        Refused: the role is not held, or an area of the target is another's.
    """
    staff.must(*PREVIEW)
    for area in target.areas:
        staff.must(*PREVIEW, area=area)
    found = await office.stores.villages.covered(target)
    rows = {one.village: one for one in found if within(one.village, staff.area)}
    border = [code for code, row in rows.items() if row.border]
    on_border = sum(rows[code].people for code in border)
    if border and on_border <= EXACT:
        rows |= await _settled(office, border, target)
        on_border = 0
    return Reach.of(rows.values(), unsettled=on_border)


async def _settled(
    office: Office, border: list[AreaCode], target: Target
) -> dict[AreaCode, VillageReach]:
    uncovered = await uncovered_grids(office, border)
    counted = await office.stores.residents.exactly(border, target, uncovered=uncovered)
    empty = {code: VillageReach(code, 0, 0, 0, border=True) for code in border}
    return empty | {row.village: row for row in counted}
