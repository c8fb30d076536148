"""What is of no event goes at its age, unless it lies in the time of an event that stands."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.clock import SystemClock
from bot.house import House
from bot.workers.housekeeping import keep_house
from data.civic.ids import EventId, PersonId
from data.civic.safety import aftermath
from data.civic.safety.aftermath import Deletion, FileState, signed
from data.civic.safety.targets import Target
from data.civic.sending.informing import Informing, InformingState, Slice
from data.civic.warning.events import Event
from data.civic.warning.signals import Signal, begun_by
from data.store.archive import informing_key
from handlers.acts import hold_event, inform, open_event
from handlers.acts.purge_old import still_warned
from handlers.acts.replay_deletions import replay
from tests.bulletins import FEED, cancel, message, placed
from tests.dated import all_of, left, written
from tests.headquarters import Headquarters, staffed_headquarters
from tests.townsfolk import LINPU, VILLAGE, person, request, settled

DAYS = 90


@pytest.fixture
async def hq(house: House) -> Headquarters:
    await settled(house.stores, person(1))
    return await staffed_headquarters(house)


def later(house: House, days: float) -> datetime:
    assert isinstance(house.clock, SystemClock)
    house.clock.shift += timedelta(days=days)
    return house.clock.now()


async def noted(house: House, name: str, *, days: float = 1) -> None:
    """Write one of each kind in the midst of the days that pass."""
    await written(house.stores, name, later(house, days / 2))
    later(house, days / 2)


async def test_of_two_events_at_the_same_time_each_keeps_its_days_until_it_is_purged(
    house: House, hq: Headquarters
) -> None:
    await noted(house, "first")
    second = await open_event.open_event(hq.office, hq.li, name="洪水", areas=[LINPU])
    await noted(house, "both")
    await open_event.close_event(hq.office, hq.li, hq.event.id)
    await noted(house, "second")
    await keep_house(hq.office)
    later(house, DAYS + 1)
    await keep_house(hq.office)
    assert await left(house.stores) == all_of("both", "second")
    (entry,) = await house.stores.audit.of_subject("papers", 9)
    assert entry.deed.act == "papers.purge"
    await open_event.close_event(hq.office, hq.li, second.id)
    await keep_house(hq.office)
    later(house, DAYS + 1)
    await keep_house(hq.office)
    assert await left(house.stores) == all_of()


async def test_what_is_outside_of_every_event_goes_at_its_age_and_a_drill_spares_nothing(
    house: House, hq: Headquarters
) -> None:
    await open_event.close_event(hq.office, hq.li, hq.event.id)
    await open_event.open_event(hq.office, hq.li, name="演练", areas=[LINPU], drill=True)
    await noted(house, "outside")
    later(house, DAYS - 2)
    await keep_house(hq.office)
    assert await left(house.stores) == all_of("outside")
    later(house, 2)
    await keep_house(hq.office)
    assert await left(house.stores) == all_of()


async def test_where_events_are_purged_at_once_an_answer_has_its_week(
    house: House, hq: Headquarters
) -> None:
    await open_event.close_event(hq.office, hq.li, hq.event.id)
    await noted(house, "asked")
    later(house, 5)
    await keep_house(hq.office, days=0)
    assert await left(house.stores) == all_of("asked")
    later(house, 2)
    await keep_house(hq.office, days=0)
    assert await left(house.stores) == all_of()


async def test_the_call_of_the_very_warning_that_began_an_event_stays_with_the_event(
    house: House, hq: Headquarters
) -> None:
    await open_event.close_event(hq.office, hq.li, hq.event.id)
    later(house, 1)
    signal = begun_by(placed(message(start=later(house, 0))), FEED.id)
    await house.stores.signals.add(signal)
    await written(house.stores, "its-call", later(house, 0.01))
    later(house, 0.01)
    flood = await open_event.open_event(hq.office, hq.li, name="洪水", areas=[LINPU])
    await open_event.add_signal(hq.office, hq.li, flood.id, signal.id)
    later(house, DAYS + 1)
    await keep_house(hq.office)
    assert await left(house.stores) == all_of("its-call")
    await open_event.close_event(hq.office, hq.li, flood.id)
    await keep_house(hq.office)
    later(house, DAYS + 1)
    await keep_house(hq.office)
    assert await left(house.stores) == all_of()


async def test_a_hold_keeps_what_followed_the_closing_and_no_more(
    house: House, hq: Headquarters
) -> None:
    await open_event.close_event(hq.office, hq.li, hq.event.id)
    await keep_house(hq.office)
    await hold_event.ask(hq.office, hq.li, hq.event.id, "法院调查")
    await hold_event.approve(hq.office, hq.zhao, hq.event.id)
    await noted(house, "appealed-afterwards")
    later(house, DAYS)
    await noted(house, "of-another-season")
    later(house, DAYS)
    await keep_house(hq.office)
    assert await left(house.stores) == all_of("appealed-afterwards")
    await hold_event.end(hq.office, hq.li, hq.event.id)
    await keep_house(hq.office)
    assert await left(house.stores) == all_of()


async def warned(hq: Headquarters, signal: Signal | None, about: str = "") -> Informing:
    """Have somebody told of a warning."""
    stores, event = hq.house.stores, signal.id if signal else about
    if signal is not None:
        await stores.signals.add(signal)
    begun = await inform.start(hq.office, replace(request(f"signal/{event}"), event=event))
    one = Slice(informing=begun.id, number=0, villages=((VILLAGE, 1),))
    await stores.rows.make(one, Target(areas=(LINPU,)), again=False)
    await stores.handles.keys([informing_key(begun.id)])
    return begun


async def stands(hq: Headquarters, one: Informing) -> bool:
    row = await hq.house.stores.rows.get(one.id, PersonId(1))
    key = informing_key(one.id) in await hq.house.stores.handles.all()
    assert (row is not None) == key
    return key


async def test_who_was_told_of_a_warning_in_no_event_goes_long_after_its_end(
    house: House, hq: Headquarters
) -> None:
    now = later(house, 0)
    short, long = (
        begun_by(placed(message(number, start=now, hours=days * 24)), FEED.id)
        for number, days in ((1, 1), (2, 30))
    )
    brief, lasting = await warned(hq, short), await warned(hq, long)
    endless = await warned(hq, None, "told by hand")
    kept = await warned(hq, None, hq.event.id)
    later(house, DAYS + 2)
    await keep_house(hq.office)
    ended = await house.stores.informings.must(brief.id)
    assert ended.state is InformingState.CLOSED  # first it is ended, then its people go
    await keep_house(hq.office)
    standing = [await stands(hq, one) for one in (brief, endless, lasting, kept)]
    assert standing == [False, False, True, True]
    later(house, 30)
    for _ in range(2):
        await keep_house(hq.office)
    assert [await stands(hq, one) for one in (lasting, kept)] == [False, True]


async def lifted(hq: Headquarters, signal: Signal, number: int) -> None:
    """Let the lift of a warning arrive."""
    lift = placed(cancel(number, of=1, start=later(hq.house, 0)))
    await hq.house.stores.signals.change(signal.id, lambda one: one.joined_by(lift))


async def test_who_was_told_of_a_warning_without_an_end_stays_until_its_lift_is_long_told(
    house: House, hq: Headquarters
) -> None:
    signal = begun_by(placed(message(start=later(house, 0), hours=None)), FEED.id)
    one = await warned(hq, signal)
    later(house, DAYS + 2)
    for _ in range(2):
        await keep_house(hq.office)
    assert await stands(hq, one)
    (standing,) = await still_warned(hq.office, days=DAYS)
    assert (standing.id, standing.state) == (one.id, one.state)
    await lifted(hq, signal, 2)
    later(house, DAYS - 1)
    await keep_house(hq.office)
    assert await stands(hq, one)
    assert await still_warned(hq.office, days=DAYS) == []
    later(house, 2)
    for _ in range(2):
        await keep_house(hq.office)
    assert not await stands(hq, one)


async def test_an_event_that_is_purged_leaves_who_was_told_of_what_is_still_in_force(
    house: House, hq: Headquarters
) -> None:
    signal = begun_by(placed(message(start=later(house, 0), hours=None)), FEED.id)
    one, under = await warned(hq, signal), await warned(hq, None, hq.event.id)
    await open_event.add_signal(hq.office, hq.li, hq.event.id, signal.id)
    await open_event.close_event(hq.office, hq.li, hq.event.id)
    await keep_house(hq.office)
    later(house, DAYS + 1)
    for _ in range(2):
        await keep_house(hq.office)
    assert [await stands(hq, told) for told in (one, under)] == [True, False]
    await lifted(hq, signal, 2)
    later(house, 1)
    await keep_house(hq.office)
    assert await stands(hq, one)  # its lift is made from these rows
    later(house, 7)
    await keep_house(hq.office)
    assert not await stands(hq, one)


async def test_a_restored_backup_forgets_what_is_old_and_closes_what_was_held(
    house: House, hq: Headquarters
) -> None:
    stores, flood = house.stores, EventId("flood")
    await open_event.close_event(hq.office, hq.li, hq.event.id)
    later(house, DAYS)
    await noted(house, "old")
    at = later(house, DAYS + 2)
    await stores.events.add(_closed(hq, flood, at))
    frozen = aftermath.begin(flood, at, days=DAYS)
    await stores.event_files.add(aftermath.ask_hold(frozen, "法院调查", hq.li.id, at))
    record = Deletion(id="event-flood", event=flood, at=at, counts={"scans": 7}, why="its day")
    await stores.deletions.add(signed(record, hq.office.seal.sign))
    assert await replay(hq.office, days=DAYS) == 1
    assert await left(stores) == all_of()
    file = await stores.event_files.get(flood)
    assert file is not None
    assert file.state is FileState.PURGED
    assert file.kept is not None
    assert file.kept.papers == {"scans": 7}


def _closed(hq: Headquarters, id_: EventId, at: datetime) -> Event:
    before = at - timedelta(days=1)
    return replace(hq.event, id=id_, opened_at=before, closed_at=at, closed_by=hq.li.id)
