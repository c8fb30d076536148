"""Trials and their rows: kept masked, for a month or a year."""

from collections.abc import Sequence

from pymongo import ASCENDING, DESCENDING, IndexModel, InsertOne

from data.civic.ids import DraftId
from data.civic.knowing.trials import (
    Expected,
    Missed,
    Trial,
    TrialId,
    TrialKind,
    TrialRow,
    TrialState,
)
from data.civic.knowing.verdicts import Verdict
from data.civic.labels import Aspect
from data.store.collection import Document
from data.store.mongo import Database

COLLECTION, ROWS = "trials", "trial_rows"
AT_ONCE = 1_000

_NEWEST = [("kind", ASCENDING), ("draft", ASCENDING), ("at", DESCENDING)]
_PURGE = IndexModel([("purge_at", ASCENDING)], name="purge", expireAfterSeconds=0)

INDEXES = (IndexModel(_NEWEST, name="newest"), _PURGE)
ROW_INDEXES = (
    IndexModel([("trial", ASCENDING), ("number", ASCENDING)], name="trial", unique=True),
    _PURGE,
)


class Trials:
    """Every trial of the last year."""

    def __init__(self, database: Database) -> None:
        self._collection = database.collection(COLLECTION)
        self._rows = database.collection(ROWS)

    async def put(self, trial: Trial) -> None:
        """Keep a trial as it is now."""
        await self._collection.replace({"_id": trial.id}, to_document(trial), upsert=True)

    async def get(self, id: TrialId) -> Trial | None:  # noqa: A002  (the record's own word)
        """Fetch a trial without its rows."""
        document = await self._collection.find_one({"_id": id})
        return from_document(document) if document else None

    async def list(self, kind: TrialKind, draft: DraftId | None, limit: int) -> list[Trial]:
        """List trials of a draft, or of no draft, the newest first."""
        wanted = {"kind": kind.value, "draft": draft}
        found = await self._collection.find(wanted, sort=_NEWEST, limit=limit)
        return [from_document(one) for one in found]

    async def add_rows(self, trial: Trial, rows: Sequence[TrialRow]) -> None:
        """Keep the rows of a trial. Idempotent: a row that stands is left."""
        purge_at = trial.at + trial.kind.kept
        for start in range(0, len(rows), AT_ONCE):
            part = rows[start : start + AT_ONCE]
            await self._rows.write_all(
                [InsertOne(row_to_document(trial.id, row) | {"purge_at": purge_at}) for row in part]
            )

    async def rows(self, id: TrialId, limit: int) -> tuple[TrialRow, ...]:  # noqa: A002
        """List the rows of a trial in the order of the file."""
        found = await self._rows.find(
            {"trial": id}, sort=[("trial", ASCENDING), ("number", ASCENDING)], limit=limit
        )
        return tuple(row_from_document(one) for one in found)

    async def mark(self, id: TrialId, numbers: Sequence[int]) -> int:  # noqa: A002
        """Note that these rows were handed to the inbox; tell how many were not before."""
        wanted = {"trial": id, "number": {"$in": list(numbers)}, "marked": False}
        return await self._rows.update_all(wanted, {"$set": {"marked": True}})


def to_document(trial: Trial) -> Document:
    """Write a trial; schema 1."""
    return {
        "_id": trial.id,
        "kind": trial.kind.value,
        "file": trial.file,
        "by": trial.by,
        "at": trial.at,
        "release": trial.release,
        "draft": trial.draft,
        "content": trial.content,
        "state": trial.state.value,
        "questions": trial.questions,
        "asked": trial.asked,
        "empty": trial.empty,
        "faults": list(trial.faults),
        "counts": trial.counts,
        "purge_at": trial.at + trial.kind.kept,
    }


def from_document(document: Document) -> Trial:
    """Read a trial; schema 1."""
    return Trial(
        id=document["_id"],
        kind=TrialKind(document["kind"]),
        file=document["file"],
        by=document["by"],
        at=document["at"],
        release=document["release"],
        draft=document["draft"],
        content=document["content"],
        state=TrialState(document["state"]),
        questions=document["questions"],
        asked=document["asked"],
        empty=document["empty"],
        faults=tuple(document["faults"]),
        counts=document["counts"],
    )


def row_to_document(trial: TrialId, row: TrialRow) -> Document:
    """Write a row; schema 1."""
    return {
        "trial": trial,
        "number": row.number,
        "where": row.where,
        "text": row.text,
        "times": row.times,
        "verdict": row.verdict.value,
        "intent": row.intent,
        "aspect": row.aspect,
        "confidence": row.confidence,
        "said": row.said,
        "gist": row.gist,
        "expected": {
            "intent": row.expected.intent,
            "aspect": row.expected.aspect,
            "phrase": row.expected.phrase,
        },
        "missed": [one.value for one in row.missed],
        "marked": row.marked,
    }


def row_from_document(document: Document) -> TrialRow:
    """Read a row; schema 1."""
    wanted = document["expected"]
    return TrialRow(
        number=document["number"],
        where=document["where"],
        text=document["text"],
        times=document["times"],
        verdict=Verdict(document["verdict"]),
        intent=document["intent"],
        aspect=Aspect(document["aspect"]) if document["aspect"] else None,
        confidence=document["confidence"],
        said=document["said"],
        gist=document["gist"],
        expected=Expected(
            intent=wanted["intent"],
            aspect=Aspect(wanted["aspect"]) if wanted["aspect"] else None,
            phrase=wanted["phrase"],
        ),
        missed=tuple(Missed(one) for one in document["missed"]),
        marked=document["marked"],
    )
