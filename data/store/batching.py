"""Group commit: many small writes become one, and each is answered only when it is durable."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import bson
from pymongo import InsertOne, ReplaceOne, UpdateOne

from data.civic.errors import BianminError, StoreUnavailable, TooLarge, TooMany
from data.store.collection import Collection, Document, Filter, Update, Write
from data.store.failures import DUPLICATE_KEY, Duplicate, translated

LINGER_S = 0.002
"""How long the first write of a batch waits for others; never more than 0.02.

Measured 2026-11-21, 64 walks side by side: 0, 2, 5, 10, 20 ms give 1276, 1338, 1200, 953, 615
walks a second for the same processor time, because what comes while a batch is under way waits
for the next one anyhow.
"""
BATCH = 1_000
"""Most writes of one batch."""
WAITING = 10_000
"""Most writes that may wait; beyond, callers are turned away at once."""
DOCUMENT_BYTES = 1 << 20
"""Largest write: one of them must not hold up the others."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    write: Write
    answered: "asyncio.Future[None]"


class GroupCommit:
    """Collects the writes to one collection while the batch before is under way.

    MongoDB says of a batch only which writes were *refused*, not which found their document.
    So a write with a condition is put as an upsert: where the condition does not hold, it meets
    its own `_id` and is refused as `Duplicate`.
    """

    def __init__(
        self, collection: Collection, *, linger_s: float = LINGER_S, most: int = WAITING
    ) -> None:
        self._collection = collection
        self._linger_s = linger_s
        self._most = most
        self._waiting: list[_Waiting] = []
        self._full = asyncio.Event()
        self._writer: asyncio.Task[None] | None = None
        self._stopped = False

    async def insert(self, document: Document) -> None:
        """Insert a document.

        Raises:
            Duplicate: a unique key is taken.
        """
        await self._write(InsertOne(document), _measured(document))

    async def replace(self, wanted: Filter, document: Document) -> None:
        """Put `document`, whose `_id` is in `wanted`, in the place of what is found, or insert it.

        Raises:
            Duplicate: the `_id` stands, but the rest of `wanted` does not fit.
        """
        write = ReplaceOne(wanted, document, upsert=True)
        await self._write(write, _measured(document) + _measured(wanted))

    async def update(self, wanted: Filter, update: Update, *, upsert: bool = False) -> None:
        """Change the document that is found; where none is, nothing happens, or it is inserted.

        Raises:
            Duplicate: with `upsert`, when the `_id` stands but the rest of `wanted` does not fit.
        """
        write = UpdateOne(wanted, update, upsert=upsert)
        await self._write(write, _measured({"update": update}) + _measured(wanted))

    async def update_each(self, changes: Sequence[tuple[Filter, Update]]) -> None:
        """Change one document for each filter; all go together, and are answered together."""
        writes = [
            (UpdateOne(wanted, update), _measured({"update": update}) + _measured(wanted))
            for wanted, update in changes
        ]
        await asyncio.gather(*[self._put(*write) for write in writes])

    async def stop(self) -> None:
        """Write what waits, and take no more; a second call does nothing."""
        self._stopped = True
        self._full.set()
        if self._writer is not None:
            await self._writer

    async def _write(self, write: Write, size: int) -> None:
        await self._put(write, size)

    def _put(self, write: Write, size: int) -> "asyncio.Future[None]":
        if self._stopped:
            raise StoreUnavailable(f"{self._collection.name}: the store is closing")
        if len(self._waiting) >= self._most:
            raise TooMany(f"{self._collection.name}: too many writes wait", retry_after_s=1)
        if size > DOCUMENT_BYTES:
            raise TooLarge(f"{self._collection.name}: a write of {size} bytes is too large")
        waiting = _Waiting(write, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        if len(self._waiting) >= BATCH:
            self._full.set()
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write_all())
        return waiting.answered

    async def _write_all(self) -> None:
        while self._waiting:
            await self._linger()
            batch, self._waiting = self._waiting[:BATCH], self._waiting[BATCH:]
            if len(self._waiting) < BATCH and not self._stopped:
                self._full.clear()
            await self._commit(batch)

    async def _linger(self) -> None:
        try:
            async with asyncio.timeout(self._linger_s):
                await self._full.wait()
        except TimeoutError:
            return

    async def _commit(self, batch: list[_Waiting]) -> None:
        error: BianminError = StoreUnavailable(f"{self._collection.name}: the write was cut short")
        try:
            refused = await self._collection.write_all([one.write for one in batch])
            for place, one in enumerate(batch):
                _answer(one, refused.get(place), self._collection.name)
        except BianminError as known:
            error = known
        finally:  # nobody waits for ever, whatever happened
            _answer_rest(batch, error)


def _measured(document: Mapping[str, object]) -> int:
    """Tell the size; what cannot be stored fails here, before it can spoil a batch."""
    with translated("write"):
        return len(bson.encode(document))


def _answer(waiting: _Waiting, code: int | None, name: str) -> None:
    if waiting.answered.done():  # the caller has gone
        return
    match code:
        case None:
            waiting.answered.set_result(None)
        case _ if code == DUPLICATE_KEY:
            waiting.answered.set_exception(Duplicate(f"write {name}: this key is taken"))
        case _:
            waiting.answered.set_exception(StoreUnavailable(f"write {name}: refused with {code}"))


def _answer_rest(batch: list[_Waiting], error: BianminError) -> None:
    for one in batch:
        if not one.answered.done():
            one.answered.set_exception(type(error)(str(error)))
