"""Informing a province: the plan, the rows, the sends and the boards, each against the server.

`python -m tests.bench.informing` runs this part alone.
"""

import asyncio
import statistics
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from bot.channels.messengers import NullMessenger
from bot.first_release import shipped_release
from bot.settings import read_settings
from bot.workers.informing import LEASE_S, inform_next, make_rows
from data.civic.ids import AreaCode
from data.civic.safety.targets import Target
from data.civic.sending.batches import Mark
from data.civic.sending.informing import Informing, Slice
from data.civic.sending.rows import Ending, Rung
from data.store import making
from data.store.audiences import BY_VILLAGE
from data.store.row_documents import bits
from data.store.rows import COLLECTION, PLACE, SLICE, change_of
from data.store.slices import SliceState
from data.store.stores import Stores
from handlers.acts import inform
from handlers.directory import directory
from handlers.office import Office
from tests import builders
from tests.bench.measure import Measure, seconds
from tests.bench.province import PEOPLE, counties, province
from tests.houses import house_of
from tests.townsfolk import request

ROUNDS = 3
WORKERS = 4
"""Slices in the hands of one process."""
AT_RISK = 8
"""Counties that are warned: 200,000 people."""
BARE = 1 << 20
"""Added to the number of an informing: the probe's rows stand beside ours."""

Made = dict[str, list[tuple[float, float]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What is measured on."""

    office: Office
    stores: Stores
    areas: tuple[AreaCode, ...]

    @property
    def target(self) -> Target:
        return Target(areas=self.areas)


async def measured(people: int = PEOPLE) -> list[Measure]:
    """Seed a province, and take every ratio of informing on it."""
    async with province(people) as stores:
        return await ratios(stores)


async def ratios(stores: Stores) -> list[Measure]:
    """Take the ratios, round by round, ours and the probe in turn."""
    bench = Bench(office=office_of(stores), stores=stores, areas=counties(AT_RISK))
    took: Made = {}
    for number in range(ROUNDS):
        for name, pair in (await _round(bench, number)).items():
            took.setdefault(name, []).append(pair)
    return [
        _measure("plan: accepted until the first slice can be claimed", took, "plan", at_most=1.5),
        _measure("rows: made slice by slice", took, "rows", at_least=0.85),
        _measure("sends: claimed, accepted by nobody, marked", took, "sends", at_least=0.70),
        _measure("board: counted now from the rows", took, "board", at_most=1.3),
        _measure("board: as it is kept", took, "kept", at_most=0.15),
    ]


def office_of(stores: Stores) -> Office:
    shipped = shipped_release(read_settings().home / "models", directory())
    house = house_of(stores, shipped, clock=builders.clock(), seal=builders.seal(), home=Path())
    return house.office()


async def _round(bench: Bench, number: int) -> dict[str, tuple[float, float]]:
    rows = bench.stores.database.collection(COLLECTION)
    pairs: dict[str, tuple[float, float]] = {}
    started: list[Informing] = []

    async def begin() -> None:
        wanted = replace(request(f"bench/{builders.ids().new()}", areas=bench.areas))
        started.append(await inform.start(bench.office, wanted))

    plan = making.counting_areas(bench.target)
    pairs["plan"] = await _both(begin, lambda: _residents(bench).aggregate(plan, index=BY_VILLAGE))
    (informing,) = started
    slices = await bench.stores.slices.all(informing.id)
    pairs["rows"] = await _both(lambda: _make(bench, informing), lambda: _merge(bench, slices))
    everybody = {"a": informing.id}
    await rows.update_all(everybody, {"$set": {"w": bits([Rung.SMS])}}, index=SLICE)  # one channel
    await bench.stores.slices.wake_all(informing.id, due=bench.office.clock.now())
    bare = {"a": informing.id + BARE}
    sent = change_of(_accepted(bench, informing))
    pairs["sends"] = await _both(lambda: _send(bench), lambda: rows.update_all(bare, sent))
    grouped = [
        {"$match": bare},
        {"$group": {"_id": "$v", "n": {"$sum": 1}}},
    ]
    boards = bench.stores.boards
    pairs["board"] = await _both(
        lambda: boards.exactly(informing.id), lambda: rows.aggregate(grouped, index=PLACE)
    )
    pairs["kept"] = await _both(
        lambda: boards.villages(informing.id), lambda: rows.aggregate(grouped, index=PLACE)
    )
    return pairs


async def _both(
    ours: Callable[[], Awaitable[object]], probe: Callable[[], Awaitable[object]]
) -> tuple[float, float]:
    return await seconds(ours), await seconds(probe)


def _residents(bench: Bench):
    return bench.stores.database.collection("residents")


async def _make(bench: Bench, informing: Informing) -> None:
    """Make all rows as workers do, but send nothing."""

    async def worker() -> None:
        office, slices = bench.office, bench.stores.slices
        now = office.clock.now()
        while claimed := await slices.claim(office.ids.new(), lease_s=LEASE_S, now=now):
            await make_rows(office, informing, claimed)
            await slices.give_back(claimed, SliceState.OPEN, due=now + timedelta(hours=1))

    await asyncio.gather(*(worker() for _ in range(WORKERS)))


async def _merge(bench: Bench, slices: list[Slice]) -> None:
    """Make as many rows by `$merge` and nothing else."""
    rest = iter(slices)

    async def worker() -> None:
        for one in rest:
            other = replace(one, informing=one.informing + BARE)
            pipeline = making.from_residents(other, bench.target)
            merge = making.merged(pipeline, COLLECTION, again=False)
            await _residents(bench).aggregate(merge, index=BY_VILLAGE)

    await asyncio.gather(*(worker() for _ in range(WORKERS)))


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


def _measure(
    name: str, took: Made, which: str, *, at_least: float = 0, at_most: float = 0
) -> Measure:
    """Compare speeds where the ratio is to be high, times where it is to be low."""
    pairs = took[which]
    ratio = statistics.median(probe / ours if at_least else ours / probe for ours, probe in pairs)
    ours, probe = pairs[-1]
    detail = f"{ours:.3f} s : {probe:.3f} s"
    return Measure(
        name=name, ratio=ratio, target=at_least or at_most, above=bool(at_least), detail=detail
    )
