"""Rows: what people answer, and what platforms tell afterwards."""

import asyncio
from datetime import timedelta

import pytest

from data.civic.ids import GridId, PersonId
from data.civic.sending.rows import GIVEN_UP, Confirmation, Ending, RowState, Rung, Said
from data.store.rows import Rows
from data.store.stores import Stores
from tests.informed import AT, NUMBER, SLICE, answer, made, mark, people, receipt, row, states
from tests.townsfolk import GRID, NEXT_VILLAGE, VILLAGE, person

ONE = PersonId(1)
SENT, DELIVERED, READ = RowState.SENT, RowState.DELIVERED, RowState.READ
FAILED, UNKNOWN, CREATED = RowState.FAILED, RowState.UNKNOWN, RowState.CREATED
OTHER_GRID = GridId("330109105201-2")


async def test_of_many_answers_at_once_one_stands_whole(stores: Stores) -> None:
    await made(stores, person(1))
    answers: list[Confirmation] = [answer(who=f"w-{n}") for n in range(20)]
    await asyncio.gather(*[stores.rows.confirm(NUMBER, {ONE: one}) for one in answers])
    stands = (await row(stores, 1)).confirmation
    assert stands in answers
    await stores.rows.confirm(NUMBER, {ONE: answer(who="later")})
    assert (await row(stores, 1)).confirmation == stands


async def test_no_answers_write_nothing(stores: Stores) -> None:
    await made(stores, person(1))
    await stores.rows.confirm(NUMBER, {})
    assert await states(stores) == {1: CREATED}


async def test_who_confirms_keeps_how_far_the_ladder_had_come(stores: Stores) -> None:
    await made(stores, person(1))
    await stores.rows.mark(mark(1))
    await stores.rows.confirm(NUMBER, {ONE: answer()})
    one = await row(stores, 1)
    assert (one.rung, one.attempts, one.standing.reached) == (Rung.SMS, 1, {Rung.SMS})


async def test_somebody_is_to_come_until_somebody_has(stores: Stores) -> None:
    await made(stores, person(1), person(2))
    await stores.rows.want_visit(NUMBER, ONE, Said.STAYS, AT)
    assert (await row(stores, 1)).visit is Said.STAYS
    assert [one.resident for one in await stores.rows.visits(NUMBER, VILLAGE)] == [1]
    await stores.rows.visited(NUMBER, ONE, AT + timedelta(minutes=5))
    assert (await row(stores, 1)).visit is None
    assert await stores.rows.visits(NUMBER, VILLAGE) == []


async def test_who_came_before_help_was_asked_for_has_not_come_for_it(stores: Stores) -> None:
    await made(stores, person(1))
    await stores.rows.want_visit(NUMBER, ONE, Said.HELP, AT)
    await stores.rows.visited(NUMBER, ONE, AT - timedelta(seconds=1))
    assert (await row(stores, 1)).visit is Said.HELP


async def test_who_asks_again_after_a_visit_is_visited_again(stores: Stores) -> None:
    await made(stores, person(1))
    for hour in (0, 1):
        at = AT + timedelta(hours=hour)
        await stores.rows.want_visit(NUMBER, ONE, Said.HELP, at)
        assert len(await stores.rows.visits(NUMBER, VILLAGE)) == 1
        await stores.rows.visited(NUMBER, ONE, at)


async def test_a_visit_that_nobody_wanted_is_not_noted(stores: Stores) -> None:
    await made(stores, person(1))
    before = await row(stores, 1)
    await stores.rows.visited(NUMBER, ONE, AT)
    await stores.rows.want_visit(NUMBER, PersonId(9), Said.HELP, AT)
    assert await row(stores, 1) == before
    assert await stores.rows.visits(NUMBER, VILLAGE) == []


async def test_doors_are_listed_by_village_and_by_grid(stores: Stores) -> None:
    there = person(4, village=NEXT_VILLAGE)
    await made(stores, person(3), person(1), person(2, grid=OTHER_GRID), there)
    await stores.rows.confirm(NUMBER, {PersonId(3): answer(Said.HELP)})
    for handle in (2, 3):
        await stores.rows.want_visit(NUMBER, PersonId(handle), Said.HELP, AT)
    rows = stores.rows
    found = [
        await rows.uninformed(NUMBER, VILLAGE),
        await rows.uninformed(NUMBER, VILLAGE, OTHER_GRID),
        await rows.uninformed(NUMBER + 1, VILLAGE),
        await rows.visits(NUMBER, VILLAGE),
        await rows.visits(NUMBER, VILLAGE, GRID),
    ]
    assert [[one.resident for one in some] for some in found] == [[1, 2], [2], [], [2, 3], [3]]


