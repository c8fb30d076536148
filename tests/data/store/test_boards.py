"""Boards: counts of villages and grids, always what the rows say."""

import asyncio

from data.civic.ids import AreaCode, GridId, PersonId
from data.civic.sending.informing import Slice
from data.civic.sending.rows import RowState
from data.store.boards import totals
from data.store.stores import Stores
from tests.data.store.test_rows import HERE, ONE
from tests.informed import answer
from tests.townsfolk import GRID, NEXT_VILLAGE, VILLAGE, person, settled
from tests.waiting import until

OTHER = GridId("330109105201-2")
BOTH = Slice(informing=1, number=0, villages=((VILLAGE, 3), (NEXT_VILLAGE, 1)))


async def peopled(stores: Stores) -> None:
    await settled(
        stores,
        person(1),
        person(2),
        person(3, grid=OTHER),
        person(4, grid=None),
        person(5, village=NEXT_VILLAGE),
    )
    await stores.rows.make(BOTH, HERE, again=False)


async def test_a_board_counts_villages_and_grids(stores: Stores) -> None:
    await peopled(stores)
    await stores.rows.confirm(1, {PersonId(1): answer()})
    await stores.boards.count(1)
    villages = {
        one.village: (one.people, one.uninformed) for one in await stores.boards.villages(1)
    }
    assert villages == {VILLAGE: (4, 3), NEXT_VILLAGE: (1, 1)}
    grids = {(one.village, one.grid): one.uninformed for one in await stores.boards.grids(1)}
    assert grids == {
        (VILLAGE, GRID): 1,
        (VILLAGE, OTHER): 1,
        (VILLAGE, ""): 1,
        (NEXT_VILLAGE, GRID): 1,
    }
    assert await stores.boards.exactly(1) == await stores.boards.villages(1)


async def test_an_area_shows_its_own_villages_in_the_order_of_their_codes(stores: Stores) -> None:
    await peopled(stores)
    await stores.boards.count(1)
    found = await stores.boards.villages(1, AreaCode("330109105"))
    assert [one.village for one in found] == [VILLAGE, NEXT_VILLAGE]
    assert [one.village for one in await stores.boards.villages(1, VILLAGE)] == [VILLAGE]
    assert await stores.boards.villages(1, AreaCode("330109106")) == []
    assert await stores.boards.villages(2) == []


async def test_villages_are_added_up_to_towns_and_to_everybody(stores: Stores) -> None:
    await peopled(stores)
    await stores.rows.confirm(1, {PersonId(1): answer()})
    await stores.boards.count(1)
    (town,) = await stores.boards.areas(1, digits=9)
    assert (town.village, town.people, town.uninformed) == ("330109105", 5, 4)
    (everybody,) = await stores.boards.areas(1, digits=0)
    assert everybody.states == town.states
    assert await stores.boards.areas(1, AreaCode("330109106"), digits=9) == []


async def test_one_village_is_counted_anew_and_the_others_stay(stores: Stores) -> None:
    await peopled(stores)
    await stores.boards.count(1)
    await stores.rows.confirm(1, {PersonId(1): answer(), PersonId(5): answer()})
    await stores.boards.count(1, [VILLAGE])
    uninformed = {one.village: one.uninformed for one in await stores.boards.villages(1)}
    assert uninformed == {VILLAGE: 3, NEXT_VILLAGE: 1}


async def test_what_is_touched_is_counted_soon(stores: Stores) -> None:
    await peopled(stores)
    await stores.boards.count(1)
    await stores.rows.confirm(1, {PersonId(1): answer()})
    stores.boards.touch(1, [VILLAGE])

    async def counted() -> bool:
        return totals(await stores.boards.villages(1)).get(RowState.CONFIRMED) == 1

    assert await until(counted, within_s=5)


async def test_what_was_touched_is_counted_before_the_store_closes(stores: Stores) -> None:
    await peopled(stores)
    stores.boards.touch(1, [VILLAGE])
    await stores.boards.stop()
    assert [one.village for one in await stores.boards.villages(1)] == [VILLAGE]


async def test_many_counts_at_once_leave_what_the_rows_say(stores: Stores) -> None:
    await settled(stores, *[person(n) for n in range(1, 41)])
    await stores.rows.make(ONE, HERE, again=False)

    async def answered(handle: int) -> None:
        await stores.rows.confirm(1, {PersonId(handle): answer()})
        await stores.boards.count(1, [VILLAGE])

    await asyncio.gather(*(answered(n) for n in range(1, 31)))
    assert await stores.boards.villages(1) == await stores.boards.exactly(1)
