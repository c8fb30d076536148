"""The feeds of warnings that are configured, and when each was last heard."""

from collections.abc import Iterable
from datetime import datetime

from pymongo import ASCENDING, IndexModel

from data.civic.ids import FeedId
from data.civic.warning.feeds import Feed, FeedState
from data.store.mongo import Database
from data.store.records import read, write

COLLECTION = "feeds"
MOST = 100

INDEXES = (IndexModel([("configured", ASCENDING)], name="configured"),)


class Feeds:
    """All feeds, under their names."""

    def __init__(self, database: Database) -> None:
        self._collection = database.collection(COLLECTION)

    async def configure(self, feeds: Iterable[Feed], at: datetime) -> None:
        """Let these feeds be the configured ones. Idempotent; when each was heard is kept."""
        names = []
        for feed in feeds:
            names.append(feed.id)
            await self._collection.update(
                {"_id": feed.id},
                {
                    "$set": {"feed": write(feed), "configured": True},
                    "$setOnInsert": {"since": at, "last_heard": None},
                },
                upsert=True,
            )
        gone = {"configured": True, "_id": {"$nin": names}}
        await self._collection.update_all(gone, {"$set": {"configured": False}})

    async def heard(self, feed: FeedId, at: datetime) -> None:
        """Note that a feed was heard; an earlier moment changes nothing."""
        await self._collection.update({"_id": feed}, {"$max": {"last_heard": at}})

    async def get(self, feed: FeedId) -> FeedState | None:
        """Fetch a configured feed by its name."""
        document = await self._collection.find_one({"_id": feed, "configured": True})
        return read(FeedState, document) if document else None

    async def configured(self) -> list[FeedState]:
        """List the configured feeds."""
        found = await self._collection.find({"configured": True}, limit=MOST)
        return [read(FeedState, one) for one in found]
