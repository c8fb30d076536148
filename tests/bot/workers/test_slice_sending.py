"""One slice in the hands of a worker: batches, limits, platforms that fail, workers that meet."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.house import House
from bot.workers.informing import inform_next
from bot.workers.slice_sending import SliceSending
from data.civic.errors import PlatformUnavailable, StoreUnavailable
from data.civic.ids import PersonId
from data.civic.sending.batches import Batch
from data.civic.sending.rows import Ending, RowState, Rung
from data.store.sends import Sends
from tests import builders
from tests.carrying import later, states, walked
from tests.conftest import Build
from tests.townsfolk import (
    Remembering,
    all_ways,
    informed,
    person,
    settled,
)
from tests.waiting import until


async def test_a_platform_that_is_down_for_a_minute_loses_nobody(
    house: House, build: Build
) -> None:
    await settled(house.stores, *[person(n) for n in range(1, 6)])
    informing, ways = await informed(house), all_ways()
    ways[Rung.SMS].answer = lambda _: Ending.BUSY
    await walked(house, ways)
    assert ways[Rung.VOICE].given == []
    ways[Rung.SMS].answer = lambda _: Ending.ACCEPTED
    await later(build, 1, ways)
    assert ways[Rung.SMS].people == [1, 2, 3, 4, 5] * 2
    assert set((await states(house, informing)).values()) == {(RowState.SENT, Rung.SMS)}


class Silent(Remembering):
    """Takes a batch, and the connection breaks."""

    async def send(self, batch: object) -> object:  # type: ignore[override]
        await Remembering.send(self, batch)  # type: ignore[arg-type]
        raise PlatformUnavailable("the platform did not answer")


async def test_what_got_no_answer_is_unknown_and_goes_on_by_the_next_way(
    house: House, build: Build
) -> None:
    await settled(house.stores, person(1))
    informing, ways = await informed(house), all_ways()
    ways[Rung.SMS] = Silent(rung=Rung.SMS)
    await walked(house, ways)
    assert (await states(house, informing))[1][0] is RowState.UNKNOWN
    await later(build, 3, ways)
    assert len(ways[Rung.SMS].given) == 1
    assert ways[Rung.VOICE].people == [1]


async def test_of_a_batch_only_so_many_go_at_once_as_the_way_takes(house: House) -> None:
    await settled(house.stores, *[person(n) for n in range(1, 26)])
    await informed(house)
    sizes: list[int] = []

    class Counting(Remembering):
        async def send(self, batch: object) -> object:  # type: ignore[override]
            sizes.append(len(batch))  # type: ignore[arg-type]
            return await Remembering.send(self, batch)  # type: ignore[arg-type]

    sms = Counting(rung=Rung.SMS, batch=10)
    await walked(house, {Rung.SMS: sms})
    assert sizes == [10, 10, 5]
    assert sorted(sms.people) == list(range(1, 26))


async def three_at_once(house: House, count: int) -> list[int]:
    """Begin three informings of the same people: three slices, one for each of three workers."""
    people = list(range(1, count + 1))
    await settled(house.stores, *[person(n) for n in people])
    for key in ("signal/1", "signal/2", "signal/3"):
        await informed(house, key)
    return people


async def test_pitfall_27_all_workers_together_keep_to_the_platforms_limit(house: House) -> None:
    people = await three_at_once(house, 10)
    sms = Remembering(rung=Rung.SMS, batch=10, per_second=10)
    loop = asyncio.get_running_loop()
    start = loop.time()
    await asyncio.gather(*(walked(house, {Rung.SMS: sms}) for _ in range(3)))
    assert sorted(sms.people) == sorted(people * 3)
    assert loop.time() - start > 1.5, "ten in each of three seconds"


@pytest.mark.parametrize("workers", [1, 6])
async def test_many_workers_send_to_each_once(house: House, workers: int) -> None:
    people = await three_at_once(house, 100)
    sms = Remembering(rung=Rung.SMS, batch=10)
    await asyncio.gather(*(walked(house, {Rung.SMS: sms}) for _ in range(workers)))
    assert sorted(sms.people) == sorted(people * 3)


async def test_a_worker_whose_clock_is_ten_minutes_off_sends_nothing_twice(
    house: House, build: Build
) -> None:
    people = await three_at_once(house, 20)
    sms = Remembering(rung=Rung.SMS, batch=5)
    ahead = build(clock=builders.clock(shift=timedelta(minutes=4)))
    behind = build(clock=builders.clock(shift=timedelta(minutes=-6)))
    await asyncio.gather(*(walked(one, {Rung.SMS: sms}) for one in (ahead, behind, house)))
    await walked(house, {Rung.SMS: sms})
    assert sorted(sms.people) == sorted(people * 3)


class Failing(Remembering):
    """Sends, and cannot write down what it must."""

    async def send(self, batch: object) -> object:  # type: ignore[override]
        await Remembering.send(self, batch)  # type: ignore[arg-type]
        raise StoreUnavailable("gone")


async def test_the_database_may_fail_while_something_is_sent_and_nobody_is_sent_to_twice(
    house: House,
) -> None:
    await settled(house.stores, *[person(n) for n in range(1, 11)])
    informing, failing = await informed(house), Failing(rung=Rung.SMS)
    await walked(house, {Rung.SMS: failing})
    await walked(house, all_ways())
    assert len(failing.given) == 10
    found = set((await states(house, informing)).values())
    assert found == {(RowState.UNKNOWN, Rung.SMS)}


async def test_a_slice_in_which_the_database_failed_is_soon_taken_over(house: House) -> None:
    """Not after the lease: a new primary is elected in seconds, and people wait."""
    await settled(house.stores, person(1))
    informing, sends = await informed(house), Unwilling(house.stores.database)
    office = replace(house.office(), stores=replace(house.stores, sends=sends))
    with pytest.raises(StoreUnavailable):
        await inform_next(office, all_ways())
    ways = all_ways()

    async def taken_over() -> bool:
        return await inform_next(house.office(), ways)

    await until(taken_over)
    assert ways[Rung.SMS].people == [1]
    assert await states(house, informing) == {1: (RowState.SENT, Rung.SMS)}


class Unwilling(Sends):
    """Nothing can be written down."""

    async def begin(self, batch: Batch) -> None:
        raise StoreUnavailable(f"insert sends: {batch.informing}")


async def test_what_was_written_down_and_not_sent_is_told_so(house: House) -> None:
    """The lease had run out before the batch could be sent."""
    await settled(house.stores, person(1))
    informing, ways, office = await informed(house), all_ways(), house.office()
    slow = await house.stores.slices.claim("slow", lease_s=0, now=house.clock.now())
    assert slow is not None
    assert informing.target is not None
    await house.stores.rows.make(slow.slice, informing.target, again=False)
    sending = SliceSending(office, ways, informing, slow, held_since=-1.0, lease_s=0.1)
    await house.stores.slices.claim("other", lease_s=60, now=house.clock.now())
    await sending.walk()
    assert ways[Rung.SMS].given == []
    (tried,) = await house.stores.sends.attempts(informing.id, 0, PersonId(1))
    assert (tried.ending, tried.error) == (Ending.BUSY, "another worker has taken over")
