"""Warn 200,000 people: the plan, the rows, the sends and the boards, each against the server."""

import asyncio
from functools import partial

from bot.channels.messengers import NullMessenger
from bot.workers.informing import inform_next
from data.civic.sending.batches import Mark
from data.civic.sending.informing import Informing
from data.civic.sending.rows import Ending, Rung
from data.store.row_documents import bits, change_of
from data.store.rows import PLACE, SLICE
from data.store.stores import Stores
from tests.bench.measure import Measure
from tests.bench.warned import (
    BARE,
    WORKERS,
    Bench,
    Pair,
    begin,
    both,
    flushed,
    let_go,
    make,
    measured,
    median,
    merge,
    plan,
)

ROUNDS, READINGS = 4, 7
"""An even number: in half of the rounds ours goes first, and finds the cache cold."""


async def ratios(stores: Stores) -> list[Measure]:
    """Take the ratios, round by round, ours and the probe in turn; the first warms the cache."""
    bench = Bench.on(stores)
    await _round(bench, first=True)
    rounds = [await _round(bench, first=number % 2 == 0) for number in range(ROUNDS)]
    took = {name: [one[name] for one in rounds] for name in rounds[0]}
    return [
        measured("plan: accepted until the first slice can be claimed", took["plan"], at_most=1.5),
        measured("rows: made slice by slice", took["rows"], at_least=0.85),
        measured("sends: claimed, accepted by nobody, marked", took["sends"], at_least=0.70),
        measured("board: counted now from the rows", took["board"], at_most=1.3),
        measured("board: as it is kept", took["kept"], at_most=0.15),
    ]


async def _round(bench: Bench, *, first: bool) -> dict[str, Pair]:
    begun: list[Informing] = []
    timed = partial(both, first=first, rested=lambda: flushed(bench))

    async def beginning() -> None:
        begun.append(await begin(bench))

    pairs = {"plan": await timed(beginning, lambda: plan(bench))}
    (informing,) = begun
    slices = await bench.stores.slices.all(informing.id)
    pairs["rows"] = await timed(lambda: make(bench, informing), lambda: merge(bench, slices))
    everybody, bare = {"a": informing.id}, {"a": informing.id + BARE}
    await bench.rows.update_all(everybody, {"$set": {"w": bits([Rung.SMS])}}, index=SLICE)
    await let_go(bench, informing)
    sent = change_of(_accepted(bench, informing))
    pairs["sends"] = await timed(
        lambda: _send(bench), lambda: bench.rows.update_all(bare, sent, index=SLICE)
    )
    pairs |= await _boards(bench, informing)
    return pairs


async def _boards(bench: Bench, informing: Informing) -> dict[str, Pair]:
    """Read the boards several times in turn: one reading takes a tenth of a second."""
    grouped = [
        {"$match": {"a": informing.id + BARE}},
        {"$group": {"_id": "$v", "n": {"$sum": 1}}},
    ]
    boards = bench.stores.boards
    read = {"board": boards.exactly, "kept": boards.villages}
    took: dict[str, list[Pair]] = {name: [] for name in read}
    for number in range(READINGS):
        for name, counted in read.items():
            took[name].append(
                await both(
                    partial(counted, informing.id),
                    partial(bench.rows.aggregate, grouped, index=PLACE),
                    first=number % 2 == 0,
                )
            )
    return {name: median(pairs) for name, pairs in took.items()}


async def _send(bench: Bench) -> None:
    """Send to everybody by messengers that accept all and do nothing."""
    ways = {rung: NullMessenger(rung=rung) for rung in Rung}

    async def worker() -> None:
        while await inform_next(bench.office, ways):
            pass

    await asyncio.gather(*(worker() for _ in range(WORKERS)))


def _accepted(bench: Bench, informing: Informing) -> Mark:
    """Write what the probe writes: the same as ours, into all rows at once."""
    return Mark(
        informing=informing.id,
        slice=0,
        people=(),
        rung=Rung.SMS,
        number=1,
        ending=Ending.ACCEPTED,
        tries=0,
        at=bench.office.clock.now(),
    )
