"""Claim slices without reading those that are held: the index for it has another form."""

from data.store import slices
from data.store.mongo import Database


async def apply(database: Database) -> None:
    """Drop the index that nothing is found along any more; what is missing is made next.

    Idempotent. There are a few hundred slices of an informing: nobody waits for it.
    """
    await database.collection(slices.COLLECTION).drop_indexes()
