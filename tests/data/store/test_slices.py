"""Slices: claimed once, held by the server's clock, given back, woken."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from data.civic.ids import AreaCode
from data.civic.sending.informing import Informing, Slice
from data.store.slices import Claimed, SliceState
from data.store.stores import Stores
from tests import builders
from tests.data.civic.sending.test_informing_moves import informing
from tests.townsfolk import VILLAGE
from tests.waiting import until

LONG = 60.0
SOON = timedelta(minutes=5)


def cut(*counts: int, number: int = 1) -> list[Slice]:
    return [
        Slice(informing=number, number=place, villages=((VILLAGE, count),))
        for place, count in enumerate(counts)
    ]


async def opened(stores: Stores, *counts: int, one: Informing | None = None) -> None:
    signal = one or informing()
    await stores.slices.draft(signal, cut(*counts, number=signal.id), due=builders.now())
    await stores.slices.open(signal.id)


async def claimed(stores: Stores, *, lease_s: float = LONG, ahead: timedelta = SOON) -> Claimed:
    found = await stores.slices.claim("t", lease_s=lease_s, now=builders.now() + ahead)
    assert found is not None
    return found


async def test_a_plan_that_is_being_written_is_claimed_by_nobody(stores: Stores) -> None:
    await stores.slices.draft(informing(), cut(10), due=builders.now())
    assert not await stores.slices.begun(1)
    assert await stores.slices.claim("t", lease_s=LONG, now=builders.now()) is None


async def test_a_plan_made_anew_takes_the_place_of_the_one_before(stores: Stores) -> None:
    await stores.slices.draft(informing(), cut(10, 20, 30), due=builders.now())
    await stores.slices.draft(informing(), cut(5), due=builders.now())
    assert await stores.slices.all(1) == cut(5)


async def test_each_slice_is_given_to_one_worker(stores: Stores) -> None:
    await opened(stores, *[10] * 5)
    assert await stores.slices.begun(1)
    now = builders.now() + SOON
    claims = [stores.slices.claim(f"t{n}", lease_s=LONG, now=now) for n in range(12)]
    taken = [one.slice.number for one in await asyncio.gather(*claims) if one is not None]
    assert sorted(taken) == [0, 1, 2, 3, 4]


async def test_what_is_urgent_goes_before_what_has_waited_longer(stores: Stores) -> None:
    await opened(stores, 10, one=replace(informing(), id=1, urgent=False))
    await opened(stores, 10, one=replace(informing(), id=2, urgent=True))
    assert (await claimed(stores)).slice.informing == 2
    assert (await claimed(stores)).slice.informing == 1


async def test_a_slice_is_due_by_business_time_and_held_by_the_servers(stores: Stores) -> None:
    """A worker whose clock is ten minutes ahead takes nothing from one that holds it."""
    await opened(stores, 10)
    await claimed(stores)
    ahead = builders.now() + timedelta(minutes=10)
    assert await stores.slices.claim("t2", lease_s=LONG, now=ahead) is None


async def test_who_did_not_give_it_back_is_known_to_who_takes_it_over(stores: Stores) -> None:
    await opened(stores, 10)
    first = await claimed(stores, lease_s=0)
    assert (first.turn, first.made, first.half, first.broken) == (1, False, False, False)
    second = await claimed(stores, lease_s=0)
    assert (second.turn, second.made, second.half, second.broken) == (2, False, True, True)


async def test_a_slow_worker_can_neither_hold_nor_give_back_what_another_has(
    stores: Stores,
) -> None:
    await opened(stores, 10)
    now = builders.now() + SOON
    slow = await stores.slices.claim("slow", lease_s=0, now=now)
    other = await stores.slices.claim("other", lease_s=LONG, now=now)
    assert slow is not None
    assert other is not None
    assert not await stores.slices.hold(slow, lease_s=LONG)
    assert not await stores.slices.made(slow, slow.slice)
    assert not await stores.slices.give_back(slow, SliceState.STILL, due=now)
    assert await stores.slices.hold(other, lease_s=LONG)


async def test_what_is_given_back_is_due_again_and_its_rows_stand(stores: Stores) -> None:
    await opened(stores, 10)
    one = await claimed(stores)
    assert await stores.slices.unmade(1) == cut(10)
    await stores.slices.made(one, one.slice)
    assert await stores.slices.unmade(1) == []
    await stores.slices.give_back(one, SliceState.OPEN, due=builders.now() + SOON)
    now = builders.now()
    assert await stores.slices.claim("t", lease_s=LONG, now=now) is None
    again = await claimed(stores)
    assert (again.made, again.half, again.broken) == (True, False, False)


async def test_what_is_given_back_untouched_is_not_half(stores: Stores) -> None:
    await opened(stores, 10)
    await stores.slices.give_back(
        await claimed(stores), SliceState.OPEN, due=builders.now(), begun=False
    )
    assert not (await claimed(stores)).half


async def test_a_wake_in_the_middle_of_the_work_is_not_lost(stores: Stores) -> None:
    await opened(stores, 10)
    one = await claimed(stores)
    await stores.slices.wake(1, 0, due=builders.now())
    await stores.slices.give_back(one, SliceState.STILL, due=builders.now() + SOON)
    assert await stores.slices.claim("t", lease_s=LONG, now=builders.now()) is not None


async def test_a_still_slice_is_woken_and_a_stopped_one_only_when_it_is_resumed(
    stores: Stores,
) -> None:
    await opened(stores, 10)
    await stores.slices.give_back(await claimed(stores), SliceState.STOPPED, due=builders.now())
    assert await stores.slices.at_rest(1, 0)
    await stores.slices.wake(1, 0, due=builders.now())
    await stores.slices.wake_all(1, due=builders.now())
    assert await stores.slices.still_going(1) == 0
    await stores.slices.wake_all(1, due=builders.now(), stopped=True)
    assert await stores.slices.still_going(1) == 1
    assert not await stores.slices.at_rest(1, 0)


async def test_a_lease_that_ran_out_is_free_soon(stores: Stores) -> None:
    await opened(stores, 10)
    await claimed(stores, lease_s=0.2)
    now = builders.now() + SOON

    async def taken() -> bool:
        return await stores.slices.claim("t2", lease_s=LONG, now=now) is not None

    assert await until(taken, within_s=1.2)


async def test_a_village_that_is_called_off_rests_while_the_others_go_on(stores: Stores) -> None:
    await opened(stores, 10)
    held = await claimed(stores)
    await stores.slices.called_off(held, [VILLAGE])
    assert await stores.slices.at_rest(1, 0, [VILLAGE])
    assert not await stores.slices.at_rest(1, 0, [VILLAGE, AreaCode("330109105999")])
    assert not await stores.slices.at_rest(1, 0)


async def test_where_no_slice_stands_nothing_is_under_way(stores: Stores) -> None:
    assert await stores.slices.at_rest(99, 0)
    assert await stores.slices.all(99) == []


def test_the_villages_of_a_slice_are_added_up() -> None:
    pair = ((AreaCode("1"), 3), (AreaCode("2"), 4))
    assert Slice(informing=1, number=0, villages=pair).people == 7


async def test_slices_behind_a_plan_are_claimed_at_once_and_leave_it_as_it_is(
    stores: Stores,
) -> None:
    await opened(stores, 10, 20)
    late = Slice(informing=1, number=2, villages=((VILLAGE, 3),))
    first = await claimed(stores)
    assert await stores.slices.append(informing(), [late], due=builders.now())
    assert await stores.slices.all(1) == [*cut(10, 20), late]
    assert await stores.slices.hold(first, lease_s=LONG)
    found = [await claimed(stores), await claimed(stores)]
    assert {one.slice.number: one.half for one in found} == {1: False, 2: True}


async def test_of_many_who_append_the_same_number_one_does(stores: Stores) -> None:
    await opened(stores, 10)
    late = Slice(informing=1, number=1, villages=((VILLAGE, 3),))
    now = builders.now()
    done = await asyncio.gather(
        *(stores.slices.append(informing(), [late], due=now) for _ in range(8))
    )
    assert done.count(True) == 1
    assert await stores.slices.all(1) == [*cut(10), late]
    assert await stores.slices.append(informing(), [], due=now)
