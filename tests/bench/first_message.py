"""From an approval until the first message leaves, for 200,000 people, as the workers look."""

import asyncio
import statistics
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from bot.channels.messengers import Needs, Outgoing
from bot.commands.work import LOOK_FOR_SLICES_S
from bot.workers.informing import inform_next
from bot.workers.informing_intake import LOOK_FOR_NEWS_S
from bot.workers.runner import run_for_ever
from data.civic.sending.batches import Sent
from data.civic.sending.rows import Ending, Rung
from data.store.stores import Stores
from handlers.acts import inform
from tests.bench.measure import Measure
from tests.bench.warned import Bench, begin

ROUNDS = 3
AT_MOST_S = 2.0


@dataclass(slots=True, kw_only=True)
class Stopwatch:
    """Accepts everything, and notes when it was first asked to send."""

    rung: Rung
    left: asyncio.Event
    needs: Needs = Needs.NOTHING
    batch: int = 1_000
    per_second: int | None = None
    at: list[float] = field(default_factory=list)

    async def send(self, batch: Sequence[Outgoing]) -> Sequence[Sent]:
        self.at.append(time.perf_counter())
        self.left.set()
        return [one.ended(Ending.ACCEPTED) for one in batch]


async def ratios(stores: Stores) -> list[Measure]:
    """Take the time, with the longest wait for the news to be looked for on top."""
    took = [LOOK_FOR_NEWS_S + await _one(stores) for _ in range(ROUNDS)]
    seconds = statistics.median(took)
    return [
        Measure(
            name="first message: seconds after approval",
            ratio=seconds,
            target=AT_MOST_S,
            above=False,
            detail=f"longest of {ROUNDS} rounds {max(took):.2f} s",
        )
    ]


async def _one(stores: Stores) -> float:
    """Have a worker look for slices as in earnest, then begin."""
    bench, left = Bench.on(stores), asyncio.Event()
    ways = {rung: Stopwatch(rung=rung, left=left) for rung in Rung}

    async def work() -> bool:
        return await inform_next(bench.office, ways)

    worker = asyncio.create_task(
        run_for_ever("informing", work, idle_s=LOOK_FOR_SLICES_S, dice=bench.office.dice)
    )
    start = time.perf_counter()
    informing = await begin(bench)
    await left.wait()
    worker.cancel()
    with suppress(asyncio.CancelledError):
        await worker
    await inform.end(bench.office, informing)
    return min(at for way in ways.values() for at in way.at) - start
