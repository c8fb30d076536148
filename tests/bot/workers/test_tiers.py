"""An order in tiers: each is told the deadline that is meant for them, the earliest, once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.house import House
from bot.workers.informing_intake import take_up_next
from bot.workers.newcomers import catch_up_next
from bot.workers.slice_sending import SOON
from data.civic.ids import OrderId, PersonId
from data.civic.risks import RiskTag
from data.civic.sending.rows import Rung
from data.civic.warning.decisions import IssueOrder, LiftOrder
from data.civic.warning.orders import Tier
from handlers.roster_changing import changing
from tests.carrying import walked
from tests.headquarters import Headquarters, staffed_headquarters
from tests.townsfolk import VILLAGE, all_ways, informed, person, settled

ALONE = frozenset({RiskTag.LIVING_ALONE})
EARLY, LATE = "独居人员最迟", "全体人员最迟"

pytestmark = pytest.mark.usefixtures("by_day")


@pytest.fixture
async def hq(house: House) -> Headquarters:
    hq = await staffed_headquarters(house)
    await settled(house.stores, person(1, tags=ALONE), person(2))
    return hq


async def ordered(hq: Headquarters) -> OrderId:
    """Order everybody to leave, and who lives alone before; the later tier is written first."""
    now = hq.office.clock.now().replace(microsecond=0)
    late = Tier(areas=(VILLAGE,), deadline=now + timedelta(hours=6))
    early = replace(late, tags=ALONE, deadline=now + timedelta(hours=2))
    return OrderId((await hq.decided(IssueOrder(tiers=(late, early)), "请转移。")).id)


async def told(hq: Headquarters) -> dict[int, list[str]]:
    """Let the workers work; tell by person which deadline was sent by text message."""
    while await take_up_next(hq.office) or await catch_up_next(hq.office):
        pass
    ways = all_ways()
    for _ in range(2):
        await walked(hq.house, ways)
        hq.office.clock.shift += SOON  # type: ignore[attr-defined]  # the tests' own clock
    found: dict[int, list[str]] = {}
    for one in ways[Rung.SMS].given:
        found.setdefault(int(one.person), []).append(one.text)
    return found


async def test_who_is_meant_by_two_tiers_is_told_the_earliest_alone(hq: Headquarters) -> None:
    order = await ordered(hq)
    sent = await told(hq)
    assert {who: len(texts) for who, texts in sent.items()} == {1: 1, 2: 1}
    assert EARLY in sent[1][0]
    assert LATE in sent[2][0]
    informings = await hq.house.stores.informings.of_event(hq.event.id)
    assert sorted(one.planned for one in informings) == [1, 1]
    await hq.decided(LiftOrder(order=order, areas=(VILLAGE,)), "解除。")
    assert {who: len(texts) for who, texts in (await told(hq)).items()} == {1: 1, 2: 1}


async def test_who_comes_onto_the_roster_later_is_told_the_earliest_alone(
    hq: Headquarters,
) -> None:
    await ordered(hq)
    await told(hq)
    async with changing(hq.office, [VILLAGE]):
        await settled(hq.house.stores, person(3, tags=ALONE))
    sent = await told(hq)
    assert (list(sent), len(sent[3])) == ([3], 1)
    assert EARLY in sent[3][0]


async def test_who_comes_between_the_plan_and_the_rows_is_counted(hq: Headquarters) -> None:
    one = await informed(hq.house)
    await settled(hq.house.stores, person(3))
    await walked(hq.house, all_ways())
    assert (one.planned, (await hq.house.stores.informings.must(one.id)).planned) == (2, 3)


async def test_who_is_marked_later_is_told_the_earlier_deadline(hq: Headquarters) -> None:
    await ordered(hq)
    await told(hq)
    found = await hq.house.stores.residents.get(PersonId(2))
    assert found is not None
    marked = replace(found, tags=ALONE, version=found.version + 1)
    async with changing(hq.office, [VILLAGE]):
        assert await hq.house.stores.residents.save_all([marked]) == ()
    sent = await told(hq)
    assert (list(sent), len(sent[2])) == ([2], 1)
    assert EARLY in sent[2][0]
