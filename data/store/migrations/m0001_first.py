"""Make the collections, so that the first queries find their indexes and no races make them."""

from data.store.indexes import INDEXES
from data.store.mongo import Database


async def apply(database: Database) -> None:
    """Make every collection that is not there yet. Idempotent."""
    standing = set(await database.collections())
    for name in INDEXES:
        if name not in standing:
            await database.command({"create": name})
