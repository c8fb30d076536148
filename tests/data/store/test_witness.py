"""The witness does what the other tests rely on: no query without an index gets past it."""

from collections.abc import Callable
from typing import Any

import pytest
from pymongo import MongoClient

from data.store.collection import Document
from data.store.stores import Stores
from tests import builders
from tests.conftest import WITNESS, explained
from tests.witness import faults, outline

Command = dict[str, Any]


@pytest.fixture
def wrong(stores: Stores, raw: MongoClient[Document]) -> Callable[[Command], set[str]]:
    return lambda command: faults(explained(raw, command))


UNSERVED = {
    "a find by a field without index": (
        {"find": "tickets", "filter": {"text": "x"}},
        "COLLSCAN",
    ),
    "a sort in memory": (
        {"find": "tickets", "filter": {"message": "m"}, "sort": {"result": 1}},
        "SORT",
    ),
    "an update by a field without index": (
        {"update": "outbox", "updates": [{"q": {"error": "x"}, "u": {"$set": {"a": 1}}}]},
        "COLLSCAN",
    ),
    "a delete of everything": (
        {"delete": "windows", "deletes": [{"q": {}, "limit": 0}]},
        "COLLSCAN",
    ),
    "a claim outside its partial index": (
        {"findAndModify": "outbox", "query": {"due": 1}, "update": {"$set": {"a": 1}}},
        "COLLSCAN",
    ),
    "a collection nobody declared": ({"find": "nowhere", "filter": {"_id": 1}}, "EOF"),
    "a count of everything": (
        {"aggregate": "audit", "pipeline": [{"$match": {}}, {"$count": "n"}], "cursor": {}},
        "COLLSCAN",
    ),
}


@pytest.mark.parametrize(("command", "fault"), UNSERVED.values(), ids=UNSERVED.keys())
def test_a_bad_query_is_named(
    wrong: Callable[[Command], set[str]], command: Command, fault: str
) -> None:
    assert fault in wrong(command)


def test_a_good_query_is_not(wrong: Callable[[Command], set[str]]) -> None:
    assert wrong({"find": "tickets", "filter": {"message": "m"}}) == set()


async def test_a_query_is_seen_whoever_sends_it(stores: Stores) -> None:
    await stores.windows.spend(builders.citizen().id, builders.now())
    assert any(one.startswith("findAndModify windows") for one in WITNESS.seen())


async def test_the_writes_of_a_batch_are_seen_one_by_one(stores: Stores) -> None:
    message = builders.message()
    await stores.messages.finish(message.id, masked="", reply=builders.reply(), at=builders.now())
    assert any(one.startswith("update messages") for one in WITNESS.seen())


def test_the_same_question_with_other_values_looks_the_same() -> None:
    one = {"find": "tickets", "filter": {"_id": {"$in": [1, 2]}}}
    other = {"find": "tickets", "filter": {"_id": {"$in": [3]}}}
    assert outline(one) == outline(other)
    assert outline(one) != outline({"find": "tickets", "filter": {"text": 1}})
