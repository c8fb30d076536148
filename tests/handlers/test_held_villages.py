"""Going back: nobody is told so where somebody has to leave, or who was not told to leave."""

from datetime import timedelta

import pytest

from bot.clock import SystemClock
from bot.house import House
from bot.workers.informing_intake import take_up_next
from data.civic.errors import Conflict
from data.civic.ids import OrderId
from data.civic.risks import RiskTag
from data.civic.sending.informing import InformingKind, InformingState
from data.civic.sending.rows import Rung
from data.civic.warning.decisions import Decision, IssueOrder, LiftOrder, ReleaseReturn
from data.civic.warning.events import Event
from data.civic.warning.orders import Tier
from data.civic.warning.returns import return_id
from handlers.acts import decide, inform
from handlers.acts.check_houses import check_houses
from handlers.acts.open_event import open_event
from handlers.held_villages import holds
from tests.bulletins import COUNTY, START, at
from tests.carrying import walked
from tests.headquarters import Headquarters, staffed_headquarters
from tests.townsfolk import NEXT_VILLAGE, VILLAGE, all_ways, person, settled

ALONE = frozenset({RiskTag.LIVING_ALONE})
GO_BACK, LEAVE = "可以返回", "转移令："


@pytest.fixture
async def hq(house: House, clock: SystemClock) -> Headquarters:
    at(clock, START)
    await settled(house.stores, person(1, tags=ALONE), person(2))
    return await staffed_headquarters(house)


async def ordered(
    hq: Headquarters, *, tags: frozenset[RiskTag] = frozenset(), event: Event | None = None
) -> OrderId:
    deadline = hq.office.clock.now().replace(microsecond=0) + timedelta(hours=2)
    order = IssueOrder(tiers=(Tier(areas=(VILLAGE,), tags=tags, deadline=deadline),))
    return OrderId((await hq.decided(order, "请转移。", event=event)).id)


async def lifted(hq: Headquarters, *orders: OrderId, event: Event | None = None) -> None:
    for order in orders:
        await hq.decided(LiftOrder(order=order, areas=(VILLAGE,)), "转移令解除。", event=event)


async def checked(hq: Headquarters, *orders: OrderId) -> None:
    for order in orders:
        await check_houses(hq.office, hq.wang, return_id(order, VILLAGE))


async def released(hq: Headquarters, order: OrderId) -> Decision:
    return await hq.decided(ReleaseReturn(order=order, villages=(VILLAGE,)), "可以回家了。")


async def told(hq: Headquarters) -> list[tuple[int, str]]:
    """Let the workers work; tell who got which text message, without issuer and time."""
    while await take_up_next(hq.office):
        pass
    await walked(hq.house, ways := all_ways())
    return [(int(one.person), one.text) for one in ways[Rung.SMS].given]


def who(sent: list[tuple[int, str]], words: str) -> list[int]:
    return sorted(person for person, text in sent if words in text)


async def test_nobody_goes_back_while_another_order_is_in_force_and_it_is_said_which(
    hq: Headquarters,
) -> None:
    flood = await open_event(hq.office, hq.li, name="山洪", areas=[COUNTY])
    first, second = await ordered(hq), await ordered(hq, event=flood)
    await lifted(hq, first)
    await checked(hq, first)
    with pytest.raises(Conflict, match=rf"苎萝村.*{second}.*山洪.*lift it first"):
        await released(hq, first)
    (hold,) = [one for one in await holds(hq.office, [VILLAGE], drill=False) if one.refuses]
    assert (hold.village, hold.order.id, hold.event, hold.waits) == (VILLAGE, second, "山洪", None)
    assert who(await told(hq), GO_BACK) == []


async def test_a_release_is_not_signed_where_a_new_order_came_before_the_second_signature(
    hq: Headquarters,
) -> None:
    first = await ordered(hq)
    await lifted(hq, first)
    await checked(hq, first)
    one = await hq.drafted(ReleaseReturn(order=first, villages=(VILLAGE,)), "可以回家了。")
    await ordered(hq)
    with pytest.raises(Conflict, match="in force"):
        await decide.approve(hq.office, hq.li, one.id, digest=one.digest)
    sent = await told(hq)
    assert (who(sent, GO_BACK), who(sent, LEAVE)) == ([], [1, 2])


