"""Carry informings on: claim a slice, make its rows, send what is due, write down how it ended."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta

import structlog

from bot.channels.messengers import Messengers
from bot.workers.slice_sending import SOON, STOPPED, SliceSending
from data.civic.errors import Conflict, Unavailable
from data.civic.sending.informing import Informing, InformingKind, InformingState, Source
from data.store.slices import Claimed, SliceState
from handlers.acts.catch_up import count_anew
from handlers.acts.count_mates import count_mates
from handlers.acts.inform import end, finish_planning
from handlers.office import Office

LEASE_S = 90.0
"""Longer than a batch may take, with all that is written around it."""
AGAIN_S = 2.0
"""How long after a failure of the database a slice is taken over: others go first meanwhile."""
LAST_WORD = timedelta(days=3)
"""After so long a lift is over: nobody looks for it any more, and what was sent stands."""
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
    """Make the rows that do not stand yet; False: what is corrected is still being sent.

    What is told beside another waits until it stands who gets that. Who came or left since the
    plan, or is told by the other, is counted anew.
    """
    one = claimed.slice
    source, villages = one.source or informing.target, [village for village, _ in one.villages]
    if claimed.made or source is None:
        return True
    slices = office.stores.slices
    rests = not isinstance(source, Source) or await slices.at_rest(*source, villages)
    if not rests or await _undecided(office, informing.beside):
        later = office.clock.now() + SOON
        await slices.give_back(claimed, SliceState.OPEN, due=later, begun=False)
        return False
    rows, others = office.stores.rows, await _told_by_others(office, informing)
    await rows.make(one, source, again=claimed.half, beside=others)
    await count_mates(office, one)
    counted = await rows.counted(one)
    made = await slices.made(claimed, counted)
    if made and counted != one and not informing.kind.follows:
        await _count_anew(office, informing.id)
    return made


async def _count_anew(office: Office, number: int) -> None:
    """Write how many are meant; who is overtaken by another worker counts once more."""
    while not await count_anew(office, await office.stores.informings.must(number)):
        pass


async def _told_by_others(office: Office, informing: Informing) -> tuple[int, ...]:
    """Name what tells people beside it: whoever has a row of that is not told this as well.

    A correction that was stopped held up nobody: whom the same words reached as new has them.
    """
    if informing.kind is not InformingKind.CORRECTION:
        return informing.beside
    near = await office.stores.informings.of_event(informing.event)
    return tuple(one.id for one in near if informing.id in one.beside)


async def _undecided(office: Office, beside: Sequence[int]) -> bool:
    """Say whether it may still change who gets these; stopped, one is sent to nobody more."""
    for number in beside:
        standing = await office.stores.informings.must(number)
        if standing.state is InformingState.PLANNING:
            return True
        going = standing.state is InformingState.SENDING
        if going and await office.stores.slices.unmade(number):
            return True
    return False


async def keep_boards(office: Office) -> bool:
    """Count whole boards anew now and then, and finish plans whose maker died.

    Whichever worker comes first does it for all. There is never more to do at once.
    """
    holder, stores = office.ids.new(), office.stores
    for informing in await stores.informings.open():
        name = f"informing/{informing.id}/board"
        if await stores.leases.take(name, holder, seconds=COUNTED_EVERY_S):
            if await _over(office, informing):
                continue
            if informing.state is InformingState.PLANNING:
                await finish_planning(office, informing)
            for one in await stores.slices.all(informing.id):
                await stores.boards.count(informing.id, [village for village, _ in one.villages])
    return False


async def _over(office: Office, informing: Informing) -> bool:
    """Close a lift that was told long ago; what it lifted is closed anyhow."""
    told_long_ago = office.clock.now() - informing.created_at > LAST_WORD
    if informing.kind is not InformingKind.LIFT or not told_long_ago:
        return False
    with suppress(Conflict):  # somebody is at it in this moment: the next round sees
        await end(office, informing)
    return True