FOLLOWS = [
    (UNKNOWN, SENT, SENT),
    (UNKNOWN, DELIVERED, DELIVERED),
    (UNKNOWN, FAILED, FAILED),
    (SENT, DELIVERED, DELIVERED),
    (SENT, READ, READ),
    (SENT, FAILED, FAILED),
    (DELIVERED, READ, READ),
    (DELIVERED, SENT, DELIVERED),
    (DELIVERED, FAILED, DELIVERED),
    (READ, DELIVERED, READ),
    (READ, FAILED, READ),
    (FAILED, DELIVERED, FAILED),
    (RowState.WITH_WORKER, DELIVERED, RowState.WITH_WORKER),
    (RowState.CONFIRMED, READ, RowState.CONFIRMED),
    (RowState.CONFIRMED, FAILED, RowState.CONFIRMED),
]


@pytest.mark.parametrize(("before", "told", "after"), FOLLOWS)
async def test_a_receipt_carries_a_state_on_and_never_back(
    stores: Stores, before: RowState, told: RowState, after: RowState
) -> None:
    await made(stores, person(1))
    await stores.rows.mark(mark(1))
    await stores.rows.leave(NUMBER, SLICE, people(1), before)
    for _ in range(2):
        await stores.rows.receive(receipt(told))
    assert await states(stores) == {1: after}


async def test_a_receipt_of_failure_gives_the_way_up(stores: Stores) -> None:
    await made(stores, person(1))
    await stores.rows.mark(mark(1))
    await stores.rows.receive(receipt(FAILED))
    assert (await row(stores, 1)).standing.tries == GIVEN_UP


async def test_what_failed_has_reached_nobody_by_that_way(stores: Stores) -> None:
    await made(stores, person(1))
    await stores.rows.mark(mark(1))
    await stores.rows.mark(mark(1, number=2, rung=Rung.VOICE))
    assert (await row(stores, 1)).standing.reached == {Rung.SMS, Rung.VOICE}
    await stores.rows.receive(receipt(FAILED, rung=Rung.VOICE, number=2))
    assert (await row(stores, 1)).standing.reached == {Rung.SMS}
    await stores.rows.receive(receipt(FAILED))
    assert (await row(stores, 1)).standing.reached == {Rung.SMS}, "that attempt is overtaken"


async def test_nor_has_what_failed_before_its_attempt_was_marked(stores: Stores) -> None:
    await made(stores, person(1))
    await stores.rows.receive(receipt(FAILED))
    await stores.rows.mark(mark(1))
    assert (await row(stores, 1)).standing.reached == frozenset()


async def test_an_unknown_attempt_that_failed_after_all_has_reached_nobody(
    stores: Stores,
) -> None:
    await made(stores, person(1))
    await stores.rows.mark(mark(1, ending=Ending.UNKNOWN))
    await stores.rows.receive(receipt(FAILED))
    one = await row(stores, 1)
    assert (one.state, one.standing.reached) == (FAILED, frozenset())


@pytest.mark.parametrize("told", [DELIVERED, READ, FAILED])
async def test_a_receipt_may_come_before_the_mark_of_its_attempt(
    stores: Stores, told: RowState
) -> None:
    await made(stores, person(1))
    await stores.rows.receive(receipt(told))
    await stores.rows.mark(mark(1))
    one = await row(stores, 1)
    assert (one.state, one.rung, one.attempts) == (told, Rung.SMS, 1)
    assert one.standing.reached == (frozenset() if told is FAILED else {Rung.SMS})
    await stores.rows.mark(mark(1, number=2, rung=Rung.VOICE))
    await stores.rows.receive(receipt(READ, number=4))
    assert (await row(stores, 1)).state is SENT


async def test_an_early_receipt_opens_nothing_that_is_confirmed(stores: Stores) -> None:
    await made(stores, person(1))
    await stores.rows.confirm(NUMBER, {ONE: answer()})
    await stores.rows.receive(receipt(READ))
    await stores.rows.receive(receipt(READ, 9))
    assert await states(stores) == {1: RowState.CONFIRMED}


async def test_what_waits_is_written_before_the_end(stores: Stores) -> None:
    await made(stores, person(1))
    other = Rows(stores.database)
    await asyncio.gather(other.confirm(NUMBER, {ONE: answer()}), other.stop())
    assert await states(stores) == {1: RowState.CONFIRMED}
