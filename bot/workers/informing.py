"""Carry informings on: claim a slice, make its rows, send what is due, write down how it ended."""

import asyncio

import structlog

from bot.channels.messengers import Messengers
from bot.workers.slice_sending import SOON, STOPPED, SliceSending
from data.civic.errors import Unavailable
from data.civic.sending.informing import Informing, InformingState, Source
from data.store.slices import Claimed, SliceState
from handlers.acts.inform import finish_planning
from handlers.office import Office

LEASE_S = 90.0
"""Longer than a batch may take, with all that is written around it."""
AGAIN_S = 2.0
"""How long after a failure of the database a slice is taken over: others go first meanwhile."""
COUNTED_EVERY_S = 60.0
"""So old is a board at most that a process left wrong when it died."""

log = structlog.get_logger()


async def inform_next(office: Office, messengers: Messengers, *, lease_s: float = LEASE_S) -> bool:
    """Carry the slice on that is due longest; False when none is due."""
    held_since = asyncio.get_running_loop().time()
    stores = office.stores
    claimed = await stores.slices.claim(office.ids.new(), lease_s=lease_s, now=office.clock.now())
    if claimed is None:
        return False
    informing = await stores.informings.must(claimed.slice.informing)
    sending = SliceSending(
        office, messengers, informing, claimed, held_since=held_since, lease_s=lease_s
    )
    try:
        await _carry_on(office, sending, informing, claimed)
    except Unavailable:  # a new primary was elected, or the like: nobody waits for our lease
        await stores.slices.let_go(claimed, for_s=AGAIN_S)
        raise
    return True


async def _carry_on(
    office: Office, sending: SliceSending, informing: Informing, claimed: Claimed
) -> None:
    if claimed.broken:
        log.warning("slice taken over", informing=informing.id, slice=claimed.slice.number)
        await sending.settle_what_was_left()
    if informing.state in STOPPED:
        await sending.stop()
    elif await make_rows(office, informing, claimed):
        await sending.walk()


async def make_rows(office: Office, informing: Informing, claimed: Claimed) -> bool:
    """Make the rows that do not stand yet; False: what is corrected is still being sent."""
    one = claimed.slice
    source, villages = one.source or informing.target, [village for village, _ in one.villages]
    if claimed.made or source is None:
        return True
    slices = office.stores.slices
    if isinstance(source, Source) and not await slices.at_rest(*source, villages):
        later = office.clock.now() + SOON
        await slices.give_back(claimed, SliceState.OPEN, due=later, begun=False)
        return False
    await office.stores.rows.make(one, source, again=claimed.half)
    await office.stores.boards.count(one.informing, villages)
    return await slices.made(claimed)


async def keep_boards(office: Office) -> bool:
    """Count whole boards anew now and then, and finish plans whose maker died.

    Whichever worker comes first does it for all. There is never more to do at once.
    """
    holder, stores = office.ids.new(), office.stores
    for informing in await stores.informings.open():
        name = f"informing/{informing.id}/board"
        if await stores.leases.take(name, holder, seconds=COUNTED_EVERY_S):
            if informing.state is InformingState.PLANNING:
                await finish_planning(office, informing)
            for one in await stores.slices.all(informing.id):
                await stores.boards.count(informing.id, [village for village, _ in one.villages])
    return False
