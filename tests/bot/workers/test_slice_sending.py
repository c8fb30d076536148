"""One slice in the hands of a worker: batches, limits, platforms that fail, workers that meet."""

import asyncio
from datetime import timedelta

import pytest

from bot.house import House
from bot.workers.informing import inform_next
from data.civic.errors import PlatformUnavailable, StoreUnavailable
from data.civic.sending.rows import Ending, RowState, Rung
from tests import builders
from tests.carrying import later, states, walked
from tests.conftest import Build
from tests.townsfolk import (
    VILLAGE,
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


async def test_all_workers_together_keep_to_the_platforms_limit(house: House) -> None:
    await settled(house.stores, *[person(n) for n in range(1, 31)])
    await informed(house)
    sms = Remembering(rung=Rung.SMS, batch=10, per_second=10)
    loop = asyncio.get_running_loop()
    start = loop.time()
    await asyncio.gather(*(walked(house, {Rung.SMS: sms}) for _ in range(3)))
    assert sorted(sms.people) == list(range(1, 31))
    assert loop.time() - start > 1.5, "ten in each of three seconds"


@pytest.mark.parametrize("workers", [1, 6])
async def test_many_workers_send_to_each_once(house: House, workers: int) -> None:
    many = [person(n, village=VILLAGE) for n in range(1, 301)]
    await settled(house.stores, *many)
    await informed(house)
    sms = Remembering(rung=Rung.SMS, batch=50)
    await asyncio.gather(*(walked(house, {Rung.SMS: sms}) for _ in range(workers)))
    assert sorted(sms.people) == list(range(1, 301))


async def test_a_worker_whose_clock_is_ten_minutes_off_sends_nothing_twice(
    house: House, build: Build
) -> None:
    await settled(house.stores, *[person(n) for n in range(1, 51)])
    await informed(house)
    sms = Remembering(rung=Rung.SMS, batch=10)
    ahead = build(clock=builders.clock(shift=timedelta(minutes=4)))
    behind = build(clock=builders.clock(shift=timedelta(minutes=-6)))
    await asyncio.gather(*(walked(one, {Rung.SMS: sms}) for one in (ahead, behind, house)))
    await walked(house, {Rung.SMS: sms})
    assert sorted(sms.people) == list(range(1, 51))


async def test_the_database_may_fail_in_the_middle_and_nobody_is_sent_to_twice(
    house: House,
) -> None:
    await settled(house.stores, *[person(n) for n in range(1, 11)])
    informing = await informed(house)

    class Failing(Remembering):
        async def send(self, batch: object) -> object:  # type: ignore[override]
            await Remembering.send(self, batch)  # type: ignore[arg-type]
            raise StoreUnavailable("gone")

    failing = Failing(rung=Rung.SMS)
    with pytest.raises(StoreUnavailable):
        await inform_next(house.office(), {Rung.SMS: failing}, lease_s=0.3)
    ways = all_ways()

    async def taken_over() -> bool:
        return await inform_next(house.office(), ways)

    await until(taken_over)
    assert len(failing.given) == 10
    assert ways[Rung.SMS].given == []
    found = set((await states(house, informing)).values())
    assert found == {(RowState.UNKNOWN, Rung.SMS)}
