"""Rows follow who has moved, and keep what was sent; slices know where their people live."""

from dataclasses import replace

import pytest

from data.civic.ids import GridId, HouseholdId, PersonId
from data.civic.risks import RiskTag
from data.civic.safety.targets import Target
from data.civic.sending.rows import RowState, Rung
from data.civic.shapes import Circle, Point
from data.store.moved_rows import Moved
from data.store.stores import Stores
from tests import builders
from tests.informed import NUMBER, SLICE, TOWN, informing, made, mark, part, row
from tests.townsfolk import GRID, LINPU, NEXT_VILLAGE, VILLAGE, person

BOTH = (VILLAGE, NEXT_VILLAGE)
OTHER = GridId(f"{NEXT_VILLAGE}-1")
HERE, FAR = Point(120.2, 30.1), Point(121.2, 30.1)


async def lives(stores: Stores, handle: int, **now: object) -> None:
    """Write where somebody lives by now."""
    before = await stores.residents.get(PersonId(handle))
    assert before is not None
    after = replace(before, version=before.version + 1, **now)  # type: ignore[arg-type]
    assert await stores.residents.save_all([after]) == ()


async def found(stores: Stores, target: Target = TOWN, *, exact: bool = False) -> list[Moved]:
    return await stores.moved_rows.find(NUMBER, BOTH, target, exact=exact)


async def carried(stores: Stores) -> None:
    await stores.moved_rows.carry(NUMBER, TOWN, await found(stores), exact=False)


async def test_who_has_moved_is_found_until_the_row_says_so_and_nobody_else(
    stores: Stores,
) -> None:
    await made(stores, person(1), person(2), person(3, village=NEXT_VILLAGE))
    await lives(stores, 1, village=NEXT_VILLAGE, grid=OTHER, household=HouseholdId(77))
    moved = Moved(slice=SLICE, before=VILLAGE, village=NEXT_VILLAGE)
    assert await found(stores) == [moved]
    assert await stores.moved_rows.find(NUMBER, [], TOWN, exact=False) == []
    assert await stores.moved_rows.find(NUMBER, [VILLAGE], TOWN, exact=False) == []
    for _ in range(2):
        await stores.moved_rows.carry(NUMBER, TOWN, [moved], exact=False)
    one = await row(stores, 1)
    assert (one.village, one.grid, one.household) == (NEXT_VILLAGE, OTHER, 77)
    assert await found(stores) == []
    assert (await row(stores, 2)).village == VILLAGE


async def test_only_whom_somebody_has_found_is_carried(stores: Stores) -> None:
    await made(stores, person(1), person(2))
    for handle in (1, 2):
        await lives(stores, handle, village=NEXT_VILLAGE)
    other = Moved(slice=SLICE + 1, before=VILLAGE, village=NEXT_VILLAGE)
    await stores.moved_rows.carry(NUMBER, TOWN, [other], exact=False)
    assert (await row(stores, 1)).village == VILLAGE


@pytest.mark.parametrize(
    ("before", "now", "after"),
    [
        pytest.param(None, {"grid": GRID}, GRID, id="who had none is given one"),
        pytest.param(GRID, {"grid": OTHER}, GRID, id="a grid that is drawn anew moves nobody"),
        pytest.param(
            GRID, {"grid": OTHER, "household": HouseholdId(77)}, OTHER, id="another household"
        ),
    ],
)
async def test_within_a_village_a_row_follows_a_new_door_and_a_first_grid(
    stores: Stores, before: GridId | None, now: dict[str, object], after: GridId
) -> None:
    await made(stores, person(1, grid=before))
    await lives(stores, 1, **now)
    await carried(stores)
    assert (await row(stores, 1)).grid == after


async def test_whom_a_target_does_not_mean_where_they_live_now_keeps_the_row(
    stores: Stores,
) -> None:
    await made(stores, person(1), person(2))
    for handle, home in ((1, HERE), (2, FAR)):
        await lives(stores, handle, village=NEXT_VILLAGE, home=home)
    circle = Target(shapes=(Circle(HERE, 500),))
    low = Target(areas=(LINPU,), tags=frozenset({RiskTag.LOW_LYING}))
    assert await found(stores, low) == []
    moved = await found(stores, circle, exact=True)
    await stores.moved_rows.carry(NUMBER, circle, moved, exact=True)
    assert [(await row(stores, n)).village for n in (1, 2)] == [NEXT_VILLAGE, VILLAGE]


async def test_a_row_keeps_what_was_sent_and_leaves_the_list_of_the_worker_before(
    stores: Stores,
) -> None:
    await made(stores, person(1), person(2))
    await stores.rows.mark(mark(1, 2))
    await stores.rows.mark(mark(2, rung=Rung.DOOR, number=2))
    for handle in (1, 2):
        await lives(stores, handle, village=NEXT_VILLAGE, grid=OTHER)
    before = await row(stores, 1)
    await carried(stores)
    one, listed = await row(stores, 1), await row(stores, 2)
    assert one.standing == before.standing
    assert (listed.state, listed.rung, listed.attempts) == (RowState.UNREACHABLE, Rung.DOOR, 2)
    assert listed.standing.reached == {Rung.SMS, Rung.DOOR}


async def test_a_slice_reaches_a_village_once_and_is_counted_where_its_people_live(
    stores: Stores,
) -> None:
    one = await made(stores, person(1), person(2))
    await stores.slices.draft(informing(), [one], due=builders.now())
    await lives(stores, 1, village=NEXT_VILLAGE)
    for _ in range(2):
        await stores.slices.reach(NUMBER, SLICE, BOTH)
    (reaching,) = await stores.slices.all(NUMBER)
    assert reaching.villages == ((VILLAGE, 1), (NEXT_VILLAGE, 0))
    await carried(stores)
    anew = await stores.rows.counted_anew(reaching)
    assert anew.villages == ((VILLAGE, 1), (NEXT_VILLAGE, 1))
    await stores.slices.recount(part(), anew)
    assert await stores.slices.all(NUMBER) == [reaching], "it was changed since"
    await stores.slices.recount(reaching, anew)
    assert await stores.slices.all(NUMBER) == [anew]


async def test_a_village_that_everybody_has_left_stands_on_no_board(stores: Stores) -> None:
    await made(stores, person(1), person(2, village=NEXT_VILLAGE))
    await stores.boards.count(NUMBER)
    await lives(stores, 1, village=NEXT_VILLAGE)
    await carried(stores)
    for villages in (BOTH, None):
        await stores.boards.count(NUMBER, villages)
        (there,) = await stores.boards.villages(NUMBER)
        assert (there.village, there.people) == (NEXT_VILLAGE, 2)
