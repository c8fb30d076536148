"""Carry the rows of who has moved to where they live by now, as long as the warning is for there.

What ends at the old door is not theirs any more, and what goes on at the new one is: the ladder,
the list of doors, the lift. Who leaves the areas of a warning, or goes where it has ended, keeps
the row as it was.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence

from data.civic.ids import AreaCode
from data.civic.safety.targets import Target
from data.civic.sending.informing import Informing
from data.store.moved_rows import Moved
from handlers.office import Office

Where = tuple[Sequence[AreaCode], Sequence[AreaCode]]
"""Villages that are meant wholly, and those that a shape cuts."""


async def carry_rows(
    office: Office,
    informing: Informing,
    target: Target,
    where: Where,
    *,
    unmade: Collection[int],
) -> bool:
    """Put the rows of those who moved to some villages right; False: some are being made.

    Idempotent.
    """
    all_ready = True
    for villages, exact in zip(where, (False, True), strict=True):
        moved = await office.stores.moved_rows.find(informing.id, villages, target, exact=exact)
        ready = [one for one in moved if one.slice not in unmade]
        if ready:
            await _carry(office, informing, target, ready, exact=exact)
        all_ready = all_ready and len(ready) == len(moved)
    return all_ready


async def _carry(
    office: Office, informing: Informing, target: Target, moved: Sequence[Moved], *, exact: bool
) -> None:
    """Carry rows; each slice knows the village before a row in it names it, or no lift finds it."""
    stores, number = office.stores, informing.id
    by_slice: dict[int, set[AreaCode]] = defaultdict(set)
    for one in moved:
        by_slice[one.slice].add(one.village)
    for place, villages in by_slice.items():
        await stores.slices.reach(number, place, villages)
    await stores.moved_rows.carry(number, target, moved, exact=exact)
    stores.boards.touch(number, {village for one in moved for village in (one.before, one.village)})
    for part in await stores.slices.all(number):
        if part.number in by_slice:
            await stores.slices.recount(part, await stores.rows.counted_anew(part))
            await stores.slices.wake(number, part.number, due=office.clock.now())
