"""Doors: nobody is let in beyond the places there are, and the sums are those of the entries."""

import asyncio
from collections.abc import Sequence

import pytest

from data.civic.ids import EventId, PersonId
from data.civic.safety.scans import Guest, guest_of
from data.civic.safety.shelters import Capacity, Places
from data.store.stores import Stores
from tests.sheltering import EVENT, GYM, HALL, SCHOOL

DRILL, OTHER = EventId("drill-1"), EventId("flood")
ONE, WHEELS = Places(1), Places(1, wheelchairs=1)
ME, YOU, THEY = (guest_of(PersonId(one)) for one in (1, 2, 3))


def party(*guests: Guest, takes: Places = ONE) -> dict[Guest, Places]:
    return dict.fromkeys(guests, takes)


async def inside(stores: Stores, *, drill: bool = False) -> Places:
    return (await stores.doors.inside([HALL], drill=drill)).get(HALL, Places())


async def test_of_many_at_once_as_many_come_in_as_there_are_places(stores: Stores) -> None:
    await stores.doors.set_open(HALL, is_open=True)
    guests = [guest_of(PersonId(one)) for one in range(1, 21)]
    room = Capacity(people=7)
    let_in = await asyncio.gather(
        *(stores.doors.enter(HALL, EVENT, party(one), room) for one in guests)
    )
    assert let_in.count(True) == 7
    assert await inside(stores) == Places(7)
    there = {one for one, got_in in zip(guests, let_in, strict=True) if got_in}
    assert await stores.doors.holds(HALL, EVENT, guests) == there


async def test_a_party_comes_in_whole_or_not_at_all(stores: Stores) -> None:
    await stores.doors.set_open(HALL, is_open=True)
    room = Capacity(people=2)
    assert not await stores.doors.enter(HALL, EVENT, party(ME, YOU, THEY), room)
    assert await inside(stores) == Places()
    assert await stores.doors.enter(HALL, EVENT, party(ME, YOU), room)
    assert await stores.doors.holds(HALL, EVENT, [ME, YOU, THEY]) == {ME, YOU}


async def test_places_of_a_kind_count_for_those_alone_who_need_them(stores: Stores) -> None:
    await stores.doors.set_open(HALL, is_open=True)
    room = Capacity(people=9, wheelchairs=1)
    assert await stores.doors.enter(HALL, EVENT, party(ME, takes=WHEELS), room)
    assert not await stores.doors.enter(HALL, EVENT, party(YOU, takes=WHEELS), room)
    assert await stores.doors.enter(HALL, EVENT, party(YOU), room)
    assert await inside(stores) == Places(2, 0, 1)


async def test_who_is_inside_takes_no_second_place(stores: Stores) -> None:
    await stores.doors.set_open(HALL, is_open=True)
    room = Capacity(people=9)
    once = [stores.doors.enter(HALL, EVENT, party(ME), room) for _ in range(5)]
    assert (await asyncio.gather(*once)).count(True) == 1
    assert not await stores.doors.enter(HALL, EVENT, party(ME, YOU), room)
    assert await inside(stores) == ONE


@pytest.mark.parametrize("door", ["shut", "never opened"])
async def test_nobody_comes_in_where_the_door_is_not_open(stores: Stores, door: str) -> None:
    if door == "shut":
        await stores.doors.set_open(HALL, is_open=True)
        assert await stores.doors.set_open(HALL, is_open=False) == Places()
    for event in (EVENT, DRILL):
        assert not await stores.doors.enter(HALL, event, party(ME), Capacity(people=9))
    assert await inside(stores) == Places()
    await stores.doors.set_open(HALL, is_open=True)
    assert await stores.doors.enter(HALL, EVENT, party(ME), Capacity(people=9))


