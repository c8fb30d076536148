"""Sends: written before they are sent, told when they are over, counted by way."""

import asyncio
from dataclasses import replace

from data.civic.sending.batches import Batch, Part, Sent, lost
from data.civic.sending.rows import Ending, Rung
from data.store.failures import Duplicate
from data.store.stores import Stores
from tests.informed import NUMBER, SLICE, batch, people, sms

ONE, TWO, THREE = people(1, 2, 3)
CALLS = Part(rung=Rung.VOICE, number=2, tries=1, people=people(4))
SENT = (
    Sent(ONE, Ending.ACCEPTED, provider_id="p-1"),
    Sent(TWO, Ending.REFUSED, error="no such number"),
    Sent(THREE, Ending.ACCEPTED, provider_id="p-3"),
)


def by_person(told: tuple[Sent, ...] | None) -> list[Sent]:
    return sorted(told or (), key=lambda one: one.person)


async def last(stores: Stores) -> Batch:
    found = await stores.sends.last(NUMBER, SLICE)
    assert found is not None
    return found


async def test_a_batch_is_in_flight_until_it_is_told(stores: Stores) -> None:
    one = batch(sms(1, 2, 3), CALLS)
    await stores.sends.begin(one)
    assert await last(stores) == one
    for _ in range(2):
        await stores.sends.tell(one, SENT)
        told = await last(stores)
        assert by_person(told.told) == list(SENT)
        assert replace(told, told=None) == one


async def test_one_of_two_workers_begins_a_batch(stores: Stores) -> None:
    begun = [stores.sends.begin(batch(sms(n))) for n in (1, 2)]
    ended = await asyncio.gather(*begun, return_exceptions=True)
    assert [type(one) for one in ended if one] == [Duplicate]


async def test_what_was_lost_is_told_after_all_when_its_worker_was_only_slow(
    stores: Stores,
) -> None:
    one = batch(sms(1, 2, 3))
    await stores.sends.begin(one)
    await stores.sends.tell_lost(one, lost(one))
    assert by_person((await last(stores)).told) == list(lost(one))
    await stores.sends.tell(one, SENT)
    assert by_person((await last(stores)).told) == list(SENT)


async def test_a_batch_of_which_nothing_is_told_has_been_told(stores: Stores) -> None:
    one = batch(sms(1))
    await stores.sends.begin(one)
    await stores.sends.tell(one, ())
    assert (await last(stores)).told is not None


async def test_the_newest_batch_is_the_last_of_the_last_claim(stores: Stores) -> None:
    for turn, place in ((1, 0), (2, 1), (1, 12), (2, 0)):
        await stores.sends.begin(batch(sms(1), turn=turn, place=place))
    await stores.sends.begin(batch(sms(1), turn=9, one=SLICE + 1))
    await stores.sends.begin(batch(sms(1), turn=9, one=SLICE - 1))
    await stores.sends.begin(batch(sms(1), turn=9, of=NUMBER + 1))
    newest = await last(stores)
    assert (newest.slice, newest.turn, newest.place) == (SLICE, 2, 1)
    assert await stores.sends.last(NUMBER + 2, SLICE) is None


async def test_sends_are_counted_by_way_those_to_the_same_person_too(stores: Stores) -> None:
    await stores.sends.begin(batch(CALLS, sms(1, 2)))
    await stores.sends.begin(batch(sms(1, number=2), place=1, one=SLICE + 1))
    await stores.sends.begin(batch(sms(5), of=NUMBER + 1))
    counted = await stores.sends.by_way(NUMBER)
    assert list(counted.items()) == [(Rung.SMS, (3, 0)), (Rung.VOICE, (1, 0))]
    assert await stores.sends.by_way(NUMBER + 2) == {}


async def test_what_was_not_taken_is_not_counted_as_sent(stores: Stores) -> None:
    some, door = batch(CALLS, sms(1, 2, 3)), Part(rung=Rung.DOOR, number=3, tries=0, people=(ONE,))
    await stores.sends.begin(some)
    await stores.sends.tell(some, (*SENT, Sent(CALLS.people[0], Ending.BUSY)))
    nobody = batch(door, place=1)
    await stores.sends.begin(nobody)
    await stores.sends.tell(nobody, (Sent(ONE, Ending.REFUSED, error="nobody answers"),))
    assert await stores.sends.by_way(NUMBER) == {
        Rung.SMS: (2, 1),
        Rung.VOICE: (0, 1),
        Rung.DOOR: (0, 1),
    }
