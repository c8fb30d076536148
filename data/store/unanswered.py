"""Questions that were not answered well, kept masked for staff to learn from."""

from datetime import datetime, timedelta
from typing import Any

from pymongo import ASCENDING, DESCENDING, IndexModel

from data.civic.ids import AreaCode, GroupId
from data.civic.talk.gist import group_of
from data.civic.talk.unanswered import UnansweredQuestion, Why
from data.store.batching import GroupCommit
from data.store.collection import Document
from data.store.failures import Duplicate
from data.store.mongo import Database

COLLECTION = "unanswered"
KEPT = timedelta(days=180)
"""How long a question is kept, masked as it is."""

_NEWEST_FIRST = [("at", DESCENDING)]

INDEXES = (
    IndexModel(_NEWEST_FIRST, name="newest"),
    IndexModel([("group", ASCENDING), *_NEWEST_FIRST], name="group"),
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
        found = await self._collection.find({}, sort=_NEWEST_FIRST, limit=limit)
        return tuple(from_document(one) for one in found)

    async def of_group(
        self,
        group: GroupId,
        *,
        area: AreaCode,
        before: datetime | None = None,
        limit: int,
    ) -> tuple[UnansweredQuestion, ...]:
        """List those of a group from an area and below it, newest first, before a moment."""
        wanted: dict[str, Any] = {"group": group, "area": {"$regex": f"^{area}"}}
        if before is not None:
            wanted["at"] = {"$lt": before}
        found = await self._collection.find(wanted, sort=_NEWEST_FIRST, limit=limit)
        return tuple(from_document(one) for one in found)

    async def stop(self) -> None:
        """Write what waits to be written."""
        await self._commit.stop()


def to_document(question: UnansweredQuestion) -> Document:
    """Write a question; schema 2."""
    return {
        "_id": question.message,
        "conversation": question.conversation,
        "text": question.text,
        "guess": question.guess,
        "confidence": question.confidence,
        "runner_up": question.runner_up,
        "runner_up_confidence": question.runner_up_confidence,
        "why": question.why.value,
        "area": question.area,
        "at": question.at,
        "guide": question.guide,
        "answer": question.answer,
        "gist": question.gist,
        "group": group_of(question.gist),
        "harm": question.harm,
        "release": question.release,
        "purge_at": question.at + KEPT,
    }


def from_document(document: Document) -> UnansweredQuestion:
    """Read a question; schema 1 had no answer, no gist and no harm."""
    return UnansweredQuestion(
        message=document["_id"],
        conversation=document["conversation"],
        text=document["text"],
        guess=document["guess"],
        confidence=document["confidence"],
        runner_up=document.get("runner_up"),
        runner_up_confidence=document.get("runner_up_confidence", 0.0),
        why=Why(document["why"]),
        area=document["area"],
        at=document["at"],
        guide=document.get("guide"),
        answer=document.get("answer", ""),
        gist=document.get("gist", ""),
        harm=document.get("harm", 1.0),
        release=document.get("release"),
    )
