"""Signals: the warnings that were relayed, each with its messages."""

from datetime import datetime

from pymongo import ASCENDING, DESCENDING, IndexModel

from data.civic.warning.drills import is_drill
from data.civic.warning.signals import Signal
from data.store.collection import Document
from data.store.mongo import Database
from data.store.versioned import Versioned

COLLECTION = "signals"

_ENDING = {"next_end": {"$exists": True}}

INDEXES = (
    IndexModel([("drill", ASCENDING), ("until", DESCENDING)], name="until"),
    IndexModel([("next_end", ASCENDING)], name="next_end", partialFilterExpression=_ENDING),
    IndexModel([("begun_at", DESCENDING)], name="newest"),
)


class Signals(Versioned[Signal]):
    """All signals, under `feed/identifier`."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, COLLECTION, Signal)

    async def lasting(self, at: datetime, *, drill: bool, limit: int) -> list[Signal]:
        """List signals that have not ended everywhere, those that last longest first."""
        wanted = {"drill": drill, "until": {"$gt": at}}
        return await self._find(wanted, sort=[("until", DESCENDING)], limit=limit)

    async def ending(self, at: datetime, limit: int) -> list[Signal]:
        """List signals of which a message has ended by itself and nobody has looked yet."""
        wanted = {"next_end": {"$lte": at}}
        return await self._find(wanted, sort=[("next_end", ASCENDING)], limit=limit)

    async def newest(self, limit: int) -> list[Signal]:
        """List signals, the newest first."""
        return await self._find({}, sort=[("begun_at", DESCENDING)], limit=limit)

    def _searched(self, record: Signal) -> Document:
        """Tell the fields to search by."""
        document: Document = {
            "drill": is_drill(record.id),
            "until": record.until,
            "begun_at": record.first.sent,
        }
        if record.next_end is not None:
            document["next_end"] = record.next_end
        return document
