"""The registry of shelters: listed by place, changed only at the version that was read."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest

from data.civic.errors import Conflict, NotFound
from data.civic.ids import AreaCode, ShelterId
from data.civic.safety import shelters
from data.civic.safety.shelters import Capacity, Change, ShelterState
from data.store.stores import Stores
from tests import builders
from tests.sheltering import GYM, HALL, SCHOOL, shelter
from tests.townsfolk import LINPU, NEXT_VILLAGE, VILLAGE

AT = builders.now()
NOW = Change(at=AT, today=date(2026, 11, 22), why="台风")
UNKNOWN = ShelterId("unknown")


async def test_a_shelter_is_read_as_it_was_entered_and_entered_once(stores: Stores) -> None:
    whole = shelter(
        capacity=Capacity(people=120, beds=20), pets=True, in_charge="王样例", point=None
    )
    assert await stores.shelters.add(whole) == whole
    assert await stores.shelters.add(shelter(people=5)) == whole
    assert await stores.shelters.get(HALL) == whole
    assert await stores.shelters.get(UNKNOWN) is None


async def test_shelters_are_listed_by_area_in_the_order_of_their_codes(stores: Stores) -> None:
    listed = [shelter(SCHOOL, area=LINPU), shelter(GYM), shelter(HALL), shelter(area=NEXT_VILLAGE)]
    listed[-1] = replace(listed[-1], id=ShelterId("a-last-area"))
    away = shelter(ShelterId("away"), area=AreaCode("330109106"))
    for one in (away, *reversed(listed)):
        await stores.shelters.add(one)
    assert await stores.shelters.within(LINPU) == listed
    assert await stores.shelters.within(VILLAGE) == listed[1:3]
    assert await stores.shelters.some([GYM, UNKNOWN]) == [listed[1]]
    assert await stores.shelters.some([]) == []


async def test_only_what_is_open_takes_people_in(stores: Stores) -> None:
    for name, state in zip("abcd", ShelterState, strict=True):
        await stores.shelters.add(shelter(ShelterId(name), state=state))
    assert [one.state for one in await stores.shelters.open()] == [ShelterState.OPEN]


async def test_many_who_open_a_shelter_at_once_open_it_once(stores: Stores) -> None:
    await stores.shelters.add(shelter())
    moves = [stores.shelters.change(HALL, lambda one: shelters.open_up(one, NOW)) for _ in "12345"]
    assert {(one.state, one.version) for one in await asyncio.gather(*moves)} == {
        (ShelterState.OPEN, 1)
    }
    assert [one.id for one in await stores.shelters.open()] == [HALL]


async def test_what_is_unsafe_stays_so_and_what_is_unknown_is_named(stores: Stores) -> None:
    await stores.shelters.add(shelter())
    await stores.shelters.change(HALL, lambda one: shelters.find_unsafe(one, NOW))
    with pytest.raises(Conflict, match="unsafe"):
        await stores.shelters.change(HALL, lambda one: shelters.open_up(one, NOW))
    with pytest.raises(NotFound, match="unknown"):
        await stores.shelters.change(UNKNOWN, lambda one: shelters.close(one, NOW))
    assert await stores.shelters.open() == []


async def test_an_edit_from_a_stale_page_is_refused(stores: Stores) -> None:
    await stores.shelters.add(shelter())
    edited = replace(shelter(), phone="110", version=1)
    await stores.shelters.save(edited)
    late = Change(at=AT + timedelta(minutes=1), today=NOW.today)
    with pytest.raises(Conflict, match="changed meanwhile"):
        await stores.shelters.save(shelters.close(shelter(), late))
    assert await stores.shelters.get(HALL) == edited
