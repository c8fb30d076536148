"""Conversations: what is remembered of each, replaced at the version that was read."""

from datetime import timedelta

from pymongo import ASCENDING, DESCENDING, IndexModel

from data.civic.errors import Conflict
from data.civic.ids import ConversationId, MessageId
from data.civic.labels import Channel
from data.civic.talk.conversations import (
    Attention,
    Awaited,
    Conversation,
    ConversationKey,
    Topic,
)
from data.civic.talk.messages import Message, Reply
from data.store import replies
from data.store.batching import GroupCommit
from data.store.collection import Document
from data.store.failures import Duplicate
from data.store.mongo import Database
from data.store.options import option_from_document, option_to_document

COLLECTION = "conversations"
KEPT = timedelta(days=180)
"""After so long without a word a conversation is forgotten."""

ANSWERS_KEPT = 3
"""So many answers are kept beside the conversation that they have moved."""

_ATTENDED = {"attention": {"$in": [Attention.WAITING.value, Attention.HUMAN.value]}}
_WAITING_FIRST = [("attention", DESCENDING), ("attention_since", ASCENDING)]

INDEXES = (
    IndexModel(_WAITING_FIRST, name="attended", partialFilterExpression=_ATTENDED),
    IndexModel([("purge_at", ASCENDING)], name="purge", expireAfterSeconds=0),
)


class Conversations:
    """The conversations of all citizens."""

    def __init__(self, database: Database) -> None:
        self._collection = database.collection(COLLECTION)
        self._commit = GroupCommit(self._collection)

    async def get(self, key: ConversationKey) -> Conversation:
        """Fetch a conversation; a new one, version 0, if none stands."""
        return await self.by_id(key.id) or Conversation(key=key)

    async def by_id(self, id: ConversationId) -> Conversation | None:  # noqa: A002  (its own word)
        """Fetch a conversation by its id."""
        document = await self._collection.find_one({"_id": id}, but="answered")
        return from_document(document) if document else None

    async def answer_to(self, message: Message) -> Reply | None:
        """Fetch the answer of a message that has moved its conversation; None if it has not."""
        document = await self._collection.find_one({"_id": message.conversation.id}) or {}
        found = (one for one in document.get("answered", []) if one["message"] == message.id)
        return next((replies.from_document(one["reply"]) for one in found), None)

    async def replace(
        self, conversation: Conversation, *, answered: tuple[MessageId, Reply] | None = None
    ) -> None:
        """Write a conversation over the version before it, with what moved it. Group-committed.

        Raises:
            Conflict: somebody else has changed it since it was read.
        """
        before = {"_id": conversation.key.id, "version": conversation.version - 1}
        update: Document = {"$set": to_document(conversation)}
        if answered is not None:
            update["$push"] = {"answered": {"$each": [_answer(*answered)], "$slice": -ANSWERS_KEPT}}
        try:
            await self._commit.update(before, update, upsert=True)
        except Duplicate as error:
            # Its id names a citizen, and this may reach a log.
            raise Conflict(
                f"a conversation has changed since version {conversation.version - 1} was read:"
                " read it again"
            ) from error

    async def waiting(self, *, limit: int) -> list[Conversation]:
        """List who waits for a human, longest first, then who is served by one."""
        found = await self._collection.find(_ATTENDED, sort=_WAITING_FIRST, limit=limit)
        return [from_document(one) for one in found]

    async def stop(self) -> None:
        """Write what waits to be written."""
        await self._commit.stop()


def _answer(message: MessageId, reply: Reply) -> Document:
    return {"message": message, "reply": replies.to_document(reply)}


def key_to_document(key: ConversationKey) -> Document:
    """Write who speaks where."""
    return {"channel": key.channel.value, "account": key.account, "user": key.user}


def key_from_document(document: Document) -> ConversationKey:
    """Read who speaks where."""
    return ConversationKey(
        channel=Channel(document["channel"]), account=document["account"], user=document["user"]
    )


def to_document(conversation: Conversation) -> Document:
    """Write a conversation; schema 1."""
    topic, awaited = conversation.topic, conversation.awaited
    return {
        "_id": conversation.key.id,
        "version": conversation.version,
        "key": key_to_document(conversation.key),
        "topic": topic and {"intent": topic.intent, "situation": topic.situation},
        "awaited": awaited and _awaited_to_document(awaited),
        "area": conversation.area,
        "asked_in": conversation.asked_in,
        "care": conversation.care,
        "attention": conversation.attention.value,
        "attention_since": conversation.attention_since,
        "claimed_by": conversation.claimed_by,
        "meant_for": conversation.meant_for,
        "remark": conversation.remark,
        "last_question": conversation.last_question,
        "last_at": conversation.last_at,
        "purge_at": conversation.last_at and conversation.last_at + KEPT,
    }


def from_document(document: Document) -> Conversation:
    """Read a conversation; schema 1."""
    topic, awaited = document["topic"], document["awaited"]
    return Conversation(
        key=key_from_document(document["key"]),
        version=document["version"],
        topic=Topic(intent=topic["intent"], situation=topic["situation"]) if topic else None,
        awaited=_awaited_from_document(awaited) if awaited else None,
        area=document["area"],
        asked_in=document.get("asked_in"),
        care=document["care"],
        attention=Attention(document["attention"]),
        attention_since=document["attention_since"],
        claimed_by=document["claimed_by"],
        meant_for=document.get("meant_for", ""),
        remark=document.get("remark", ""),
        last_question=document["last_question"],
        last_at=document["last_at"],
    )


def _awaited_to_document(awaited: Awaited) -> Document:
    return {
        "intent": awaited.intent,
        "slot": awaited.slot,
        "options": [option_to_document(one) for one in awaited.options],
        "answers": [list(one) for one in awaited.answers],
        "tries": awaited.tries,
    }


def _awaited_from_document(document: Document) -> Awaited:
    return Awaited(
        intent=document["intent"],
        slot=document["slot"],
        options=tuple(option_from_document(one) for one in document["options"]),
        answers=tuple((slot, value) for slot, value in document["answers"]),
        tries=document["tries"],
    )