async def test_a_release_during_a_drill_is_not_held_up_by_an_order_in_earnest(
    hq: Headquarters,
) -> None:
    drill = await open_event(hq.office, hq.li, name="防汛", areas=[COUNTY], drill=True)
    await ordered(hq)
    played = await ordered(hq, event=drill)
    await lifted(hq, played, event=drill)
    await checked(hq, played)
    release = ReleaseReturn(order=played, villages=(VILLAGE,))
    assert (await hq.decided(release, "可以回家了。", event=drill)).carried_out_at


async def test_a_village_is_released_as_a_whole_whichever_order_sent_its_people_away(
    hq: Headquarters,
) -> None:
    first, second = await ordered(hq, tags=ALONE), await ordered(hq)
    await lifted(hq, first, second)
    await checked(hq, first)
    await told(hq)
    with pytest.raises(Conflict, match=rf"{second}.*check the houses"):
        await released(hq, first)
    await checked(hq, second)
    await released(hq, first)
    assert who(await told(hq), GO_BACK) == [1, 2], "each once, also whom the other sent away"
    assert not (await hq.here(VILLAGE)).anything


async def test_a_new_order_ends_the_word_that_one_may_return(
    hq: Headquarters, clock: SystemClock
) -> None:
    first = await ordered(hq)
    await lifted(hq, first)
    await told(hq)
    at(clock, START + timedelta(hours=14, minutes=30))
    await checked(hq, first)
    await released(hq, first)
    assert await told(hq) == [], "at night it waits for the morning"
    at(clock, START + timedelta(hours=18))
    flood = await open_event(hq.office, hq.li, name="山洪", areas=[COUNTY])
    second = await ordered(hq, event=flood)
    assert who(await told(hq), LEAVE) == [1, 2]
    at(clock, START + timedelta(hours=22, minutes=5))
    assert who(await told(hq), GO_BACK) == []
    await lifted(hq, second, event=flood)
    await checked(hq, second)
    await told(hq)
    await hq.decided(ReleaseReturn(order=second, villages=(VILLAGE,)), "可以回了。", event=flood)
    assert who(await told(hq), GO_BACK) == [1, 2]


async def test_a_return_whose_turn_comes_behind_a_new_order_is_not_told(hq: Headquarters) -> None:
    first = await ordered(hq)
    await lifted(hq, first)
    await checked(hq, first)
    await told(hq)
    await released(hq, first)
    await ordered(hq)
    waiting = await hq.house.stores.to_inform.waiting(9)
    assert [one.kind for one in waiting] == ["return", "order"]
    sent = await told(hq)
    assert (who(sent, GO_BACK), who(sent, LEAVE)) == ([], [1, 2])


async def test_a_stopped_return_does_not_go_on_behind_a_new_order(hq: Headquarters) -> None:
    first = await ordered(hq)
    await lifted(hq, first)
    await checked(hq, first)
    await told(hq)
    await released(hq, first)
    await take_up_next(hq.office)
    one = (await hq.house.stores.informings.newest(1))[0]
    assert one.kind is InformingKind.RETURN
    await inform.cancel(hq.office, hq.li, one.id)
    await ordered(hq)
    await told(hq)
    with pytest.raises(Conflict, match="closed"):
        await inform.resume(hq.office, hq.li, one.id)
    assert (await hq.house.stores.informings.must(one.id)).state is InformingState.CLOSED


async def test_only_who_was_told_to_leave_is_told_that_one_may_return(hq: Headquarters) -> None:
    await settled(hq.house.stores, person(3, village=NEXT_VILLAGE, tags=ALONE))
    order = await ordered(hq, tags=ALONE)
    assert who(await told(hq), LEAVE) == [1]
    await lifted(hq, order)
    await checked(hq, order)
    await told(hq)
    await released(hq, order)
    assert who(await told(hq), GO_BACK) == [1]
