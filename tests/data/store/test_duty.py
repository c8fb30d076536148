"""The duty roster and the calls to it: found by area, time and reference; people are sealed."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from pymongo import MongoClient

from data.civic.errors import BadInput, Conflict
from data.civic.ids import AreaCode, ShiftId, StaffId
from data.civic.ports import Seal
from data.civic.sending import ringing
from data.civic.warning import duty
from data.civic.warning.dials import Ring
from data.civic.warning.duty import DutyKind
from data.store import shifts
from data.store.collection import Document
from data.store.stores import Stores
from tests.bulletins import COUNTY, LINPU, PUYANG, START
from tests.conftest import DATABASE
from tests.onduty import CHIEF, OFFICER, dialled, duty_call, holder, shift

HELD = DutyKind.MESSAGE_HELD
HOUR = timedelta(hours=1)


async def test_a_shift_is_found_by_its_area_and_time(stores: Stores) -> None:
    own = shift(holder(staff=StaffId("wang"), workapp="wang.fang"), CHIEF, hours=8)
    town, over = shift(area=LINPU, hours=8), shift(begins=START - 24 * HOUR, hours=8)
    for one in (own, town, over):
        await stores.shifts.add(one)
    assert await stores.shifts.get(own.id) == own
    around = [AreaCode("33"), COUNTY, LINPU]
    assert await stores.shifts.of_areas(around, START, START) == [own, town]
    assert await stores.shifts.of_areas([PUYANG], START, START) == []
    assert await stores.shifts.of_areas([COUNTY], START + 8 * HOUR, START + 9 * HOUR) == []
    assert await stores.shifts.within(COUNTY, START - 48 * HOUR, START) == [over, own, town]
    assert await stores.shifts.within(LINPU, START, START + HOUR) == [town]


async def test_a_shift_stands_once_until_it_is_taken_off(stores: Stores) -> None:
    one = shift()
    await stores.shifts.add(one)
    with pytest.raises(Conflict):
        await stores.shifts.add(one)
    assert await stores.shifts.take_off(one.id)
    assert not await stores.shifts.take_off(one.id)
    assert await stores.shifts.get(one.id) is None


async def test_no_name_and_no_telephone_of_people_on_duty_lies_open(
    stores: Stores, raw: MongoClient[Document]
) -> None:
    await stores.shifts.add(shift())
    await stores.duty_calls.add(dialled(duty_call(), OFFICER, START))
    for name in ("shifts", "duty_calls"):
        (document,) = raw[DATABASE][name].find(comment="a test's own")
        assert OFFICER.name not in str(document)
        assert OFFICER.phone not in str(document)


async def test_a_sealed_person_cannot_be_moved_to_another_shift(stores: Stores, seal: Seal) -> None:
    document = shifts.to_document(shift(), seal)
    with pytest.raises(BadInput):
        shifts.from_document({**document, "_id": ShiftId("other")}, seal)


async def test_a_call_comes_back_with_every_attempt_and_is_found_by_its_handle(
    stores: Stores,
) -> None:
    call = duty_call()
    await stores.duty_calls.add(call)
    rung = dialled(call, holder(staff=StaffId("wang"), workapp="w"), START)
    rung = ringing.ended(rung, 1, START + HOUR, Ring.PASSED, said="2")
    rung = ringing.by_hand(rung, CHIEF, StaffId("li"), START + HOUR, taken=False)
    await stores.duty_calls.change(call.id, lambda one: replace(rung, version=one.version + 1))
    found = await stores.duty_calls.by_handle(ringing.handle_of(call.id))
    assert found == replace(rung, version=1)
    assert await stores.duty_calls.by_handle("0" * 32) is None


async def test_what_is_due_comes_longest_due_first_and_what_is_seen_never(stores: Stores) -> None:
    first, second, seen = (duty_call(f"XS{n}", at=START + n * HOUR) for n in range(3))
    for one in (second, seen, first):
        await stores.duty_calls.add(one)
    await stores.duty_calls.change(seen.id, lambda one: duty.see(one, StaffId("wang"), START))
    assert await stores.duty_calls.due(START, 9) == [first]
    assert await stores.duty_calls.due(START + 5 * HOUR, 9) == [first, second]
    until = START + 6 * HOUR
    await stores.duty_calls.change(first.id, lambda one: ringing.put_off(one, until))
    assert await stores.duty_calls.due(START + 5 * HOUR, 9) == [second]


async def test_a_call_about_the_same_is_found_while_it_rings(stores: Stores) -> None:
    call = duty_call(about="conversation-1")
    await stores.duty_calls.add(call)
    assert await stores.duty_calls.ringing("conversation-1") == [call]
    assert await stores.duty_calls.ringing("conversation-2") == []
    await stores.duty_calls.change(call.id, lambda one: duty.see(one, StaffId("wang"), START))
    assert await stores.duty_calls.ringing("conversation-1") == []


async def test_of_calls_that_gather_the_same_one_stands_and_no_second_one_begins(
    stores: Stores,
) -> None:
    first, second = (duty_call(f"weather/{n}", kind=HELD, about="weather") for n in range(2))
    begun = await asyncio.gather(*(stores.duty_calls.begin(first) for _ in range(4)))
    assert begun == [first] * 4
    assert await stores.duty_calls.begin(second) is None
    assert await stores.duty_calls.get(second.id) is None
    more = await stores.duty_calls.change(first.id, lambda one: duty.gather(one, second.subject))
    assert await stores.duty_calls.begin(first) == more
    other = duty_call("flood/1", kind=HELD, about="flood")
    assert await stores.duty_calls.begin(other) == other
    assert await stores.duty_calls.gathering("weather") == more
    assert await stores.duty_calls.gathering("nothing") is None


async def test_a_call_that_was_seen_gathers_no_more_and_leaves_room_for_another(
    stores: Stores,
) -> None:
    first, second = (duty_call(f"weather/{n}", kind=HELD, about="weather") for n in range(2))
    await stores.duty_calls.begin(first)
    await stores.duty_calls.change(first.id, lambda one: duty.see(one, StaffId("wang"), START))
    assert await stores.duty_calls.gathering("weather") is None
    assert await stores.duty_calls.begin(second) == second
    assert await stores.duty_calls.gathering("weather") == second


async def test_what_calls_of_a_kind_are_about_is_listed_until_they_are_seen(
    stores: Stores,
) -> None:
    late, early, seen = (
        duty_call(f"weather/{n}", kind=HELD, at=START + hours * HOUR)
        for n, hours in enumerate((2, 1, 0))
    )
    early = replace(early, others=("weather/8", "weather/9"))
    for one in (late, early, seen, duty_call("XS1")):
        await stores.duty_calls.add(one)
    await stores.duty_calls.change(seen.id, lambda one: duty.see(one, StaffId("wang"), START))
    listed = await stores.duty_calls.unseen_subjects(HELD)
    assert listed == ["weather/1", "weather/8", "weather/9", "weather/0"]
    assert await stores.duty_calls.unseen_subjects(DutyKind.MESSAGE_REFUSED) == []
