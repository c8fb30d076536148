"""Questions that were not answered well, kept masked for staff to learn from."""

from datetime import timedelta

from pymongo import ASCENDING, DESCENDING, IndexModel

from data.civic.talk.unanswered import UnansweredQuestion, Why
from data.store.batching import GroupCommit
from data.store.collection import Document
from data.store.failures import Duplicate
from data.store.mongo import Database

COLLECTION = "unanswered"
KEPT = timedelta(days=180)
"""How long a question is kept, masked as it is."""

INDEXES = (
    IndexModel([("at", DESCENDING)], name="newest"),
    IndexModel([("purge_at", ASCENDING)], name="purge", expireAfterSeconds=0),
)


class UnansweredQuestions:
    """The questions that the assistant has still to learn."""

    def __init__(self, database: Database) -> None:
        self._collection = database.collection(COLLECTION)
        self._commit = GroupCommit(self._collection)

    async def add(self, question: UnansweredQuestion) -> None:
        """Keep a question. Group-committed. Idempotent by its message: the first one stands."""
        try:
            await self._commit.insert(to_document(question))
        except Duplicate:
            return

    async def count(self) -> int:
        """Tell how many there are."""
        return await self._collection.count({}, index="_id_")

    async def list(self, limit: int) -> tuple[UnansweredQuestion, ...]:
        """List them, newest first."""
        found = await self._collection.find({}, sort=[("at", DESCENDING)], limit=limit)
        return tuple(from_document(one) for one in found)

    async def stop(self) -> None:
        """Write what waits to be written."""
        await self._commit.stop()


def to_document(question: UnansweredQuestion) -> Document:
    """Write a question; schema 1."""
    return {
        "_id": question.message,
        "conversation": question.conversation,
        "text": question.text,
        "guess": question.guess,
        "confidence": question.confidence,
        "why": question.why.value,
        "area": question.area,
        "at": question.at,
        "purge_at": question.at + KEPT,
    }


def from_document(document: Document) -> UnansweredQuestion:
    """Read a question; schema 1."""
    return UnansweredQuestion(
        message=document["_id"],
        conversation=document["conversation"],
        text=document["text"],
        guess=document["guess"],
        confidence=document["confidence"],
        why=Why(document["why"]),
        area=document["area"],
        at=document["at"],
    )
