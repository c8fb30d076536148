"""Journey 17: with relatives by a scan at their door: counted once, seen in the home village."""

from datetime import timedelta

from bot.house import House
from data.civic.people import Role
from data.civic.safety.scans import Way
from data.civic.safety.whereabouts import Stage
from data.civic.warning.decisions import IssueOrder
from data.civic.warning.orders import Tier
from handlers.acts.move_person import standing_of
from handlers.acts.take_in import Outcome
from handlers.acts.whereabouts_board import board, names
from tests import builders
from tests.sheltering import WHY, desks
from tests.staffed import hired
from tests.townsfolk import NEXT_VILLAGE, VILLAGE


async def test_moved_to_kin_is_counted_once_and_seen_at_home(house: House) -> None:
    one = await desks(house)
    await house.stores.villages.recount([VILLAGE, NEXT_VILLAGE])
    tier = Tier(areas=(VILLAGE,), deadline=builders.now() + timedelta(hours=6))
    await one.hq.decided(IssueOrder(tiers=(tier,)), "请立即转移。")
    (code,) = await one.codes(1)
    grid = await hired(house, "chen", Role.GRID, area=NEXT_VILLAGE, name="陈网格")

    await one.visit(code=code)
    kin = {"way": Way.KIN, "shelter": None, "village": NEXT_VILLAGE}
    for _ in range(2):  # scanned twice at the door: once is enough
        done = await one.visit(by=grid, code=code, **kin)
        assert done.outcome is Outcome.KIN
    assert await one.inside() == 0

    (line,) = await board(one.office, one.hq.wang, one.event)
    assert (line.village, line.listed, line.moved, line.not_moved) == (VILLAGE, 4, 1, 3)
    assert line.stages[Stage.RELATIVES] == 1
    listed = await names(one.office, one.hq.wang, one.event, village=VILLAGE, purpose=WHY)
    assert {each.person.id for each in listed.not_moved} == {2, 3, 4}
    standing = await standing_of(one.office, one.people[0], one.event)
    assert (standing.stage, standing.village) == (Stage.RELATIVES, NEXT_VILLAGE)
