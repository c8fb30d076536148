"""Groups of unanswered questions: counted as questions come, found by what staff look for."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from typing import Any

from pymongo import ASCENDING, DESCENDING, IndexModel

from data.civic.ids import AreaCode, DraftId, GroupId, MessageId, ReleaseId
from data.civic.talk.gist import gist_of, group_of
from data.civic.talk.groups import Decision, GroupState, QuestionGroup, Sample, Wanted
from data.civic.talk.unanswered import UnansweredQuestion, Why
from data.store.batching import GroupCommit
from data.store.collection import Document
from data.store.failures import Duplicate
from data.store.mongo import Database
from data.store.unanswered import KEPT

COLLECTION = "question_groups"
SAMPLES = 5
REMEMBERED = 50
"""So many of its newest messages a group knows again; a message is repeated within minutes."""

_WORST_FIRST = [("score", DESCENDING), ("_id", ASCENDING)]

INDEXES = (
    IndexModel([("state", ASCENDING), *_WORST_FIRST], name="worst"),
    IndexModel([("state", ASCENDING), ("facets", ASCENDING), *_WORST_FIRST], name="facets"),
    IndexModel([("purge_at", ASCENDING)], name="purge", expireAfterSeconds=0),
)
"""Each question moves its group in these: facets are few, and characters bounded."""


class QuestionGroups:
    """What the inbox shows."""

    def __init__(self, database: Database) -> None:
        self._collection = database.collection(COLLECTION)
        self._commit = GroupCommit(self._collection)

    async def note(self, question: UnansweredQuestion) -> None:
        """Count a question in its group; one that was taught opens again. Group-committed.

        Idempotent by its message, within the group's newest `REMEMBERED`.
        """
        wanted, update = uncounted(question), counted(question)
        try:
            await self._commit.update(wanted, update, upsert=True)
        except Duplicate:  # counted before; or another process made the group in this moment
            try:
                await self._commit.update(wanted, update, upsert=True)
            except Duplicate:
                return

    async def get(self, id: GroupId) -> QuestionGroup | None:  # noqa: A002  (the record's own word)
        """Fetch a group."""
        document = await self._collection.find_one({"_id": id})
        return from_document(document) if document else None

    async def list(self, wanted: Wanted, *, limit: int, skip: int = 0) -> Sequence[QuestionGroup]:
        """List groups, the worst first; `skip` of them stand on the pages before."""
        if skip:
            return await self._behind(wanted, skip, limit)
        found = await self._collection.find(_filter(wanted), sort=_WORST_FIRST, limit=limit)
        return [from_document(one) for one in found]

    async def count(self, state: GroupState = GroupState.OPEN) -> int:
        """Tell how many groups are in a state."""
        return await self._collection.count({"state": state.value}, index="worst")

    async def mark(
        self,
        ids: Sequence[GroupId],
        state: GroupState,
        decided: Decision,
        *,
        draft: DraftId | None = None,
        release: ReleaseId | None = None,
    ) -> int:
        """Say what became of groups; `release` is the one that did not know better yet.

        Idempotent: without a draft those stay as they are that stand so already. Tells how many
        were changed.
        """
        change = {
            "state": state.value,
            "draft": draft,
            "taught_on": release,
            "returned": False,
            "decided": {"by": decided.by, "at": decided.at, "title": decided.title},
        }
        wanted: Document = {"_id": {"$in": list(ids)}}
        if draft is None:
            wanted["state"] = {"$ne": state.value}
        return await self._collection.update_all(wanted, {"$set": change})

    async def open_again(self, drafts: Sequence[DraftId]) -> int:
        """Put what these drafts taught back into the inbox: they are served no more.

        Idempotent. Tells how many groups were opened.
        """
        taught = [GroupState.TAUGHT.value, GroupState.NOT_OURS.value]
        wanted = {"state": {"$in": taught}, "draft": {"$in": list(drafts)}}
        return await self._collection.update_all(wanted, {"$set": {"state": GroupState.OPEN.value}})

    async def _behind(self, wanted: Wanted, skip: int, limit: int) -> Sequence[QuestionGroup]:
        """List a later page: of the pages before, only the ids are fetched."""
        ids = await self._collection.find(
            _filter(wanted), sort=_WORST_FIRST, limit=skip + limit, fields=["_id"]
        )
        place = {one["_id"]: number for number, one in enumerate(ids[skip:])}
        found = await self._collection.find({"_id": {"$in": list(place)}}, limit=limit)
        return [from_document(one) for one in sorted(found, key=lambda one: place[one["_id"]])]

    async def stop(self) -> None:
        """Write what waits to be written."""
        await self._commit.stop()


def uncounted(question: UnansweredQuestion) -> Document:
    """Write the filter that finds a question's group, unless it was counted there."""
    return {"_id": group_of(question.gist), "seen": {"$ne": _seen(question.message)}}


