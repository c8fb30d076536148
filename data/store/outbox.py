"""The outbox: deliveries that wait, are being sent, or have come to an end."""

from datetime import datetime, timedelta
from typing import Any

from pymongo import ASCENDING, DESCENDING, IndexModel

from data.civic.ids import ConversationId
from data.civic.sending.deliveries import Delivery, DeliveryState
from data.store.batching import GroupCommit
from data.store.collection import Document
from data.store.conversations import key_from_document, key_to_document
from data.store.failures import Duplicate
from data.store.mongo import Database

COLLECTION = "outbox"
KEPT = timedelta(days=30)
"""How long a delivery is shown after it was made."""

_QUEUED = {"state": DeliveryState.QUEUED.value}
_SENDING = {"state": DeliveryState.SENDING.value}
_OPEN = [DeliveryState.SENDING.value, DeliveryState.UNKNOWN.value]
_DUE = [("due", ASCENDING)]

INDEXES = (
    IndexModel(_DUE, name="due", partialFilterExpression=_QUEUED),
    IndexModel([("lease_until", ASCENDING)], name="leases", partialFilterExpression=_SENDING),
    IndexModel([("conversation", ASCENDING), ("created_at", DESCENDING)], name="conversation"),
    IndexModel([("purge_at", ASCENDING)], name="purge", expireAfterSeconds=0),
)


class Outbox:
    """What is to be sent, by whichever worker is free."""

    def __init__(self, database: Database) -> None:
        self._collection = database.collection(COLLECTION)
        self._commit = GroupCommit(self._collection)

    async def put(self, delivery: Delivery) -> None:
        """Queue a delivery. Group-committed. Idempotent by its id: the first one stands."""
        try:
            await self._commit.insert(to_document(delivery))
        except Duplicate:
            return

    async def claim(self, *, lease_s: float, now: datetime | None = None) -> Delivery | None:
        """Take the delivery that has been due longest, to send it; None when none is due.

        It is due by `now`, or else by the server's clock; the lease runs by the server's.
        """
        due = {"$lte": ["$due", "$$NOW" if now is None else now]}
        taken = await self._collection.take(
            {**_QUEUED, "$expr": due}, [{"$set": _sending(lease_s)}], sort=_DUE
        )
        return from_document(taken) if taken else None

    async def settle(self, delivery: Delivery) -> None:
        """Write what became of a delivery that was being sent.

        Idempotent: one that has come to an end stays as it is.
        """
        await self._collection.replace(
            {"_id": delivery.id, "state": {"$in": _OPEN}}, to_document(delivery)
        )

    async def lost(self) -> int:
        """Name as `UNKNOWN` what was being sent when its worker died; say how many."""
        return await self._collection.update_all(
            {**_SENDING, "$expr": {"$lt": ["$lease_until", "$$NOW"]}},
            {"$set": {"state": DeliveryState.UNKNOWN.value, "error": "the worker died"}},
        )

    async def of(self, conversation: ConversationId, limit: int) -> list[Delivery]:
        """List what was to be sent to one citizen, newest first."""
        found = await self._collection.find(
            {"conversation": conversation}, sort=[("created_at", DESCENDING)], limit=limit
        )
        return [from_document(one) for one in found]

    async def oldest_due(self) -> datetime | None:
        """Tell since when the queue has been waiting: the earliest due time; None if empty."""
        found = await self._collection.find(_QUEUED, sort=_DUE, limit=1)
        return found[0]["due"] if found else None

    async def stop(self) -> None:
        """Write what waits to be written."""
        await self._commit.stop()


def to_document(delivery: Delivery) -> Document:
    """Write a delivery; schema 1."""
    return {
        "_id": delivery.id,
        "conversation": delivery.conversation,
        "to": key_to_document(delivery.to),
        "answers": delivery.answers,
        "text": delivery.text,
        "created_at": delivery.created_at,
        "state": delivery.state.value,
        "attempts": delivery.attempts,
        "due_at": delivery.due_at,
        "due": delivery.due_at or delivery.created_at,
        "error": delivery.error,
        "purge_at": delivery.created_at + KEPT,
    }


def from_document(document: Document) -> Delivery:
    """Read a delivery; schema 1."""
    return Delivery(
        id=document["_id"],
        to=key_from_document(document["to"]),
        answers=document["answers"],
        text=document["text"],
        created_at=document["created_at"],
        state=DeliveryState(document["state"]),
        attempts=document["attempts"],
        due_at=document["due_at"],
        error=document["error"],
    )


def _sending(lease_s: float) -> dict[str, Any]:
    return {
        "state": DeliveryState.SENDING.value,
        "lease_until": {"$add": ["$$NOW", int(lease_s * 1000)]},
    }
