"""Sends: what was sent to whom in one batch; written before it is sent, told when it is over.

Because a batch is written down first, what was in flight when a worker died is known by name: it
is never sent again under the same number. This is also the record of every attempt.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from pymongo import DESCENDING

from data.civic.ids import PersonId
from data.civic.sending.batches import Batch, Gone, Part, Sent
from data.civic.sending.rows import Attempt, Ending, Rung
from data.store.collection import Document
from data.store.mongo import Database

COLLECTION = "sends"
INDEXES = ()
MOST = 10_000
"""Batches of one slice."""

_LAST = [("_id", DESCENDING)]
_NOT_TAKEN = [Ending.BUSY.value, Ending.REFUSED.value]
_OF_PART = {"$setIntersection": ["$parts.who", {"$ifNull": ["$$one.who", "$parts.who"]}]}
"""Those of a part who fared as one group of what was told."""


class Sends:
    """The batches of all informings."""

    def __init__(self, database: Database) -> None:
        self._collection = database.collection(COLLECTION)

    async def begin(self, batch: Batch) -> None:
        """Write down a batch before it is sent.

        Raises:
            Duplicate: it was begun before.
        """
        await self._collection.insert(to_document(batch))

    async def tell(self, batch: Batch, sent: Sequence[Sent]) -> None:
        """Write how each ended. Idempotent."""
        await self._collection.update({"_id": _id(batch)}, {"$set": {"told": _told(batch, sent)}})

    async def tell_lost(self, batch: Batch, sent: Sequence[Sent]) -> None:
        """Write of a batch whose worker died how it ended, unless that is told after all."""
        untold = {"_id": _id(batch), "told": None}
        await self._collection.update(untold, {"$set": {"told": _told(batch, sent)}})

    async def last(self, informing: int, number: int) -> Batch | None:
        """Fetch the newest batch of a slice."""
        found = await self._collection.find(_of(informing, number), sort=_LAST, limit=1)
        return from_document(found[0]) if found else None

    async def attempts(self, informing: int, number: int, person: PersonId) -> list[Attempt]:
        """List what was ever sent to somebody in a slice, oldest first."""
        found = await self._collection.find(_of(informing, number), sort=[("_id", 1)], limit=MOST)
        tried = (from_document(one).attempt(person) for one in found)
        return [one for one in tried if one is not None]

    async def by_way(self, informing: int) -> dict[Rung, Gone]:
        """Count the sends of an informing by each way, again and again to the same person too."""
        not_taken = {"$in": ["$$one.end", _NOT_TAKEN]}
        told = {"$ifNull": ["$told", []]}
        sizes = {"$map": {"input": "$not", "as": "one", "in": {"$size": _OF_PART}}}
        counted = await self._collection.aggregate(
            [
                {"$match": {"_id": {"$gte": {"a": informing}, "$lt": {"a": informing + 1}}}},
                {
                    "$project": {
                        "parts.ch": 1,
                        "parts.who": 1,
                        "not": {"$filter": {"input": told, "as": "one", "cond": not_taken}},
                    }
                },
                {"$unwind": "$parts"},
                {
                    "$group": {
                        "_id": "$parts.ch",
                        "all": {"$sum": {"$size": "$parts.who"}},
                        "not": {"$sum": {"$sum": sizes}},
                    }
                },
            ]
        )
        return {
            Rung(one["_id"]): Gone(sent=one["all"] - one["not"], refused=one["not"])
            for one in sorted(counted, key=lambda one: one["_id"])
        }


def to_document(batch: Batch) -> Document:
    """Write a batch that begins; schema 1."""
    return {
        "_id": _id(batch),
        "at": batch.at,
        "parts": [
            {"ch": int(part.rung), "n": part.number, "i": part.tries, "who": part.people}
            for part in batch.parts
        ],
        "told": None,
    }


def from_document(document: Document) -> Batch:
    """Read a batch; schema 1."""
    key, told = document["_id"], document["told"]
    batch = Batch(
        informing=key["a"],
        slice=key["ck"],
        turn=key["turn"],
        place=key["place"],
        at=document["at"],
        parts=tuple(_part(one) for one in document["parts"]),
    )
    if told is None:
        return batch
    return replace(batch, told=tuple(one for group in told for one in _sent(batch, group)))


def _part(one: Document) -> Part:
    people = tuple(PersonId(person) for person in one["who"])
    return Part(rung=Rung(one["ch"]), number=one["n"], tries=one["i"], people=people)


def _told(batch: Batch, sent: Sequence[Sent]) -> list[Document]:
    """Write together who fared alike: their handles, and what the platform calls each send.

    Neither is written where it says nothing: the whole batch in its order, and no name at all.
    """
    everybody = _people(batch)
    alike: dict[tuple[str, str], list[Sent]] = defaultdict(list)
    for one in sent:
        alike[one.ending.value, one.error].append(one)
    written: list[Document] = []
    for (ending, error), some in alike.items():
        who, ids = [one.person for one in some], [one.provider_id for one in some]
        whole = who == everybody
        written.append({"end": ending, "error": error, "who": None if whole else who})
        if any(ids):
            written[-1]["ids"] = ids
    return written


def _sent(batch: Batch, group: Document) -> list[Sent]:
    ending, error = Ending(group["end"]), group["error"]
    who = _people(batch) if group["who"] is None else group["who"]
    ids = group.get("ids") or [""] * len(who)
    told = zip(who, ids, strict=True)
    return [Sent(PersonId(person), ending, name, error) for person, name in told]


def _people(batch: Batch) -> list[PersonId]:
    return [person for part in batch.parts for person in part.people]


def _id(batch: Batch) -> Document:
    return {"a": batch.informing, "ck": batch.slice, "turn": batch.turn, "place": batch.place}


def _of(informing: int, number: int) -> Document:
    """Ask for all batches of a slice: a range of the ids, whose first parts it is."""
    first, end = {"a": informing, "ck": number}, {"a": informing, "ck": number + 1}
    return {"_id": {"$gte": first, "$lt": end}}