async def test_what_was_scanned_is_put_over_what_was_claimed(stores: Stores) -> None:
    await stores.doors.set_open(HALL, is_open=True)
    await stores.doors.enter(HALL, EVENT, party(ME, YOU), Capacity(people=2))
    for _ in range(2):
        known = {ME: None, YOU: Places(1, 1), THEY: ONE}
        await stores.doors.settle(EVENT, {HALL: known, SCHOOL: {ME: ONE}})
        found = await stores.doors.inside([HALL, SCHOOL, GYM])
        assert found == {HALL: Places(2, 1), SCHOOL: ONE}
    assert await stores.doors.holds(HALL, EVENT, [ME, YOU, THEY]) == {YOU, THEY}
    assert not await stores.doors.enter(SCHOOL, EVENT, party(YOU), Capacity(people=9))


async def test_sums_are_those_of_the_entries_however_many_write(stores: Stores) -> None:
    await stores.doors.set_open(HALL, is_open=True)
    room = Capacity(people=50)

    async def comes(number: int) -> None:
        guest = guest_of(PersonId(number))
        await stores.doors.enter(HALL, EVENT, party(guest), room)
        takes = None if number % 3 == 0 else ONE
        await stores.doors.settle(EVENT, {HALL: {guest: takes}})

    await asyncio.gather(*(comes(one) for one in range(1, 31)))
    assert await inside(stores) == Places(20)


async def test_a_drill_takes_no_place_and_every_other_event_does(stores: Stores) -> None:
    await stores.doors.set_open(HALL, is_open=True)
    room = Capacity(people=2)
    events: Sequence[EventId] = (DRILL, EVENT, OTHER)
    for event in events:
        assert await stores.doors.enter(HALL, event, party(ME), room)
    assert await inside(stores) == Places(2)
    assert await inside(stores, drill=True) == ONE
    assert await stores.doors.holds(HALL, DRILL, [ME, YOU]) == {ME}
    assert await stores.doors.set_open(HALL, is_open=False) == Places(2)
    assert not await stores.doors.enter(HALL, DRILL, party(YOU), room)


async def test_who_came_in_an_event_is_forgotten_with_it(stores: Stores) -> None:
    for event in (EVENT, OTHER, DRILL):
        await stores.doors.settle(event, {HALL: party(ME, YOU)})
    for _ in range(2):
        await stores.doors.forget(EVENT)
        assert await stores.doors.holds(HALL, EVENT, [ME, YOU]) == set()
        assert await stores.doors.holds(HALL, OTHER, [ME, YOU]) == {ME, YOU}
        assert (await inside(stores), await inside(stores, drill=True)) == (Places(2), Places(2))


async def test_a_door_names_every_event_by_which_somebody_is_inside(stores: Stores) -> None:
    assert await stores.doors.events(HALL) == set()
    for event in (EVENT, OTHER, DRILL):
        await stores.doors.settle(event, {HALL: party(ME, YOU)})
    await stores.doors.settle(EventId("snow"), {SCHOOL: party(THEY)})
    assert await stores.doors.events(HALL) == {EVENT, OTHER, DRILL}
    await stores.doors.settle(OTHER, {HALL: {ME: None}})
    assert await stores.doors.events(HALL) == {EVENT, OTHER, DRILL}
    for event in (OTHER, DRILL):
        await stores.doors.settle(event, {HALL: {ME: None, YOU: None}})
    assert await stores.doors.events(HALL) == {EVENT}
    await stores.doors.set_open(GYM, is_open=True)
    assert await stores.doors.events(GYM) == set()


async def test_a_door_is_open_from_its_opening_to_its_shutting_also_when_full(
    stores: Stores,
) -> None:
    await stores.doors.settle(EVENT, {SCHOOL: party(THEY)})
    await stores.doors.set_open(HALL, is_open=True)
    assert await stores.doors.enter(HALL, EVENT, party(ME), Capacity(people=1))
    for event in (EVENT, DRILL):
        assert await stores.doors.is_open(HALL, event)
        assert not await stores.doors.is_open(SCHOOL, event)
        assert not await stores.doors.is_open(GYM, event)
    await stores.doors.set_open(HALL, is_open=False)
    for event in (EVENT, DRILL):
        assert not await stores.doors.is_open(HALL, event)
