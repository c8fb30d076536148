"""When the chief closes an event, its informings end: each row in one state, the counts stay."""

from datetime import timedelta

import pytest

from bot.clock import SystemClock
from bot.house import House
from bot.workers.informing_intake import take_up_next
from data.civic.errors import Conflict
from data.civic.sending.informing import InformingKind, InformingState
from data.civic.sending.rows import RowState, Rung
from data.civic.warning.decisions import EndNotice, LiftOrder
from handlers.acts import inform, read_events
from handlers.acts.open_event import add_signal, close_event, open_event
from handlers.acts.relay import relay
from tests import bulletins
from tests.bulletins import COUNTY, FEED, LINPU, arrival, at
from tests.carrying import walked
from tests.headquarters import NOTICE, Headquarters, order, staffed_headquarters
from tests.townsfolk import all_ways, person, rows_of, settled

pytestmark = pytest.mark.usefixtures("by_day")


@pytest.fixture
async def hq(house: House) -> Headquarters:
    await settled(house.stores, person(1), person(2))
    return await staffed_headquarters(house)


async def told(hq: Headquarters, clock: SystemClock) -> dict[Rung, list[int]]:
    """Take up what was decided, and send what is due; tell who was sent something."""
    await take_up_next(hq.office)
    clock.shift += timedelta(seconds=1)
    ways = all_ways()
    await walked(hq.house, ways)
    return {rung: way.people for rung, way in ways.items() if way.people}


async def test_no_event_is_closed_while_an_order_is_in_force(hq: Headquarters) -> None:
    await hq.decided(order(), "请立即转移。")
    with pytest.raises(Conflict, match="transfer order"):
        await close_event(hq.office, hq.li, hq.event.id)
    found = await hq.house.stores.events.get(hq.event.id)
    assert found is not None
    assert found.open


async def test_what_was_told_under_a_closed_event_goes_no_further_and_its_counts_stay(
    hq: Headquarters, clock: SystemClock
) -> None:
    notice = await hq.decided(NOTICE, "明天停课。")
    assert sorted((await told(hq, clock))[Rung.SMS]) == [1, 2]
    await close_event(hq.office, hq.li, hq.event.id)
    clock.shift += timedelta(hours=1)
    assert await told(hq, clock) == {}
    (one,) = await hq.house.stores.informings.of_event(hq.event.id)
    assert one.key.endswith(notice.id)
    assert one.state is InformingState.CLOSED
    story = await read_events.story(hq.office, hq.li, hq.event.id)
    assert story.counts == {one.id: {RowState.SENT: 2}}


async def test_who_had_got_nothing_when_the_event_was_closed_is_cancelled(
    hq: Headquarters, clock: SystemClock
) -> None:
    await hq.decided(NOTICE, "明天停课。")
    await take_up_next(hq.office)
    await close_event(hq.office, hq.li, hq.event.id)
    assert await told(hq, clock) == {}
    (one,) = await hq.house.stores.informings.of_event(hq.event.id)
    assert await rows_of(hq.house.stores, one) == {}, "no row was ever begun"
    with pytest.raises(Conflict):
        await inform.resume(hq.office, hq.li, one.id)


async def test_the_last_word_goes_out_before_an_event_is_closed(
    hq: Headquarters, clock: SystemClock
) -> None:
    notice = await hq.decided(NOTICE, "明天停课。")
    await told(hq, clock)
    (issued,) = await hq.house.stores.notices.of(hq.event.id, 5)
    await hq.decided(EndNotice(notice=issued.id), "停课结束。")
    assert notice.id == issued.decision
    with pytest.raises(Conflict, match="not told yet"):
        await close_event(hq.office, hq.li, hq.event.id)
    await take_up_next(hq.office)
    with pytest.raises(Conflict, match="still being sent"):
        await close_event(hq.office, hq.li, hq.event.id)
    assert sorted((await told(hq, clock))[Rung.SMS]) == [1, 2]
    assert not (await close_event(hq.office, hq.li, hq.event.id)).open
    kinds = {one.kind: one.state for one in await hq.house.stores.informings.of_event(hq.event.id)}
    assert kinds == dict.fromkeys((InformingKind.NOTICE, InformingKind.LIFT), InformingState.CLOSED)


async def test_a_warning_that_is_still_in_force_outlives_its_event(
    hq: Headquarters, clock: SystemClock
) -> None:
    at(clock, bulletins.START)
    applied = await relay(hq.office, FEED, arrival(bulletins.message()))
    assert applied.signal is not None
    await add_signal(hq.office, hq.wang, hq.event.id, applied.signal)
    await take_up_next(hq.office)
    await close_event(hq.office, hq.li, hq.event.id)
    (one,) = await hq.house.stores.informings.of_event(applied.signal)
    assert one.state is InformingState.SENDING
    clock.shift += timedelta(hours=13)
    await close_event(hq.office, hq.li, hq.event.id)
    assert (await hq.house.stores.informings.must(one.id)).state is InformingState.CLOSED


async def test_a_closed_event_is_not_opened_again_another_one_is(hq: Headquarters) -> None:
    closed = await close_event(hq.office, hq.li, hq.event.id)
    again = await close_event(hq.office, hq.zhao, hq.event.id)
    assert (again.version, again.closed_by) == (closed.version, hq.li.id)
    with pytest.raises(Conflict, match="open another"):
        await hq.drafted(order(), "请立即转移。")
    another = await open_event(hq.office, hq.li, name=hq.event.name, areas=[COUNTY])
    assert another.id != closed.id
    assert another.open


async def test_a_lifted_order_leaves_only_the_return_to_be_done(
    hq: Headquarters, clock: SystemClock
) -> None:
    await hq.decided(order(), "请立即转移。")
    await told(hq, clock)
    (issued,) = await hq.house.stores.orders.of(hq.event.id, 5)
    await hq.decided(LiftOrder(order=issued.id, areas=(LINPU,)), "转移令解除。")
    await told(hq, clock)
    with pytest.raises(Conflict) as refused:
        await close_event(hq.office, hq.li, hq.event.id)
    assert "return to" in str(refused.value)
    assert "transfer order" not in str(refused.value)
