"""Indexes and collections."""

import importlib
import pkgutil

import data.store
from data.store.indexes import INDEXES
from data.store.migrating import COLLECTION as SCHEMA
from data.store.mongo import Database


def test_every_collection_that_a_repository_names_is_declared() -> None:
    modules = [
        importlib.import_module(f"data.store.{found.name}")
        for found in pkgutil.iter_modules(data.store.__path__)
    ]
    named = {one.COLLECTION for one in modules if hasattr(one, "COLLECTION")} - {SCHEMA}
    assert "messages" in named
    assert named <= set(INDEXES)


async def test_every_declared_index_stands(database: Database) -> None:
    for name, indexes in INDEXES.items():
        answer = await database.command({"listIndexes": name})
        standing = {one["name"] for one in answer["cursor"]["firstBatch"]}
        assert standing == {"_id_", *(index.document["name"] for index in indexes)}
