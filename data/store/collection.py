"""One collection, through the few calls that motor and PyMongo's AsyncMongoClient share.

This and `mongo.py` are the only files that talk to motor: leaving it means changing these two
(`docs/adr`, "motor for now"). The driver counts `timeoutMS` from when one of its threads takes
the call, not from when we asked, so the waiting is bounded here once more.
"""

import asyncio
from collections.abc import Awaitable, Mapping, Sequence
from typing import Any, TypeVar

from motor.motor_asyncio import AsyncIOMotorCollection
from pymongo import IndexModel, InsertOne, ReplaceOne, ReturnDocument, UpdateOne
from pymongo.errors import BulkWriteError

from data.store.failures import refused, translated

Document = dict[str, Any]
"""What MongoDB keeps; it becomes a record in `from_document` and goes no further."""

Filter = Mapping[str, Any]
Update = Mapping[str, Any] | Sequence[Mapping[str, Any]]
"""Update operators, or a pipeline (which may ask for the server's time, `$$NOW`)."""
Sort = Sequence[tuple[str, int]]
Write = InsertOne[Document] | UpdateOne | ReplaceOne[Document]

T = TypeVar("T")


class Collection:
    """The calls we use, with our errors and a bounded wait.

    Raises, every method: StoreUnavailable, when the database does not answer or refuses.
    """

    def __init__(
        self, motor: AsyncIOMotorCollection[Document], *, patience_s: float | None
    ) -> None:
        self._motor = motor
        self._patience_s = patience_s

    @property
    def name(self) -> str:
        """Tell the collection's name."""
        return self._motor.name

    async def find_one(self, wanted: Filter, *, but: str | None = None) -> Document | None:
        """Find one document; without the field `but`, if it is named."""
        call = self._motor.find_one(wanted, {but: 0} if but else None)
        return await self._ask("find_one", call)

    async def find(
        self,
        wanted: Filter,
        *,
        limit: int,
        sort: Sort | None = None,
        fields: Sequence[str] | None = None,
        but: str | None = None,
        index: str | None = None,
    ) -> list[Document]:
        """Find at most `limit`; of `fields` only, or all `but` one, along `index`, if given."""
        wished = {but: 0} if but else fields
        cursor = self._motor.find(wanted, wished, sort=sort, limit=limit, hint=index)
        return await self._ask("find", cursor.to_list(limit))

    async def aggregate(
        self, pipeline: Sequence[Mapping[str, Any]], *, index: str | None = None
    ) -> list[Document]:
        """Run a pipeline, along `index` if it is named, and give all that comes out of it."""
        named = {"hint": index} if index else {}
        cursor = self._motor.aggregate(list(pipeline), **named)
        return await self._ask("aggregate", cursor.to_list(None))

    async def insert(self, document: Document) -> None:
        """Insert one document.

        Raises:
            Duplicate: a unique key is taken.
        """
        await self._ask("insert", self._motor.insert_one(document))

    async def replace(self, wanted: Filter, document: Document, *, upsert: bool = False) -> bool:
        """Put `document` in the place of the one that is found; say whether one was.

        Raises:
            Duplicate: with `upsert`, when the id stands but the rest of the filter does not fit.
        """
        call = self._motor.replace_one(wanted, document, upsert=upsert)
        return (await self._ask("replace", call)).matched_count > 0

    async def update(self, wanted: Filter, update: Update, *, upsert: bool = False) -> bool:
        """Change the document that is found; say whether one was."""
        call = self._motor.update_one(wanted, update, upsert=upsert)
        return (await self._ask("update", call)).matched_count > 0

    async def update_all(self, wanted: Filter, update: Update, *, index: str | None = None) -> int:
        """Change every document that is found, along `index` if named; say how many."""
        call = self._motor.update_many(wanted, update, hint=index)
        result = await self._ask("update", call)
        return int(result.modified_count)

    async def take(
        self,
        wanted: Filter,
        update: Update,
        *,
        sort: Sort | None = None,
        upsert: bool = False,
    ) -> Document | None:
        """Change the first document that is found, and give it as it is afterwards."""
        call = self._motor.find_one_and_update(
            wanted, update, sort=sort, upsert=upsert, return_document=ReturnDocument.AFTER
        )
        return await self._ask("take", call)

    async def delete(self, wanted: Filter) -> int:
        """Delete every document that is found; say how many."""
        result = await self._ask("delete", self._motor.delete_many(wanted))
        return int(result.deleted_count)

    async def count(self, wanted: Filter, *, index: str) -> int:
        """Count what is found along `index`."""
        return int(await self._ask("count", self._motor.count_documents(wanted, hint=index)))

    async def write_all(self, writes: Sequence[Write]) -> Mapping[int, int]:
        """Write all, in any order; tell those refused: place in `writes` → MongoDB's error code.

        Raises:
            StoreUnavailable: nothing is known; each may or may not have been written.
        """
        return await self._ask("write", self._written(writes))

    async def insert_all(self, documents: Sequence[Document]) -> Mapping[int, int]:
        """Insert all, in any order; tell those refused: place in `documents` → error code.

        Raises:
            StoreUnavailable: nothing is known; each may or may not have been written.
        """
        return await self._ask("insert", self._inserted(documents))

    async def ensure(self, indexes: Sequence[IndexModel]) -> None:
        """Make the indexes that are not there yet."""
        await self._ask("index", self._motor.create_indexes(list(indexes)))

    async def _written(self, writes: Sequence[Write]) -> Mapping[int, int]:
        try:
            await self._motor.bulk_write(writes, ordered=False)
        except BulkWriteError as error:
            return refused(error)
        return {}

    async def drop_indexes(self) -> None:
        """Take all indexes away but that of `_id`; where nobody reads meanwhile, or it is small."""
        await self._ask("drop indexes", self._motor.drop_indexes())

    async def _inserted(self, documents: Sequence[Document]) -> Mapping[int, int]:
        try:
            await self._motor.insert_many(documents, ordered=False)
        except BulkWriteError as error:
            return refused(error)
        return {}

    async def _ask(self, what: str, call: Awaitable[T]) -> T:
        with translated(f"{what} {self.name}"):
            async with asyncio.timeout(self._patience_s):
                return await call
