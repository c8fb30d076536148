"""The log of messages: each claimed once, finished once, and shown as history."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bson import Binary, Timestamp
from pymongo import ASCENDING, DESCENDING, IndexModel

from data.civic.errors import BadInput
from data.civic.ids import ConversationId, MessageId, StaffId
from data.civic.ports import Seal
from data.civic.talk.messages import Message, MessageKind, Reply
from data.store import replies
from data.store.batching import GroupCommit
from data.store.collection import Document
from data.store.conversations import key_from_document, key_to_document
from data.store.failures import Duplicate
from data.store.mongo import Database

COLLECTION = "messages"
KEPT = timedelta(days=30)
"""How long words are kept, masked as they are."""

CLAIMED, FINISHED, SAID, UNREADABLE = "claimed", "finished", "said", "unreadable"

_SHOWN = {"$in": [FINISHED, SAID]}
_SERVER_TIME = Timestamp(0, 0)
"""The server puts its own time in the place of this, in an insert."""
_LEASE_RAN_OUT = {
    "$lt": [{"$add": [{"$toDate": "$claimed_at"}, "$lease_ms"]}, "$$NOW"],
}
_FREE = [{"state": CLAIMED, "$expr": _LEASE_RAN_OUT}, {"state": UNREADABLE}]
_SET_ASIDE = {
    "state": UNREADABLE,
    "purge_at": {"$dateAdd": {"startDate": "$$NOW", "unit": "day", "amount": KEPT.days}},
}

INDEXES = (
    IndexModel(
        [("conversation", ASCENDING), ("at", DESCENDING)],
        name="history",
        partialFilterExpression={"state": _SHOWN},
    ),
    IndexModel(
        [("claimed_at", ASCENDING)], name="open", partialFilterExpression={"state": CLAIMED}
    ),
    IndexModel([("purge_at", ASCENDING)], name="purge", expireAfterSeconds=0),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mine:
    """The message is yours to walk, until the lease runs out."""

    again: bool = field(default=False, compare=False)
    """Another walker had it before and has died, somewhere on the way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InFlight:
    """Somebody else is walking it right now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """It was answered already, with this."""

    reply: Reply


Claim = Mine | InFlight | Finished


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a conversation's history, in masked words."""

    message_id: MessageId
    at: datetime
    text: str = field(repr=False)
    reply: Reply | None = None
    """What the assistant answered; None of what staff said."""
    staff: StaffId | None = None
    """Who said it; None: the citizen."""


