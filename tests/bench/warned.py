"""A warning to a part of the made-up province: begun, and its rows made, by us and by the probe."""

import asyncio
import statistics
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from bot.first_release import shipped_release
from bot.house import House
from bot.memory import settle
from bot.settings import read_settings
from bot.workers.informing import LEASE_S, make_rows
from data.civic.ids import AreaCode
from data.civic.safety.targets import Target
from data.civic.sending.informing import Informing, Slice
from data.store import making
from data.store.audiences import BY_VILLAGE
from data.store.collection import Collection
from data.store.residents import COLLECTION as RESIDENTS
from data.store.rows import COLLECTION as ROWS
from data.store.slices import COLLECTION as SLICES
from data.store.slices import NEVER
from data.store.stores import Stores
from handlers.acts import inform
from handlers.directory import directory
from handlers.office import Office
from tests import builders
from tests.bench.measure import Measure, seconds
from tests.bench.province import counties
from tests.houses import house_of
from tests.townsfolk import request

WORKERS = 4
"""Slices in the hands of one process."""
AT_RISK = 8
"""Counties that are warned: 200,000 people."""
BARE = 1 << 20
"""Added to the number of an informing: the probe's rows stand beside ours."""

Work = Callable[[], Awaitable[object]]
Pair = tuple[float, float]
"""Seconds of ours and of the probe."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What is measured on."""

    office: Office
    areas: tuple[AreaCode, ...]

    @classmethod
    def on(cls, stores: Stores, *, warned: int = AT_RISK) -> "Bench":
        """Warn so many counties."""
        return cls(office=bench_house(stores).office(), areas=counties(warned))

    @property
    def stores(self) -> Stores:
        return self.office.stores

    @property
    def target(self) -> Target:
        return Target(areas=self.areas)

    @property
    def residents(self) -> Collection:
        return self.stores.database.collection(RESIDENTS)

    @property
    def rows(self) -> Collection:
        return self.stores.database.collection(ROWS)


def bench_house(stores: Stores) -> House:
    """Put a house on the province."""
    shipped = shipped_release(read_settings().home / "models", directory())
    settle()
    return house_of(stores, shipped, clock=builders.clock(), seal=builders.seal(), home=Path())


async def begin(bench: Bench) -> Informing:
    """Begin a warning: when this returns its slices can be claimed."""
    wanted = request(f"bench/{builders.ids().new()}", areas=bench.areas)
    return await inform.start(bench.office, wanted)


async def plan(bench: Bench) -> object:
    """Count the same villages, as the probe of beginning."""
    return await bench.residents.aggregate(making.counting_areas(bench.target), index=BY_VILLAGE)


async def make(bench: Bench, informing: Informing) -> None:
    """Make all rows as workers do who go on to send, and hold the slices: nothing is sent yet."""

    async def worker() -> None:
        office, slices = bench.office, bench.stores.slices
        now = office.clock.now()
        while claimed := await slices.claim(office.ids.new(), lease_s=LEASE_S, now=now):
            await make_rows(office, informing, claimed)

    await asyncio.gather(*(worker() for _ in range(WORKERS)))


async def let_go(bench: Bench, informing: Informing) -> None:
    """Have every slice claimed again, as after a send."""
    held = {"_id": {"$gte": {"a": informing.id}, "$lt": {"a": informing.id + 1}}}
    slices = bench.stores.database.collection(SLICES)
    await slices.update_all(held, {"$set": {"w": None, "until": NEVER}})


async def merge(bench: Bench, slices: Iterable[Slice]) -> None:
    """Make as many rows by `$merge` and nothing else."""
    rest = iter(slices)

    async def worker() -> None:
        for one in rest:
            other = replace(one, informing=one.informing + BARE)
            pipeline = making.from_residents(other, bench.target)
            merge = making.merged(pipeline, ROWS, again=False)
            await bench.residents.aggregate(merge, index=BY_VILLAGE)

    await asyncio.gather(*(worker() for _ in range(WORKERS)))


async def both(ours: Work, probe: Work, *, first: bool = True, rested: Work | None = None) -> Pair:
    """Time both; `first` is whether ours goes first, which is fair when it changes in turn.

    `rested` is done before each: what the server still has to do for what was before is not timed.
    """
    took = []
    for work in (ours, probe) if first else (probe, ours):
        if rested is not None:
            await rested()
        took.append(await seconds(work))
    return (took[0], took[1]) if first else (took[1], took[0])


async def flushed(bench: Bench) -> None:
    """Have the server write out what was changed before."""
    await bench.stores.database.beside("admin").command({"fsync": 1})


def median(pairs: list[Pair]) -> Pair:
    """Take the pair whose ratio is in the middle."""
    return sorted(pairs, key=lambda pair: pair[0] / pair[1])[len(pairs) // 2]


def measured(
    name: str, pairs: list[Pair], *, at_least: float = 0, at_most: float = 0, note: str = ""
) -> Measure:
    """Compare speeds where the ratio is to be high, times where it is to be low: the median."""
    ratios = [probe / ours if at_least else ours / probe for ours, probe in pairs]
    ours, probe = (statistics.median(one) for one in zip(*pairs, strict=True))
    detail = f"{ours:.3f} s : {probe:.3f} s, of {len(pairs)} rounds"
    return Measure(
        name=name,
        ratio=statistics.median(ratios),
        target=at_least or at_most,
        above=bool(at_least),
        detail=f"{detail}; {note}" if note else detail,
    )
