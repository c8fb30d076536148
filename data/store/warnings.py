"""What the feeds brought, every body as it came, with what became of it.

A body may be large (`bot/feeds/tree.py`): lists leave it out, and a change never writes it anew.
"""

from collections.abc import Sequence
from datetime import datetime

from pymongo import ASCENDING, DESCENDING, IndexModel

from data.civic.ids import FeedId
from data.civic.warning import arrivals
from data.civic.warning.arrivals import Arrival
from data.civic.warning.messages import MessageType
from data.civic.warning.verdicts import Verdict
from data.store.collection import Document, Filter, Sort
from data.store.failures import Duplicate
from data.store.mongo import Database
from data.store.versioned import Versioned

COLLECTION = "warnings"

_NEWEST_FIRST = [("received_at", DESCENDING)]
_OLDEST_FIRST = [("received_at", ASCENDING)]
_UNJUDGED = {"unjudged": True}
_WAITING = {"waits_for": {"$exists": True}}
_RAW = "raw"

INDEXES = (
    IndexModel([("holds", ASCENDING)], name="holds", unique=True, sparse=True),
    IndexModel([("feed", ASCENDING), ("identifier", ASCENDING)], name="identifier"),
    IndexModel([("feed", ASCENDING), *_NEWEST_FIRST], name="feed"),
    IndexModel([("verdict", ASCENDING), *_NEWEST_FIRST], name="verdict"),
    IndexModel(_OLDEST_FIRST, name="unjudged", partialFilterExpression=_UNJUDGED),
    IndexModel(_OLDEST_FIRST, name="waiting", partialFilterExpression=_WAITING),
    IndexModel([("feed", ASCENDING), ("waits_for", ASCENDING)], name="waits_for"),
    IndexModel([("refers_to", ASCENDING)], name="refers_to", sparse=True),
)


class Warnings(Versioned[Arrival]):
    """All arrivals, under `feed/digest`."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, COLLECTION, Arrival)

    async def claim(self, arrival: Arrival) -> Arrival | None:
        """Take the identifier for this body; None: another body has it. Idempotent.

        Raises:
            Conflict: somebody else has changed the arrival.
        """
        if arrival.claimed:
            return arrival
        claimed = arrivals.claim(arrival)
        try:
            await self.save(claimed)
        except Duplicate:
            return None
        return claimed

    async def holder(self, feed: FeedId, identifier: str) -> Arrival | None:
        """Find the body that has this identifier."""
        document = await self._collection.find_one({"holds": f"{feed}/{identifier}"})
        return self._from(document) if document else None

    async def applied(self, feed: FeedId, identifiers: Sequence[str]) -> list[Arrival]:
        """Find messages of a feed that have their part in a signal."""
        wanted = {
            "feed": feed,
            "identifier": {"$in": list(identifiers)},
            "verdict": Verdict.APPLIED.value,
        }
        return await self._find(wanted, limit=len(identifiers))

    async def waiting_for(self, feed: FeedId, identifier: str, limit: int) -> list[Arrival]:
        """Find messages that wait for this one."""
        return await self._find({"feed": feed, "waits_for": identifier}, limit=limit)

    async def referring(self, feed: FeedId, identifier: str, limit: int) -> list[Arrival]:
        """Find messages that were applied and refer to this one."""
        return await self._find({"refers_to": f"{feed}/{identifier}"}, limit=limit)

    async def waiting(self, limit: int) -> list[Arrival]:
        """List messages that wait for one they refer to, longest first."""
        return await self._find(_WAITING, sort=_OLDEST_FIRST, limit=limit)

    async def unjudged(self, before: datetime, limit: int) -> list[Arrival]:
        """List what was kept before a moment and never judged: its judge died."""
        wanted = {**_UNJUDGED, "received_at": {"$lt": before}}
        return await self._find(wanted, sort=_OLDEST_FIRST, limit=limit)

    async def held_warnings(self, at: datetime, limit: int) -> list[Arrival]:
        """List what is held and may be a warning: no lift, and not over by then; newest first."""
        ends = [{"message.expires": None}, {"message.expires": {"$gt": at}}]
        wanted = {
            "verdict": Verdict.HELD.value,
            "message.type": {"$ne": MessageType.CANCEL.value},
            "$or": ends,
        }
        return await self._find(wanted, sort=_NEWEST_FIRST, limit=limit)

    async def these(self, ids: Sequence[str]) -> list[Arrival]:
        """Fetch arrivals by their ids."""
        return await self._find({"_id": {"$in": list(ids)}}, limit=len(ids)) if ids else []

    async def with_verdict(self, verdict: Verdict, limit: int) -> list[Arrival]:
        """List arrivals with one verdict, newest first."""
        return await self._find({"verdict": verdict.value}, sort=_NEWEST_FIRST, limit=limit)

    async def of(self, feed: FeedId, limit: int) -> list[Arrival]:
        """List what a feed brought, newest first, with the bodies."""
        wanted = {"feed": feed}
        found = await self._collection.find(wanted, sort=_NEWEST_FIRST, limit=limit)
        return [self._from(one) for one in found]

    async def _find(self, wanted: Filter, *, sort: Sort | None = None, limit: int) -> list[Arrival]:
        """Find arrivals, without their bodies."""
        found = await self._collection.find(wanted, sort=sort, limit=limit, but=_RAW)
        return [self._from(one) for one in found]

    async def _put(self, record: Arrival) -> bool:
        """Write an arrival over the version before it; its body stays as it came."""
        before = {"_id": record.id, "version": record.version - 1}
        written = {"$mergeObjects": [{"$literal": self._to(record)}, {_RAW: f"${_RAW}"}]}
        return await self._collection.update(before, [{"$replaceWith": written}])

    def _searched(self, record: Arrival) -> Document:
        """Tell the fields to search by; one that is not set is not there."""
        document: Document = {"identifier": record.identifier}
        if record.claimed:
            document["holds"] = f"{record.feed}/{record.identifier}"
        if record.judgement is None:
            document["unjudged"] = True
        else:
            document["verdict"] = record.judgement.verdict.value
        if record.waits_for:
            document["waits_for"] = list(record.waits_for)
        if record.signals and record.message and record.message.references:
            refers_to = [f"{record.feed}/{one}" for one in record.message.references]
            document["refers_to"] = refers_to
        return document
