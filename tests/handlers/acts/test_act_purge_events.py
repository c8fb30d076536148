"""What goes with an event, what a hold keeps, and what stands because another event has it."""

from dataclasses import replace
from datetime import timedelta

from bot.clock import SystemClock
from bot.house import House
from bot.workers.housekeeping import keep_house
from data.civic.ids import HouseholdId, PersonId, SignalId
from data.civic.safety.aftermath import EventFile, FileState
from data.civic.safety.relief import Per, Recipient
from data.civic.safety.targets import Target
from data.civic.sending.informing import Slice
from data.civic.warning import events
from data.store.archive import Archive, informing_key
from handlers.acts import hold_event, inform, open_event, purge_events
from handlers.acts.note import note
from tests.data.civic.safety.test_relief_books import item
from tests.data.store.test_relief_store import issue, page
from tests.headquarters import Headquarters, staffed_headquarters
from tests.safety import step
from tests.sheltering import desks
from tests.townsfolk import LINPU, VILLAGE, person, request, settled


async def test_how_somebody_without_a_code_was_described_goes_with_the_scans(house: House) -> None:
    one = await desks(house)
    (code,) = await one.codes(1)
    await one.visit(strangers=2, looks="外地游客，红衣服")
    await one.visit(code=code)
    await one.leaves(code=code)
    await open_event.close_event(one.office, one.hq.li, one.event)
    await keep_house(one.office)
    assert isinstance(house.clock, SystemClock)
    house.clock.shift += timedelta(days=91)
    await keep_house(one.office)
    for name in await house.stores.database.collections():
        async for some in Archive(house.stores.database).pages(name):
            assert not [one for one in some if "红衣服".encode() in one.document], name
    assert not any((await one.office.stores.papers.counts(one.event, [])).values())
    file = await house.stores.event_files.get(one.event)
    assert file is not None
    assert file.kept is not None
    assert file.kept.papers["scans"] == 3


async def closed(house: House) -> tuple[Headquarters, EventFile]:
    """Close an event and let its day come."""
    hq = await staffed_headquarters(house)
    await open_event.close_event(hq.office, hq.li, hq.event.id)
    await keep_house(hq.office)
    assert isinstance(house.clock, SystemClock)
    house.clock.shift += timedelta(days=91)
    file = await house.stores.event_files.get(hq.event.id)
    assert file is not None
    assert file.due(house.clock.now())
    return hq, file


async def test_a_hold_that_comes_while_others_are_purged_still_keeps_its_event(
    house: House,
) -> None:
    hq, listed = await closed(house)
    await house.stores.whereabouts.add_all([replace(step(), event=hq.event.id)])
    await hold_event.ask(hq.office, hq.li, hq.event.id, "法院调查")
    assert await purge_events.purge(hq.office, listed) is None
    assert (await house.stores.papers.counts(hq.event.id, []))["whereabouts"] == 1
    held = await hold_event.approve(hq.office, hq.zhao, hq.event.id)
    assert held.state is FileState.FROZEN
    await hold_event.end(hq.office, hq.zhao, hq.event.id)
    assert await purge_events.purge(hq.office, listed) is not None
    assert (await house.stores.papers.counts(hq.event.id, []))["whereabouts"] == 0
    assert await purge_events.purge(hq.office, listed) is None


async def test_who_was_told_of_a_warning_in_two_events_goes_with_the_later_one(
    house: House,
) -> None:
    stores = house.stores
    hq, _ = await closed(house)
    second = await open_event.open_event(hq.office, hq.li, name="洪水", areas=[LINPU])
    for event in (hq.event, second):
        await stores.events.change(
            event.id, lambda one: events.hold(one, "signals", SignalId("feed/1"))
        )
    await settled(stores, person(1))
    begun = await inform.start(hq.office, replace(request(), event="feed/1"))
    one = Slice(informing=begun.id, number=0, villages=((VILLAGE, 1),))
    await stores.rows.make(one, Target(areas=(LINPU,)), again=False)
    await stores.handles.keys([informing_key(begun.id)])

    for _ in range(2):  # the second round sweeps what the first has left
        await keep_house(hq.office)
    assert await stores.rows.get(begun.id, PersonId(1)) is not None
    assert informing_key(begun.id) in await stores.handles.all()

    await open_event.close_event(hq.office, hq.li, second.id)
    await keep_house(hq.office)
    assert isinstance(house.clock, SystemClock)
    house.clock.shift += timedelta(days=91)
    await keep_house(hq.office)
    assert await stores.rows.get(begun.id, PersonId(1)) is None
    assert informing_key(begun.id) not in await stores.handles.all()


async def test_the_name_of_a_household_that_was_given_something_goes_too(house: House) -> None:
    stores = house.stores
    hq, file = await closed(house)
    stove, door = replace(item(per=Per.HOUSEHOLD), event=hq.event.id), HouseholdId(9)
    to = Recipient(household=door)
    issued = replace(issue("s1", to=to), event=hq.event.id)
    await stores.relief_issues.hand_out(issued, stove, page(stove, to))
    about = f"{hq.event.id}/{to}"
    await note(hq.office, "desk", "relief.hand_out", about)
    assert await stores.audit.of_subject(about, 9)
    await purge_events.purge(hq.office, file)
    assert await stores.audit.of_subject(about, 9) == []
    assert str(to) not in await stores.handles.all()
