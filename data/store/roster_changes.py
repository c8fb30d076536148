"""Changes of the roster that open informings have still to look at: a small outbox.

It is written before the roster is, so that no kill loses it, and falls due once that has ended.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from pymongo import ASCENDING, IndexModel

from data.civic.ids import AreaCode
from data.store.collection import Document
from data.store.mongo import Database

COLLECTION = "roster_changes"
INDEXES = (IndexModel([("due", ASCENDING)], name="due"),)


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterChange:
    """Where people came onto the roster, moved or were given tags; nobody is named."""

    id: str
    areas: tuple[AreaCode, ...]


class RosterChanges:
    """All changes that somebody has still to look at."""

    def __init__(self, database: Database) -> None:
        self._collection = database.collection(COLLECTION)

    async def expect(self, id: str, areas: Collection[AreaCode], *, due: datetime) -> None:  # noqa: A002  (its own word)
        """Note a change, or that it has happened by now and is due. Idempotent."""
        change: Document = {"$set": {"areas": sorted(areas), "due": due}}
        await self._collection.update({"_id": id}, change, upsert=True)

    async def take(self, now: datetime, *, until: datetime) -> RosterChange | None:
        """Take the change that is due longest; nobody else does before `until`."""
        found = await self._collection.take(
            {"due": {"$lte": now}}, {"$set": {"due": until}}, sort=[("due", ASCENDING)]
        )
        if found is None:
            return None
        return RosterChange(id=found["_id"], areas=tuple(map(AreaCode, found["areas"])))

    async def forget(self, id: str) -> None:  # noqa: A002
        """Note that everybody whom it concerned is in the informings. Idempotent."""
        await self._collection.delete({"_id": id})