class MessageLog:
    """Every message, and what was answered."""

    def __init__(self, database: Database, seal: Seal) -> None:
        self._collection = database.collection(COLLECTION)
        self._commit = GroupCommit(self._collection)
        self._seal = seal

    async def claim(self, message: Message, *, lease_s: float) -> Claim:
        """Take a message in hand. Group-committed.

        Idempotent: of all who claim one message, one is told `Mine`; after the lease has run
        out (by the server's clock), one more. One that was set aside begins anew with its words.
        """
        try:
            await self._commit.insert(self._claimed(message, lease_s))
        except Duplicate:
            return await self._claim_again(message, lease_s)
        return Mine()

    async def finish(self, id: MessageId, *, masked: str, reply: Reply, at: datetime) -> None:  # noqa: A002
        """Note the answer, and forget the words as they were sent. Group-committed.

        Idempotent: of two who finish one message, the first counts.
        """
        await self._commit.update(
            {"_id": id, "state": CLAIMED},
            {
                "$set": {
                    "state": FINISHED,
                    "text": masked,
                    "reply": replies.to_document(reply),
                    "at": at,
                    "purge_at": at + KEPT,
                },
                "$unset": {"sealed": "", "claimed_at": "", "lease_ms": ""},
            },
        )

    async def abandoned(self, limit: int) -> list[Message]:
        """List messages whose walker died: claim and walk them again."""
        found = await self._collection.find(
            {"state": CLAIMED, "$expr": _LEASE_RAN_OUT},
            sort=[("claimed_at", ASCENDING)],
            limit=limit,
        )
        opened = [await self._opened(one) for one in found]
        return [message for message in opened if message is not None]

    async def staff_said(
        self,
        conversation: ConversationId,
        *,
        staff: StaffId,
        text: str,
        at: datetime,
        id: str,  # noqa: A002
    ) -> None:
        """Keep what staff said, in masked words. Idempotent by `id`."""
        said = {
            "_id": id,
            "state": SAID,
            "conversation": conversation,
            "staff": staff,
            "text": text,
            "at": at,
            "purge_at": at + KEPT,
        }
        await self._commit.replace({"_id": id}, said)

    async def history(
        self, conversation: ConversationId, *, before: datetime | None, limit: int
    ) -> list[Line]:
        """List the newest lines, before a moment if one is given; newest last."""
        wanted: dict[str, Any] = {"conversation": conversation, "state": _SHOWN}
        if before is not None:
            wanted["at"] = {"$lt": before}
        found = await self._collection.find(wanted, sort=[("at", DESCENDING)], limit=limit)
        return [line_from_document(one) for one in reversed(found)]

    async def latest_texts(self, limit: int) -> list[str]:
        """List what citizens said last, masked, the newest first; nobody is named.

        Walks along `purge`: it is the order in which messages were finished.
        """
        found = await self._collection.find(
            {"state": FINISHED, "kind": MessageKind.TEXT.value},
            sort=[("purge_at", DESCENDING)],
            limit=limit,
            fields=["text"],
        )
        return [str(one["text"]) for one in found]

    async def stop(self) -> None:
        """Write what waits to be written."""
        await self._commit.stop()

    def _claimed(self, message: Message, lease_s: float) -> Document:
        sealed = self._seal.encrypt(message.text, bound_to=message.id)
        return {
            **to_document(message, sealed=sealed),
            "state": CLAIMED,
            "claimed_at": _SERVER_TIME,
            "lease_ms": _lease_ms(lease_s),
        }

    async def _claim_again(self, message: Message, lease_s: float) -> Claim:
        sealed = self._seal.encrypt(message.text, bound_to=message.id)
        taken = await self._collection.take(
            {"_id": message.id, "$or": _FREE},
            {
                "$currentDate": {"claimed_at": {"$type": "timestamp"}},
                "$set": {
                    "state": CLAIMED,
                    "sealed": Binary(sealed),
                    "lease_ms": _lease_ms(lease_s),
                },
                "$unset": {"purge_at": ""},
            },
        )
        if taken is not None:
            return Mine(again=True)
        standing = await self._collection.find_one({"_id": message.id})
        if standing is None or standing["state"] != FINISHED:
            return InFlight()
        return Finished(reply=replies.from_document(standing["reply"]))

    async def _opened(self, document: Document) -> Message | None:
        try:
            text = self._seal.decrypt(document["sealed"], bound_to=document["_id"])
        except BadInput:
            # The key that sealed it is gone: set it aside, or it is tried for ever.
            await self._collection.update({"_id": document["_id"]}, [{"$set": _SET_ASIDE}])
            return None
        return from_document(document, text=text)


def _lease_ms(lease_s: float) -> int:
    """Tell the length of a lease: the server's timestamp has whole seconds, so one is added."""
    return int(lease_s * 1000) + 1000


def to_document(message: Message, *, sealed: bytes) -> Document:
    """Write a message whose words are sealed; schema 1."""
    return {
        "_id": message.id,
        "conversation": message.conversation.id,
        "key": key_to_document(message.conversation),
        "kind": message.kind.value,
        "sealed": Binary(sealed),
        "event": message.event,
        "sent_at": message.sent_at,
        "care": message.care,
        "place": message.place,
    }


def from_document(document: Mapping[str, Any], *, text: str) -> Message:
    """Read a message, given its opened words; schema 1."""
    return Message(
        id=document["_id"],
        conversation=key_from_document(document["key"]),
        kind=MessageKind(document["kind"]),
        text=text,
        event=document["event"],
        sent_at=document["sent_at"],
        care=document["care"],
        place=document["place"],
    )


def line_from_document(document: Document) -> Line:
    """Read one line of a history; schema 1."""
    reply = document.get("reply")
    return Line(
        message_id=document["_id"],
        at=document["at"],
        text=document["text"],
        reply=replies.from_document(reply) if reply else None,
        staff=document.get("staff"),
    )
