"""Rows: who is meant, counted before anything is made, and where each row stands."""

from dataclasses import replace

from data.civic.ids import AreaCode, PersonId
from data.civic.risks import RiskTag
from data.civic.safety.targets import Target
from data.civic.sending.informing import Source
from data.civic.sending.rows import By, RowState, Rung, Standing
from data.civic.shapes import Circle, Point
from data.store.rows import Place
from data.store.stores import Stores
from tests.informed import NUMBER, SLICE, answer, made, mark, part, people, row, states
from tests.townsfolk import LINPU, NEXT_VILLAGE, VILLAGE, person, settled

LOW = frozenset({RiskTag.LOW_LYING})
FAR = AreaCode("330110001001")
NEAR_HOME, FAR_HOME = Point(120.2, 30.1), Point(121.2, 30.1)
NEW = NUMBER + 1
"""The informing that corrects the other."""


async def test_who_is_meant_is_counted_by_village_in_the_order_of_their_codes(
    stores: Stores,
) -> None:
    await settled(stores, person(1, village=NEXT_VILLAGE), person(2, tags=LOW), person(3))
    await settled(stores, person(4, village=FAR), person(5, village=FAR, tags=LOW))
    both = Target(areas=(FAR, LINPU))
    assert await stores.rows.in_areas(both) == [(VILLAGE, 2), (NEXT_VILLAGE, 1), (FAR, 2)]
    low = Target(areas=both.areas, tags=LOW)
    assert await stores.rows.in_villages([FAR, VILLAGE], low) == [(VILLAGE, 1), (FAR, 1)]
    assert await stores.rows.in_villages([], low) == []


async def test_who_lives_in_two_of_the_areas_is_counted_once(stores: Stores) -> None:
    await settled(stores, person(1), person(2))
    assert await stores.rows.in_areas(Target(areas=(LINPU, VILLAGE))) == [(VILLAGE, 2)]


async def test_a_target_without_areas_means_nobody_by_area(stores: Stores) -> None:
    await settled(stores, person(1))
    assert await stores.rows.in_areas(Target(shapes=(Circle(NEAR_HOME, 9),))) == []


async def test_a_shape_holds_back_whom_it_leaves_out_only_where_it_is_asked_exactly(
    stores: Stores,
) -> None:
    homes = {1: NEAR_HOME, 2: FAR_HOME, 3: None}
    await settled(stores, *(replace(person(n), home=home) for n, home in homes.items()))
    round_here = Target(shapes=(Circle(NEAR_HOME, 500),))
    assert await stores.rows.in_villages([VILLAGE], round_here) == [(VILLAGE, 3)]
    assert await stores.rows.in_villages([VILLAGE], round_here, exact=True) == [(VILLAGE, 2)]
    await stores.rows.make(part(exact=True), round_here, again=False)
    assert set(await states(stores)) == {1, 3}


async def test_handles_of_those_who_are_meant_stand_in_their_order(stores: Stores) -> None:
    await settled(stores, person(9, tags=LOW), person(2, tags=LOW), person(5))
    await settled(stores, person(1, village=NEXT_VILLAGE, tags=LOW))
    assert await stores.rows.handles(VILLAGE, Target(areas=(LINPU,), tags=LOW)) == [2, 9]


async def test_a_row_tells_its_slice_and_village_in_its_own_informing(stores: Stores) -> None:
    await made(stores, person(1))
    place = Place(slice=SLICE, village=VILLAGE)
    assert await stores.rows.place_of(NUMBER, PersonId(1)) == place
    assert await stores.rows.place_of(NUMBER, PersonId(2)) is None
    assert await stores.rows.place_of(NEW, PersonId(1)) is None


async def test_who_has_no_grid_and_shares_a_household_has_a_row_that_says_so(
    stores: Stores,
) -> None:
    await made(stores, person(1, household=77, grid=None))
    one = await row(stores, 1)
    assert (one.grid, one.household, one.confirmation, one.visit) == ("", 77, None, None)


async def test_a_correction_made_again_starts_afresh_and_asks_no_household_twice(
    stores: Stores,
) -> None:
    await made(stores, *(person(n) for n in range(1, 5)))
    await stores.rows.mark(mark(1))
    told = {PersonId(3): answer(by=By.STAFF), PersonId(4): answer(by=By.HOUSEHOLD)}
    await stores.rows.confirm(NUMBER, {PersonId(1): answer(), **told})
    for _ in range(2):
        await stores.rows.make(part(of=NEW), Source(NUMBER, SLICE), again=True)
    assert await states(stores, NEW) == dict.fromkeys((1, 3), RowState.CREATED)
    first = await row(stores, 1, NEW)
    assert (first.standing, first.confirmation) == (Standing(ways=frozenset({Rung.SMS})), None)


async def test_who_answered_before_anything_was_sent_is_told_what_follows_by_quick_ways(
    stores: Stores,
) -> None:
    chat, text, nothing = person(1, chat=True), person(2), person(3, phone=None)
    await made(stores, chat, text, nothing, person(4))
    by = {1: By.SELF, 2: By.FAMILY, 3: By.FAMILY, 4: By.STAFF}
    answers = {PersonId(handle): answer(by=one) for handle, one in by.items()}
    await stores.rows.confirm(NUMBER, answers)
    await stores.rows.make(part(of=NEW), Source(NUMBER, SLICE), again=False)
    ways = {handle: (await row(stores, handle, NEW)).standing.ways for handle in by}
    assert ways[1] == {Rung.SUBSCRIPTION, Rung.CHAT, Rung.SMS}
    assert (ways[2], ways[3], ways[4]) == ({Rung.SMS}, {Rung.DOOR}, {Rung.DOOR})


async def test_what_is_done_to_one_slice_leaves_the_others(stores: Stores) -> None:
    await made(stores, person(1), one=part(1))
    await stores.rows.call_off(NUMBER, SLICE)
    await stores.rows.mark(mark(1))
    await stores.rows.leave(NUMBER, SLICE, people(1), RowState.UNREACHABLE)
    assert await states(stores, place=1) == {1: RowState.CREATED}
    assert await stores.rows.of_slice(NUMBER, SLICE) == []


async def test_calling_off_and_on_again_changes_nothing_and_leaves_answers(
    stores: Stores,
) -> None:
    await made(stores, person(1), person(2))
    await stores.rows.confirm(NUMBER, {PersonId(1): answer()})
    assert await stores.rows.standings(NUMBER, SLICE + 1) == {}
    for _ in range(2):
        await stores.rows.call_off(NUMBER, SLICE)
        await stores.rows.mark(mark(2))
        assert await states(stores) == {1: RowState.CONFIRMED, 2: RowState.CANCELLED}
    for _ in range(2):
        await stores.rows.call_on(NUMBER, SLICE)
        assert await states(stores) == {1: RowState.CONFIRMED, 2: RowState.CREATED}
