"""News that people are to be told: a small outbox between the acts and the informing."""

from datetime import datetime

from pymongo import ASCENDING, IndexModel

from data.civic.warning.telling import ToInform
from data.store.collection import Document
from data.store.failures import Duplicate
from data.store.mongo import Database
from data.store.records import read, write

COLLECTION = "to_inform"

_WAITING = {"waiting": True}

INDEXES = (
    IndexModel([("at", ASCENDING)], name="waiting", partialFilterExpression=_WAITING),
    IndexModel([("subject", ASCENDING), ("at", ASCENDING)], name="subject"),
)


class ToInformBox:
    """All news, under `kind/subject/source`."""

    def __init__(self, database: Database) -> None:
        self._collection = database.collection(COLLECTION)

    async def add(self, news: ToInform) -> None:
        """Keep news. Idempotent by its id: what stands is not changed, nor planned again."""
        document: Document = {"_id": news.id, **write(news), "waiting": True}
        try:
            await self._collection.insert(document)
        except Duplicate:
            return

    async def get(self, id: str) -> ToInform | None:  # noqa: A002  (its own word)
        """Fetch news by its id."""
        document = await self._collection.find_one({"_id": id})
        return read(ToInform, document) if document else None

    async def waiting(self, limit: int) -> list[ToInform]:
        """List news that nobody has planned yet, oldest first."""
        found = await self._collection.find(_WAITING, sort=[("at", ASCENDING)], limit=limit)
        return [read(ToInform, one) for one in found]

    async def about(self, subject: str, limit: int) -> list[ToInform]:
        """List what was to be told of one signal, response, order, return or notice."""
        found = await self._collection.find(
            {"subject": subject}, sort=[("at", ASCENDING)], limit=limit
        )
        return [read(ToInform, one) for one in found]

    async def planned(self, id: str, at: datetime) -> None:  # noqa: A002
        """Note that the informing has taken news up. Idempotent."""
        taken = {"$set": {"planned_at": at}, "$unset": {"waiting": ""}}
        await self._collection.update({"_id": id, **_WAITING}, taken)
