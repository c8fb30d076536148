"""Bring a database to the form this code knows: steps in order, then indexes, under one lock."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from bson import ObjectId

from data.civic.errors import Conflict, StoreUnavailable
from data.store.collection import Collection
from data.store.indexes import INDEXES, fingerprint
from data.store.migrations import m0001_first, m0002_question_groups, m0003_rows, m0004_slices
from data.store.mongo import Database

COLLECTION = "schema"
LEASE_S = 30
"""How long the lock holds after its holder was last alive."""
WAIT_S = 120
"""How long another process is waited for."""

Step = Callable[[Database], Awaitable[None]]

STEPS: tuple[tuple[str, Step], ...] = (
    ("m0001_first", m0001_first.apply),
    ("m0002_question_groups", m0002_question_groups.apply),
    ("m0003_rows", m0003_rows.apply),
    ("m0004_slices", m0004_slices.apply),
)
"""In order, never changed once released; the version of a database is how many it has had."""


async def migrate(database: Database) -> list[str]:
    """Take the steps that are missing; tell their names. Idempotent, safe from many processes.

    Raises:
        Conflict: a newer program has changed this database.
        StoreUnavailable: another process has held the lock for too long.
    """
    schema = database.collection(COLLECTION)
    if await _standing(schema) == (len(STEPS), fingerprint()):
        return []
    async with _locked(schema):
        version, _ = await _standing(schema)
        taken = STEPS[version:]
        for done, (_, step) in enumerate(taken, start=version + 1):
            await step(database)
            await _note(schema, {"version": done})
        await _index(database)
        await _note(schema, {"indexes": fingerprint()})
        return [name for name, _ in taken]


async def _standing(schema: Collection) -> tuple[int, str]:
    """Tell the version of the database, and the fingerprint of its indexes."""
    standing = await schema.find_one({"_id": "version"}) or {}
    version = int(standing.get("version", 0))
    if version > len(STEPS):
        raise Conflict(
            f"the database has form {version}, this program knows up to {len(STEPS)}:"
            " start the newer program, or restore the backup made before it"
        )
    return version, str(standing.get("indexes", ""))


async def _note(schema: Collection, what: dict[str, object]) -> None:
    await schema.update({"_id": "version"}, {"$set": what}, upsert=True)


async def _index(database: Database) -> None:
    for name, indexes in INDEXES.items():
        if indexes:
            await database.collection(name).ensure(indexes)


@asynccontextmanager
async def _locked(schema: Collection) -> AsyncIterator[None]:
    holder = ObjectId()
    await _acquire(schema, holder)
    renewing = asyncio.create_task(_renew(schema, holder))
    try:
        yield
    finally:
        renewing.cancel()
        with suppress(asyncio.CancelledError):
            await renewing
        await schema.delete({"_id": "lock", "holder": holder})


async def _acquire(schema: Collection, holder: ObjectId) -> None:
    try:
        async with asyncio.timeout(WAIT_S):
            while not await _take(schema, holder):  # noqa: ASYNC110  (not of this process)
                await asyncio.sleep(0.1)
    except TimeoutError as error:
        raise StoreUnavailable(
            f"another process has been changing the database for {WAIT_S} s: look at its log"
        ) from error


async def _renew(schema: Collection, holder: ObjectId) -> None:
    while True:
        await asyncio.sleep(LEASE_S / 3)
        await _take(schema, holder)


async def _take(schema: Collection, holder: ObjectId) -> bool:
    free = {"$or": [{"$eq": ["$holder", holder]}, {"$lt": ["$until", "$$NOW"]}]}
    lease = {
        "holder": {"$cond": [free, holder, "$holder"]},
        "until": {"$cond": [free, {"$add": ["$$NOW", LEASE_S * 1000]}, "$until"]},
    }
    lock = await schema.take({"_id": "lock"}, [{"$set": lease}], upsert=True)
    return lock is not None and lock["holder"] == holder
