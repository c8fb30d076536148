"""Windows: how many messages a platform still lets us send to each citizen."""

from datetime import datetime

from pymongo import ASCENDING, IndexModel

from data.civic.ids import ConversationId
from data.civic.sending.quotas import Window
from data.store.collection import Document
from data.store.mongo import Database

COLLECTION = "windows"

INDEXES = (IndexModel([("until", ASCENDING)], name="purge", expireAfterSeconds=0),)


class Windows:
    """The newest window of each conversation."""

    def __init__(self, database: Database) -> None:
        self._collection = database.collection(COLLECTION)

    async def opened(self, conversation: ConversationId, window: Window) -> None:
        """Put a new window in the place of the one before. Idempotent."""
        document = to_document(conversation, window)
        await self._collection.replace({"_id": conversation}, document, upsert=True)

    async def spend(self, conversation: ConversationId, now: datetime) -> bool:
        """Take one message from the window; False when it is closed or empty."""
        taken = await self._collection.take(
            {"_id": conversation, "left": {"$gt": 0}, "until": {"$gt": now}},
            {"$inc": {"left": -1}},
        )
        return taken is not None

    async def give_back(self, conversation: ConversationId, opened_until: datetime) -> None:
        """Put a message back that the platform surely has not taken, into the same window."""
        wanted = {"_id": conversation, "until": opened_until}
        await self._collection.update(wanted, {"$inc": {"left": 1}})

    async def close(self, conversation: ConversationId) -> None:
        """Forget the window: the platform says that nothing may be sent. Idempotent."""
        await self._collection.delete({"_id": conversation})

    async def get(self, conversation: ConversationId) -> Window | None:
        """Fetch what is left; None when no window is known."""
        document = await self._collection.find_one({"_id": conversation})
        return from_document(document) if document else None


def to_document(conversation: ConversationId, window: Window) -> Document:
    """Write a window; schema 1."""
    return {"_id": conversation, "left": window.left, "until": window.until}


def from_document(document: Document) -> Window:
    """Read a window; schema 1."""
    return Window(left=document["left"], until=document["until"])
