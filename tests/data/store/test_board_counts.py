"""Boards: whatever happens, their counters equal the rows."""

from collections import Counter
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.civic.ids import AreaCode, GridId, PersonId
from data.civic.safety.rosters import Person
from data.civic.sending.rows import RowState
from data.store.boards import Boards, Counted, totals
from data.store.stores import Stores
from tests.informed import NUMBER, SLICE, TOWN, answer, made, mark, part, people
from tests.townsfolk import GRID, NEXT_VILLAGE, VILLAGE, person

CREATED, CONFIRMED = RowState.CREATED, RowState.CONFIRMED
BOTH = [(VILLAGE, 3), (NEXT_VILLAGE, 2)]
NUMBERS = count(NUMBER)
LEFT = st.sampled_from([one for one in RowState if one.uninformed])


def town() -> list[Person]:
    here = [person(1), person(2), person(3, grid=None)]
    return [*here, *(person(n, village=NEXT_VILLAGE) for n in (4, 5))]


async def test_each_grid_is_counted_by_state_and_who_is_in_none(stores: Stores) -> None:
    await made(stores, *town())
    await stores.rows.confirm(NUMBER, {PersonId(3): answer()})
    await stores.boards.count(NUMBER)
    there = Counted(village=NEXT_VILLAGE, grid=GRID, states={CREATED: 2})
    assert await stores.boards.grids(NUMBER) == [
        Counted(village=VILLAGE, grid=GridId(""), states={CONFIRMED: 1}),
        Counted(village=VILLAGE, grid=GRID, states={CREATED: 2}),
        there,
    ]
    assert await stores.boards.grids(NUMBER, NEXT_VILLAGE) == [there]


async def test_an_area_of_any_size_shows_its_villages_alone(stores: Stores) -> None:
    far = AreaCode("330110001001")
    await made(stores, *town(), person(6, village=far))
    await stores.boards.count(NUMBER)
    areas = ("", "33", "330109105", VILLAGE, far, "4")
    found = [await stores.boards.villages(NUMBER, AreaCode(area)) for area in areas]
    assert [len(some) for some in found] == [3, 3, 2, 1, 1, 0]


async def test_counting_no_villages_counts_none(stores: Stores) -> None:
    await made(stores, *town())
    await stores.boards.count(NUMBER)
    before = await stores.boards.villages(NUMBER)
    await stores.rows.mark(mark(1))
    await stores.boards.count(NUMBER, [])
    assert await stores.boards.villages(NUMBER) == before


async def test_the_exact_count_needs_no_board(stores: Stores) -> None:
    await made(stores, *town())
    await stores.rows.confirm(NUMBER, {PersonId(5): answer()})
    assert await stores.boards.villages(NUMBER) == []
    assert await stores.boards.exactly(NUMBER) == [
        Counted(village=VILLAGE, states={CREATED: 3}),
        Counted(village=NEXT_VILLAGE, states={CREATED: 1, CONFIRMED: 1}),
    ]
    assert await stores.boards.exactly(NUMBER + 1) == []


async def test_villages_touched_of_several_informings_are_each_counted(stores: Stores) -> None:
    await made(stores, *town())
    await stores.rows.make(part(of=NUMBER + 1, villages=BOTH), TOWN, again=False)
    boards = Boards(stores.database)
    boards.touch(NUMBER, [VILLAGE])
    boards.touch(NUMBER + 1, [NEXT_VILLAGE])
    for _ in range(2):
        await boards.stop()
    assert [one.village for one in await stores.boards.villages(NUMBER)] == [VILLAGE]
    assert [one.village for one in await stores.boards.villages(NUMBER + 1)] == [NEXT_VILLAGE]


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rounds=st.lists(st.lists(LEFT, min_size=5, max_size=5), min_size=1, max_size=4))
async def test_whatever_happens_the_counters_equal_the_rows(
    stores: Stores, rounds: list[list[RowState]]
) -> None:
    number = next(NUMBERS)
    await stores.residents.add_all(town())
    await stores.rows.make(part(of=number, villages=BOTH), TOWN, again=False)
    for left in rounds:
        for handle, state in enumerate(left, start=1):
            await stores.rows.leave(number, SLICE, people(handle), state)
        await stores.boards.count(number)
    rows = await stores.rows.of_slice(number, SLICE)
    counted = await stores.boards.villages(number)
    assert counted == await stores.boards.exactly(number)
    assert totals(counted) == Counter(rounds[-1]) == Counter(one.state for one in rows)
    assert totals(await stores.boards.grids(number)) == totals(counted)
