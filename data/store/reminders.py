"""Reminders of guides whose day comes near: each is made once."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta

from pymongo import ASCENDING, IndexModel, InsertOne

from data.civic.errors import StoreUnavailable
from data.civic.ids import GuideId, StaffId
from data.civic.knowing.upkeep import Due, Reminder, Why
from data.store.collection import Document
from data.store.failures import DUPLICATE_KEY
from data.store.mongo import Database

COLLECTION = "reminders"

INDEXES = (
    IndexModel([("noted_by", ASCENDING), ("day", ASCENDING)], name="open"),
    IndexModel([("until", ASCENDING)], name="purge", expireAfterSeconds=0),
)

KEPT_AFTER = timedelta(days=400)
"""So long after its day a reminder is kept, so that it is not made again."""


class Reminders:
    """All reminders."""

    def __init__(self, database: Database) -> None:
        self._collection = database.collection(COLLECTION)

    async def known(self, ids: Sequence[str]) -> frozenset[str]:
        """Tell which of these have been made."""
        if not ids:
            return frozenset()
        wanted = {"_id": {"$in": list(ids)}}
        found = await self._collection.find(wanted, limit=len(ids), fields=["_id"])
        return frozenset(one["_id"] for one in found)

    async def put(self, reminders: Iterable[Reminder]) -> None:
        """Keep new reminders; one that stands already stays as it is.

        Raises:
            StoreUnavailable: not all could be written; the next round writes the rest.
        """
        writes = [InsertOne(to_document(one)) for one in reminders]
        refused = await self._collection.write_all(writes) if writes else {}
        if set(refused.values()) - {DUPLICATE_KEY}:
            raise StoreUnavailable(f"{COLLECTION}: not all reminders could be written")

    async def open(self, limit: int) -> list[Reminder]:
        """List those that nobody has taken note of, by their day."""
        found = await self._collection.find(
            {"noted_by": None}, sort=[("day", ASCENDING)], limit=limit
        )
        return [from_document(one) for one in found]

    async def get(self, id: str) -> Reminder | None:  # noqa: A002  (the record's own word)
        """Fetch one."""
        found = await self._collection.find_one({"_id": id})
        return from_document(found) if found else None

    async def note(self, id: str, by: StaffId) -> None:  # noqa: A002  (the record's own word)
        """Take note of one; a second person changes nothing."""
        await self._collection.update({"_id": id, "noted_by": None}, {"$set": {"noted_by": by}})


def to_document(one: Reminder) -> Document:
    """Write a reminder; schema 1."""
    day = datetime.combine(one.due.day, time(), tzinfo=UTC)
    return {
        "_id": one.id,
        "guide": one.guide,
        "department": one.department,
        "why": one.due.why.value,
        "day": one.due.day.isoformat(),
        "threshold": one.threshold,
        "made_at": one.made_at,
        "noted_by": one.noted_by,
        "until": day + KEPT_AFTER,
    }


def from_document(document: Document) -> Reminder:
    """Read a reminder; schema 1."""
    return Reminder(
        guide=GuideId(document["guide"]),
        department=document["department"],
        due=Due(why=Why(document["why"]), day=date.fromisoformat(document["day"])),
        threshold=document["threshold"],
        made_at=document["made_at"],
        noted_by=document["noted_by"],
    )
