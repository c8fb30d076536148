"""Leases: one process at a time does a thing; where it dies, another takes over."""

from data.store.mongo import Database

COLLECTION = "leases"
INDEXES = ()

_FREE = {"$lte": ["$until", "$$NOW"]}
"""True also where there is none yet."""


class Leases:
    """Who does what now, by the server's clock."""

    def __init__(self, database: Database) -> None:
        self._collection = database.collection(COLLECTION)

    async def take(self, name: str, holder: str, *, seconds: float) -> bool:
        """Take a lease, or hold it longer; False: another holds it.

        Idempotent: who holds it takes it again.
        """
        mine = {"$or": [_FREE, {"$eq": ["$holder", {"$literal": holder}]}]}
        until = {"$add": ["$$NOW", int(seconds * 1000)]}
        standing = await self._collection.take(
            {"_id": name},
            [
                {
                    "$set": {
                        "holder": {"$cond": [mine, {"$literal": holder}, "$holder"]},
                        "until": {"$cond": [mine, until, "$until"]},
                    }
                }
            ],
            upsert=True,
        )
        return standing is not None and standing["holder"] == holder

    async def give_back(self, name: str, holder: str) -> None:
        """Let another take it at once. Idempotent; what another holds stays."""
        await self._collection.delete({"_id": name, "holder": holder})
