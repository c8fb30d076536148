"""Counters: how often something happened in a window of time, the same for every process."""

from datetime import timedelta

from pymongo import ASCENDING, IndexModel

from data.store.mongo import Database

COLLECTION = "counters"

INDEXES = (IndexModel([("until", ASCENDING)], name="purge", expireAfterSeconds=0),)

_RUNNING = {"$gt": ["$until", "$$NOW"]}


class Counters:
    """Counts by key and length of window.

    A window begins with its first hit, and ends by the server's clock.
    """

    def __init__(self, database: Database) -> None:
        self._collection = database.collection(COLLECTION)

    async def hit(self, key: str, *, window: timedelta, by: int = 1) -> int:
        """Count one or `by` more, and tell how many there are in the window that is running."""
        milliseconds = int(window.total_seconds() * 1000)
        counted = await self._collection.take(
            {"_id": _id(key, window)},
            [
                {
                    "$set": {
                        "count": {"$cond": [_RUNNING, {"$add": ["$count", by]}, by]},
                        "until": {"$cond": [_RUNNING, "$until", {"$add": ["$$NOW", milliseconds]}]},
                    }
                }
            ],
            upsert=True,
        )
        return int(counted["count"]) if counted else 0

    async def take_back(self, key: str, *, window: timedelta, by: int = 1) -> None:
        """Take one hit or `by` back, where the window still runs."""
        await self._collection.update(
            {"_id": _id(key, window), "$expr": _RUNNING}, {"$inc": {"count": -by}}
        )

    async def count(self, key: str, *, window: timedelta) -> int:
        """Tell how many there are in the window that is running."""
        found = await self._collection.find_one({"_id": _id(key, window), "$expr": _RUNNING})
        return int(found["count"]) if found else 0


def _id(key: str, window: timedelta) -> str:
    return f"{key}/{window.total_seconds():g}"
