"""Slices: how they stand after every opening, giving back and waking."""

from datetime import timedelta

import pytest

from data.civic.ids import AreaCode
from data.civic.sending.informing import Slice
from data.store.slices import Claimed, SliceState
from data.store.stores import Stores
from tests.informed import AT, NUMBER, informing, part

LONG_S, OVER_S = 30.0, 0.0
"""A lease that lasts the test; one that has run out when it is taken."""
LATER, BEFORE = AT + timedelta(minutes=5), AT - timedelta(minutes=1)
OTHER = NUMBER + 1
STATES = [SliceState.OPEN, SliceState.STILL, SliceState.STOPPED]


async def opened(stores: Stores, *slices: Slice, of: int = NUMBER) -> None:
    await stores.slices.draft(informing(number=of), slices, due=AT)
    await stores.slices.open(of)


async def claim(stores: Stores, by: str = "w1", *, lease_s: float = LONG_S) -> Claimed | None:
    return await stores.slices.claim(by, lease_s=lease_s, now=AT)


async def claimed(stores: Stores, by: str = "w1", *, lease_s: float = LONG_S) -> Claimed:
    found = await claim(stores, by, lease_s=lease_s)
    assert found is not None
    return found


async def test_a_slice_is_read_as_written(stores: Stores) -> None:
    villages = [(AreaCode("330109105201"), 600), (AreaCode("330109105202"), 400)]
    whole, cut = part(1, villages=villages, exact=True), part(2, first=5, end=900)
    await opened(stores, whole, cut)
    assert await stores.slices.all(NUMBER) == [whole, cut]
    assert (await claimed(stores)).slice in (whole, cut)


async def test_a_draft_is_not_at_rest_and_still_going(stores: Stores) -> None:
    await stores.slices.draft(informing(), [part(1)], due=AT)
    assert not await stores.slices.at_rest(NUMBER, 1)
    assert await stores.slices.still_going(NUMBER) == 1


async def test_a_new_plan_leaves_those_of_other_informings(stores: Stores) -> None:
    await opened(stores, part(1, of=OTHER), of=OTHER)
    await stores.slices.draft(informing(), [part(1)], due=AT)
    assert await stores.slices.all(OTHER) == [part(1, of=OTHER)]
    assert not await stores.slices.begun(NUMBER)
    assert await stores.slices.begun(OTHER)


async def test_a_plan_for_nobody_has_no_slices(stores: Stores) -> None:
    await opened(stores)
    assert await stores.slices.all(NUMBER) == []
    assert not await stores.slices.begun(NUMBER)
    assert await stores.slices.still_going(NUMBER) == 0


async def test_opening_again_wakes_nothing_that_is_still(stores: Stores) -> None:
    await opened(stores, part(1))
    await stores.slices.give_back(await claimed(stores), SliceState.STILL, due=AT)
    await stores.slices.open(NUMBER)
    assert await claim(stores) is None


async def test_what_is_due_longest_is_claimed_first(stores: Stores) -> None:
    await opened(stores, part(1), part(2), part(3))
    await stores.slices.wake(NUMBER, 3, due=BEFORE - timedelta(minutes=1))
    await stores.slices.wake(NUMBER, 2, due=BEFORE)
    assert [(await claimed(stores)).slice.number for _ in range(3)] == [3, 2, 1]


async def test_a_lease_is_held_longer(stores: Stores) -> None:
    await opened(stores, part(1))
    held = await claimed(stores, lease_s=OVER_S)
    assert await stores.slices.hold(held, lease_s=LONG_S)
    assert await claim(stores, "w2") is None
    assert await stores.slices.hold(held, lease_s=OVER_S)
    assert (await claimed(stores, "w2")).broken


async def test_what_was_given_back_is_nobodys(stores: Stores) -> None:
    await opened(stores, part(1))
    one = await claimed(stores)
    assert await stores.slices.give_back(one, SliceState.OPEN, due=AT)
    assert not await stores.slices.give_back(one, SliceState.STOPPED, due=AT)
    assert not await stores.slices.hold(one, lease_s=LONG_S)
    assert not (await claimed(stores, "w2")).broken


async def test_what_one_before_may_have_begun_stays_half(stores: Stores) -> None:
    await opened(stores, part(1))
    await claimed(stores, lease_s=OVER_S)
    heir = await claimed(stores)
    await stores.slices.give_back(heir, SliceState.OPEN, due=AT, begun=False)
    assert (await claimed(stores)).half


@pytest.mark.parametrize("state", STATES)
async def test_a_slice_stands_as_its_worker_says(stores: Stores, state: SliceState) -> None:
    await opened(stores, part(1), part(2))
    first = await claimed(stores)
    assert await stores.slices.give_back(first, state, due=LATER)
    goes_on = state is SliceState.OPEN
    assert await stores.slices.at_rest(NUMBER, first.slice.number) is not goes_on
    assert await stores.slices.still_going(NUMBER) == 1 + goes_on


@pytest.mark.parametrize("state", STATES)
async def test_what_is_woken_while_somebody_has_it_is_looked_at_once_more(
    stores: Stores, state: SliceState
) -> None:
    await opened(stores, part(1))
    held = await claimed(stores)
    await stores.slices.wake(NUMBER, 1, due=AT)
    assert await claim(stores, "w2") is None
    assert await stores.slices.give_back(held, state, due=LATER)
    assert await stores.slices.give_back(await claimed(stores), SliceState.STILL, due=LATER)
    assert await stores.slices.at_rest(NUMBER, 1)


async def test_waking_puts_nothing_off(stores: Stores) -> None:
    await opened(stores, part(1))
    await stores.slices.wake(NUMBER, 1, due=LATER)
    assert await claim(stores) is not None


async def test_waking_lets_nobody_claim_a_draft_and_makes_nothing_up(stores: Stores) -> None:
    await stores.slices.draft(informing(), [part(1)], due=AT)
    await stores.slices.wake(NUMBER, 1, due=AT)
    await stores.slices.wake(NUMBER, 2, due=AT)
    await stores.slices.wake_all(NUMBER, due=AT, stopped=True)
    assert await claim(stores) is None
    assert await stores.slices.all(NUMBER) == [part(1)]


async def test_of_all_that_are_woken_the_stopped_sleep_unless_it_is_said(stores: Stores) -> None:
    await opened(stores, part(1), part(2), part(3))
    for one in [await claimed(stores) for _ in STATES]:
        await stores.slices.give_back(one, STATES[one.slice.number - 1], due=LATER)
    await stores.slices.wake_all(NUMBER, due=AT)
    assert [await claim(stores) is not None for _ in range(3)] == [True, True, False]
    await stores.slices.wake_all(NUMBER, due=AT, stopped=True)
    assert (await claimed(stores)).slice.number == 3


async def test_one_informing_woken_leaves_the_others_asleep(stores: Stores) -> None:
    await opened(stores, part(1))
    await opened(stores, part(1, of=OTHER), of=OTHER)
    for _ in range(2):
        await stores.slices.give_back(await claimed(stores), SliceState.STILL, due=AT)
    await stores.slices.wake_all(OTHER, due=AT)
    assert (await claimed(stores)).slice.informing == OTHER
    assert await claim(stores) is None


async def test_what_is_let_go_is_soon_taken_over_as_broken(stores: Stores) -> None:
    await opened(stores, part(1))
    first = await claimed(stores)
    await stores.slices.let_go(first, for_s=OVER_S)
    second = await claimed(stores, "w2")
    assert (second.broken, second.half) == (True, True)
    await stores.slices.let_go(first, for_s=OVER_S)
    assert await claim(stores, "w3") is None, "it was another's by then"
