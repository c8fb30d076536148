"""A made-up province for the bench: a million people in 20,000 villages, on a mongod of 4 GB.

It is made once under the bench's home and kept: every part, and every later run, finds it there.
What a run writes about warnings is thrown away before the next.
"""

import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from rich.console import Console
from rich.progress import Progress

from bot.settings import read_settings
from data.civic.ids import AreaCode
from data.civic.safety.synthetic import division_tree, synthetic_grids, synthetic_residents
from data.store import (
    boards,
    citizens,
    embedded,
    grids,
    informings,
    leases,
    rows,
    sends,
    slices,
    to_inform,
)
from data.store.migrating import migrate
from data.store.mongo import Database, connect
from data.store.stores import Stores
from tests import builders

PEOPLE = 1_000_000
VILLAGES = division_tree()
CACHE = {"setParameter": 1, "wiredTigerEngineRuntimeConfig": "cache_size=4096M"}
"""Known to a running server only, not to its start line."""
SEED = 7
AT_ONCE = 1_000
"""Villages counted between two looks at the progress."""

MADE = "bench_province"
"""Where it is noted that everybody has been entered."""
OF_WARNINGS = (informings, slices, rows, sends, boards, leases, to_inform, citizens)


def counties(count: int) -> tuple[AreaCode, ...]:
    """Name the first counties; each has 500 villages and 25,000 people."""
    return tuple(sorted({AreaCode(village[:6]) for village in VILLAGES}))[:count]


@asynccontextmanager
async def province(people: int = PEOPLE) -> AsyncIterator[Stores]:
    """Have the province for as long as the block lasts, without what earlier runs have written."""
    async with joined(people) as stores:
        await _peopled(stores, people)
        await _swept(stores.database)
        yield stores


@asynccontextmanager
async def joined(people: int = PEOPLE) -> AsyncIterator[Stores]:
    """Join the mongod of the province, or start it: a second process sees the same."""
    settings = read_settings()
    home = settings.home.resolve() / "bench" / f"province-{people}"
    home.mkdir(parents=True, exist_ok=True)
    async with embedded.running(home, mongod=settings.mongod, production=False) as attached:
        database = await connect(attached.uri, name="bench", timeout_ms=None)
        stores = Stores.of(database, builders.seal())
        try:
            await database.beside("admin").command(CACHE)
            yield stores
        finally:
            await stores.stop()


async def _peopled(stores: Stores, people: int) -> None:
    """Bring the database to its form, and enter everybody who is not entered yet."""
    await migrate(stores.database)
    made = stores.database.collection(MADE)
    if await made.find_one({"_id": SEED, "people": people}):
        return
    start = time.perf_counter()
    await stores.database.command({"dropDatabase": 1})  # somebody may have broken off
    await migrate(stores.database)
    with Progress(console=Console(stderr=True)) as bar:
        entering = bar.add_task(f"entering {people:,} people, once", total=people)
        await stores.residents.fill(
            synthetic_residents(people, SEED),
            tell=lambda done: bar.update(entering, completed=done),
        )
        await _guarded(stores.database)
        counting = bar.add_task(f"counting {len(VILLAGES):,} villages", total=len(VILLAGES))
        for at in range(0, len(VILLAGES), AT_ONCE):
            await stores.villages.recount(VILLAGES[at : at + AT_ONCE])
            bar.update(counting, completed=at + AT_ONCE)
    await made.update({"_id": SEED}, {"$set": {"people": people}}, upsert=True)
    sys.stderr.write(f"made in {time.perf_counter() - start:.0f} s\n")


async def _guarded(database: Database) -> None:
    """Have somebody answer for every village."""
    documents = [grids.grid_to_document(one) for one in synthetic_grids(VILLAGES)]
    for at in range(0, len(documents), AT_ONCE):
        await database.collection(grids.COLLECTION).insert_all(documents[at : at + AT_ONCE])


async def _swept(database: Database) -> None:
    """Throw away what earlier runs have written."""
    for module in OF_WARNINGS:
        await database.collection(module.COLLECTION).delete({})
