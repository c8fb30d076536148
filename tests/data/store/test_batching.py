"""Group commit."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from pymongo import MongoClient, ReadPreference
from pymongo.read_concern import ReadConcern

from data.civic.errors import BadInput, StoreUnavailable, TooLarge, TooMany
from data.store.batching import BATCH, DOCUMENT_BYTES, GroupCommit
from data.store.collection import Document
from data.store.failures import Duplicate
from data.store.mongo import Database, connect
from data.store.stores import Stores
from tests.conftest import DATABASE
from tests.witness import OWN

NAME = "counters"


@pytest.fixture
async def commit(stores: Stores, database: Database) -> AsyncIterator[GroupCommit]:
    one = GroupCommit(database.collection(NAME))
    yield one
    await one.stop()


@pytest.fixture
async def nowhere() -> AsyncIterator[GroupCommit]:
    """A group commit to a database that is not there."""
    database = await connect("mongodb://127.0.0.1:9", timeout_ms=50)
    one = GroupCommit(database.collection(NAME), most=20)
    yield one
    await one.stop()
    await database.close()


def ids(raw: MongoClient[Document]) -> set[object]:
    """What a majority has in its journals."""
    kept = raw[DATABASE].get_collection(
        NAME, read_concern=ReadConcern("majority"), read_preference=ReadPreference.PRIMARY
    )
    return {one["_id"] for one in kept.find({}, comment=OWN)}


def inserts(raw: MongoClient[Document]) -> int:
    """How many insert commands this collection has been given."""
    totals = raw.admin.command("top")["totals"]
    counted: int = totals[f"{DATABASE}.{NAME}"]["insert"]["count"]
    return counted


async def test_what_is_answered_is_durable(commit: GroupCommit, raw: MongoClient[Document]) -> None:
    for number in range(5):
        await commit.insert({"_id": number})
        assert number in ids(raw)


async def test_writes_that_come_together_are_one_command(
    commit: GroupCommit, raw: MongoClient[Document]
) -> None:
    before = inserts(raw)
    await asyncio.gather(*[commit.insert({"_id": number}) for number in range(200)])
    assert inserts(raw) - before == 1
    assert len(ids(raw)) == 200


async def test_more_than_a_batch_is_written_whole(
    commit: GroupCommit, raw: MongoClient[Document]
) -> None:
    await asyncio.gather(*[commit.insert({"_id": number}) for number in range(2 * BATCH + 1)])
    assert len(ids(raw)) == 2 * BATCH + 1


async def test_each_caller_gets_the_error_that_is_its_own(
    commit: GroupCommit, raw: MongoClient[Document]
) -> None:
    await commit.insert({"_id": "taken"})
    ends = await asyncio.gather(
        commit.insert({"_id": "taken"}),
        commit.insert({"_id": "\ud800"}),
        commit.insert({"_id": "large", "bytes": b"x" * DOCUMENT_BYTES}),
        commit.update({"_id": "taken"}, {"$inc": {"_id": 1}}),
        commit.replace({"_id": "taken", "version": 1}, {"_id": "taken", "version": 2}),
        commit.replace({"_id": "new", "version": 0}, {"_id": "new", "version": 1}),
        commit.insert({"_id": "good"}),
        return_exceptions=True,
    )
    errors = [Duplicate, BadInput, TooLarge, StoreUnavailable, Duplicate, type(None), type(None)]
    assert [type(end) for end in ends] == errors
    assert ids(raw) == {"taken", "new", "good"}


async def test_an_update_changes_what_it_finds_and_nothing_else(
    commit: GroupCommit, raw: MongoClient[Document]
) -> None:
    await commit.insert({"_id": "here"})
    await asyncio.gather(
        commit.update({"_id": "here"}, {"$set": {"seen": True}}),
        commit.update({"_id": "not here"}, {"$set": {"seen": True}}),
    )
    assert list(raw[DATABASE][NAME].find({}, comment=OWN)) == [{"_id": "here", "seen": True}]


async def test_a_caller_who_goes_away_disturbs_nobody(
    commit: GroupCommit, raw: MongoClient[Document]
) -> None:
    going, staying = (asyncio.ensure_future(commit.insert({"_id": name})) for name in "ab")
    await asyncio.sleep(0)
    going.cancel()
    await staying
    assert "b" in ids(raw)


async def test_a_database_that_is_away_is_told_to_each_caller(nowhere: GroupCommit) -> None:
    writes = [nowhere.insert({"_id": number}) for number in range(10)]
    ends = await asyncio.gather(*writes, return_exceptions=True)
    assert {type(end) for end in ends} == {StoreUnavailable}


async def test_beyond_the_bound_callers_are_turned_away_at_once(nowhere: GroupCommit) -> None:
    writes = [nowhere.insert({"_id": number}) for number in range(25)]
    ends = await asyncio.gather(*writes, return_exceptions=True)
    turned = [end for end in ends if isinstance(end, TooMany)]
    assert len(turned) == 5
    assert turned[0].retry_after_s == 1


async def test_at_the_end_what_waits_is_written_and_no_more_is_taken(
    commit: GroupCommit, raw: MongoClient[Document]
) -> None:
    writes = [asyncio.ensure_future(commit.insert({"_id": number})) for number in range(50)]
    await asyncio.sleep(0)
    await commit.stop()
    await commit.stop()
    assert all(write.done() for write in writes)
    assert len(ids(raw)) == 50
    with pytest.raises(StoreUnavailable, match="closing"):
        await commit.insert({"_id": "late"})