def counted(question: UnansweredQuestion) -> list[Document]:
    """Write how a question changes its group, as a pipeline. Citizens' words are literals in it."""
    gist = question.gist
    newer = {"$gte": [question.at, {"$ifNull": ["$last_at", question.at]}]}
    guess: dict[str, Any] = {"guess": question.guess, "confidence": question.confidence}
    taught = {"$eq": ["$state", GroupState.TAUGHT.value]}
    again = {"$and": [taught, {"$ne": ["$taught_on", question.release]}]}
    return [
        {
            "$set": {
                "gist": _literal(gist),
                "count": _plus("$count", 1),
                "score": _plus("$score", question.harm),
                f"reasons.{question.why}": _plus(f"$reasons.{question.why}", 1),
                f"months.{question.month}": _plus(f"$months.{question.month}", 1),
                f"areas.{question.area}": _plus(f"$areas.{question.area}", 1),
                "places": {"$setUnion": [_or("$places", []), _around(question.area)]},
                "facets": {"$setUnion": [_or("$facets", []), _literal([*_facets(question)])]},
                "samples": _sampled(question),
                **{
                    key: {"$cond": [newer, _literal(value), f"${key}"]}
                    for key, value in guess.items()
                },
                "first_at": {"$min": ["$first_at", question.at]},
                "last_at": {"$max": ["$last_at", question.at]},
                "purge_at": {"$max": ["$purge_at", question.at + KEPT]},
                "state": {"$cond": [again, GroupState.OPEN.value, _or("$state", "open")]},
                "returned": {"$or": [again, _or("$returned", False)]},  # noqa: FBT003
                "draft": _or("$draft", None),
                "taught_on": _or("$taught_on", None),
                "seen": _remembered(question.message),
            }
        }
    ]


def _sampled(question: UnansweredQuestion) -> Document:
    """Put this way of asking first, the others behind it; what is too old is dropped."""
    mine = {"text": question.text, "area": question.area, "at": question.at}
    other = {
        "$and": [
            {"$ne": ["$$one.text", _literal(question.text)]},
            {"$gte": ["$$one.at", question.at - KEPT]},
        ]
    }
    rest = {"$filter": {"input": _or("$samples", []), "as": "one", "cond": other}}
    return {"$slice": [{"$concatArrays": [[_literal(mine)], rest]}, SAMPLES]}


def _remembered(message: MessageId) -> Document:
    known = {"$concatArrays": [_or("$seen", []), [_seen(message)]]}
    return {"$slice": [known, -REMEMBERED]}


def _seen(message: MessageId) -> str:
    """Name a message in few characters; its id holds the citizen's openid."""
    return hashlib.sha256(message.encode()).hexdigest()[:16]


def _plus(field: str, amount: float) -> Document:
    return {"$add": [_or(field, 0), amount]}


def _or(field: str, default: object) -> Document:
    return {"$ifNull": [field, default]}


def _literal(value: object) -> Document:
    return {"$literal": value}


def _around(area: AreaCode) -> list[str]:
    """List an area's code and those of the areas around it, from the county down."""
    return [area[:size] for size in (6, 9, 12) if size <= len(area)]


def _facets(question: UnansweredQuestion) -> Iterator[str]:
    """Name all by which the group may be looked for; the first letter tells what it is."""
    yield f"w{question.why}"
    yield f"m{question.month}"
    if question.guess:
        yield f"g{question.guess}"
    yield from (f"p{code}" for code in _around(question.area))
    yield from (f"c{one}" for one in question.gist)


def _filter(wanted: Wanted) -> Document:
    """Write the filter: one facet leads along the index, the others are looked at on the way."""
    characters = gist_of(wanted.words) if wanted.words.strip() else ""
    facets = {
        **({"c": f"c{characters[0]}"} if characters else {}),
        **({"g": f"g{wanted.guess}"} if wanted.guess else {}),
        **({"p": f"p{wanted.place}"} if wanted.place else {}),
        **({"m": f"m{wanted.month}"} if wanted.month else {}),
        **({"w": f"w{wanted.why}"} if wanted.why else {}),
    }
    rest = {
        "c": {"gist": {"$regex": ".*".join(map(re.escape, characters))}},  # both are in order
        "g": {"guess": wanted.guess},
        "p": {"places": wanted.place},
        "m": {f"months.{wanted.month}": {"$gt": 0}},
        "w": {f"reasons.{wanted.why}": {"$gt": 0}},
    }
    lead = next(iter(facets.values()), None)
    looked_at = [rest[kind] for kind in facets]
    return {
        "state": wanted.state.value,
        **({"facets": lead} if lead else {}),
        **({"$and": looked_at} if looked_at else {}),
    }


def from_document(document: Document) -> QuestionGroup:
    """Read a group; schema 1."""
    samples = (Sample(text=s["text"], area=s["area"], at=s["at"]) for s in document["samples"])
    return QuestionGroup(
        id=document["_id"],
        gist=document["gist"],
        samples=tuple(samples),
        count=document["count"],
        reasons={Why(why): count for why, count in document["reasons"].items()},
        months={int(month): count for month, count in document["months"].items()},
        areas=document["areas"],
        guess=document["guess"],
        confidence=document["confidence"],
        score=document["score"],
        first_at=document["first_at"],
        last_at=document["last_at"],
        state=GroupState(document["state"]),
        draft=document["draft"],
        decided=Decision(**decided) if (decided := document.get("decided")) else None,
        returned=document["returned"],
    )
