"""The books of an informing, after whatever went wrong: nothing lost, every end has one name."""

from collections import Counter
from collections.abc import Iterable

from data.civic.ids import PersonId
from data.civic.sending.informing import Informing
from data.civic.sending.rows import RowState
from data.store.boards import totals
from data.store.stores import Stores
from tests.townsfolk import rows_of
from tests.waiting import until


async def balanced(stores: Stores, informing: Informing, people: Iterable[int]) -> None:
    """Insist on what holds always: a row for everybody, every send told, sums that fit."""
    rows = await rows_of(stores, informing)
    assert set(rows) == set(people), "somebody of the plan has no row"
    assert await sum_of_slices(stores, informing) == len(rows)
    for handle, row in rows.items():
        place = await stores.rows.place_of(informing.id, PersonId(handle))
        assert place is not None
        tried = await stores.sends.attempts(informing.id, place.slice, PersonId(handle))
        assert [one for one in tried if one.ending is None] == [], "a send has no named end"
        assert row.attempts == max((one.number for one in tried), default=0)
    await until(lambda: sums_fit(stores, informing), within_s=5)


async def sums_fit(stores: Stores, informing: Informing) -> bool:
    """Say whether all counters equal the sum of the rows; a receipt may come between the looks."""
    boards, number = stores.boards, informing.id
    shown = [await boards.villages(number), await boards.grids(number)]
    rows = await rows_of(stores, informing)
    summed = dict(Counter(row.state for row in rows.values()))
    found = [*shown, await boards.exactly(number)]
    return all(dict(totals(one)) == summed for one in found)


async def states_of(stores: Stores, informing: Informing) -> dict[int, RowState]:
    """Tell where everybody stands."""
    return {handle: row.state for handle, row in (await rows_of(stores, informing)).items()}


async def sum_of_slices(stores: Stores, informing: Informing) -> int:
    """Add up who was meant when it was planned."""
    return sum(one.people for one in await stores.slices.all(informing.id))
