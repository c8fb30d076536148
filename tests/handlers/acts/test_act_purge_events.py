"""What goes with an event: scans, and how those without a code were described."""

from datetime import timedelta

from bot.clock import SystemClock
from bot.house import House
from bot.workers.housekeeping import keep_house
from data.store.archive import Archive
from handlers.acts import open_event
from tests.sheltering import desks


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
        async for page in Archive(house.stores.database).pages(name):
            assert not [one for one in page if "红衣服".encode() in one.document], name
    assert not any((await one.office.stores.papers.counts(one.event, [])).values())
    file = await house.stores.event_files.get(one.event)
    assert file is not None
    assert file.kept is not None
    assert file.kept.papers["scans"] == 3
