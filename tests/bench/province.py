"""A made-up province for the bench: a million people in 20,000 villages, on a mongod of 4 GB."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.settings import read_settings
from data.civic.ids import AreaCode
from data.civic.safety.synthetic import division_tree, synthetic_residents
from data.store import embedded
from data.store.migrating import migrate
from data.store.mongo import Database, connect
from data.store.stores import Stores
from tests import builders

PEOPLE = 1_000_000
VILLAGES = division_tree()
CACHE = {"wiredTigerEngineRuntimeConfig": "cache_size=4096M"}
SEED = 7


def counties(count: int) -> tuple[AreaCode, ...]:
    """Name the first counties; each has 500 villages and 25,000 people."""
    return tuple(sorted({AreaCode(village[:6]) for village in VILLAGES}))[:count]


@asynccontextmanager
async def province(people: int = PEOPLE) -> AsyncIterator[Stores]:
    """Have the province for as long as the block lasts: a mongod of its own, thrown away after."""
    with tempfile.TemporaryDirectory(prefix="bianmin-bench-") as home:
        mongod = read_settings().mongod
        async with embedded.running(
            Path(home), mongod=mongod, production=False, parameters=CACHE
        ) as attached:
            database = await connect(attached.uri, name="bench", timeout_ms=None)
            stores = Stores.of(database, builders.seal())
            try:
                await peopled(database, stores, people)
                yield stores
            finally:
                await stores.stop()


async def peopled(database: Database, stores: Stores, people: int) -> None:
    """Bring the database to its form, and enter everybody."""
    await migrate(database)
    refused = await stores.residents.add_all(synthetic_residents(people, SEED))
    assert not refused
    await stores.villages.recount(VILLAGES)
