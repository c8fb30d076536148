"""Bringing a database to the form that the code knows."""

import asyncio
import pkgutil
from collections.abc import AsyncIterator

import pytest
from pymongo import MongoClient

from data.civic.errors import Conflict
from data.store import migrations
from data.store.collection import Document
from data.store.indexes import INDEXES
from data.store.migrating import COLLECTION, STEPS, migrate
from data.store.mongo import Database, connect
from tests.conftest import DATABASE
from tests.witness import OWN

NAME = f"{DATABASE}-new"
STEP_NAMES = [name for name, _ in STEPS]


@pytest.fixture
async def empty(mongod_uri: str, raw: MongoClient[Document]) -> AsyncIterator[Database]:
    raw.drop_database(NAME, comment=OWN)
    database = await connect(mongod_uri, name=NAME, timeout_ms=None)
    yield database
    await database.close()
    raw.drop_database(NAME, comment=OWN)


async def test_an_empty_database_is_brought_up_once(empty: Database) -> None:
    assert await migrate(empty) == STEP_NAMES
    assert set(await empty.collections()) == {COLLECTION, *INDEXES}
    assert await migrate(empty) == []


async def test_of_many_processes_that_start_at_once_one_does_it(empty: Database) -> None:
    taken = await asyncio.gather(*[migrate(empty) for _ in range(6)])
    assert sorted(taken, key=len)[-1] == STEP_NAMES
    assert sum(map(len, taken)) == len(STEP_NAMES)


async def test_an_index_that_went_missing_comes_back(
    empty: Database, raw: MongoClient[Document]
) -> None:
    await migrate(empty)
    raw[NAME]["tickets"].drop_index("message")
    raw[NAME][COLLECTION].update_one(
        {"_id": "version"}, {"$set": {"indexes": "others"}}, comment=OWN
    )
    assert await migrate(empty) == []
    assert "message" in raw[NAME]["tickets"].index_information()


async def test_slices_of_a_database_from_before_lose_the_index_they_had(
    empty: Database, raw: MongoClient[Document]
) -> None:
    await migrate(empty)
    raw[NAME]["slices"].create_index([("urgent", 1), ("due", 1)], name="due", comment=OWN)
    raw[NAME][COLLECTION].update_one({"_id": "version"}, {"$set": {"version": 3}}, comment=OWN)
    assert await migrate(empty) == ["m0004_slices"]
    assert set(raw[NAME]["slices"].index_information()) == {"_id_", "claim"}


async def test_a_newer_database_is_refused(empty: Database, raw: MongoClient[Document]) -> None:
    await migrate(empty)
    raw[NAME][COLLECTION].update_one({"_id": "version"}, {"$inc": {"version": 1}}, comment=OWN)
    with pytest.raises(Conflict, match="start the newer program"):
        await migrate(empty)


async def test_a_lock_whose_holder_died_is_taken_over(
    empty: Database, raw: MongoClient[Document]
) -> None:
    dead = {"$set": {"holder": "dead", "until": {"$subtract": ["$$NOW", 1]}}}
    raw[NAME][COLLECTION].update_one({"_id": "lock"}, [dead], upsert=True, comment=OWN)
    assert await migrate(empty) == STEP_NAMES


def test_every_step_that_lies_there_is_taken_in_order() -> None:
    assert sorted(found.name for found in pkgutil.iter_modules(migrations.__path__)) == STEP_NAMES
