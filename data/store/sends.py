"""Sends: what was sent to whom in one batch; written before it is sent, told when it is over.

Because a batch is written down first, what was in flight when a worker died is known by name: it
is never sent again under the same number. This is also the record of every attempt.
"""

from collections.abc import Sequence

from pymongo import DESCENDING

from data.civic.ids import PersonId
from data.civic.sending.batches import Batch, Sent
from data.civic.sending.rows import Attempt, Ending, Rung
from data.store.collection import Document
from data.store.mongo import Database

COLLECTION = "sends"
INDEXES = ()
MOST = 10_000
"""Batches of one slice."""

_LAST = [("_id", DESCENDING)]


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
        await self._collection.update({"_id": _id(batch)}, _told(sent))

    async def tell_lost(self, batch: Batch, sent: Sequence[Sent]) -> None:
        """Write of a batch whose worker died how it ended, unless that is told after all."""
        await self._collection.update({"_id": _id(batch), "told": None}, _told(sent))

    async def last(self, informing: int, number: int) -> Batch | None:
        """Fetch the newest batch of a slice."""
        found = await self._collection.find(_of(informing, number), sort=_LAST, limit=1)
        return from_document(found[0]) if found else None

    async def attempts(self, informing: int, number: int, person: PersonId) -> list[Attempt]:
        """List what was ever sent to somebody in a slice, oldest first."""
        found = await self._collection.find(_of(informing, number), sort=[("_id", 1)], limit=MOST)
        tried = (from_document(one).attempt(person) for one in found)
        return [one for one in tried if one is not None]


def to_document(batch: Batch) -> Document:
    """Write a batch that begins; schema 1."""
    return {
        "_id": _id(batch),
        "ch": int(batch.rung),
        "at": batch.at,
        "who": [[person, *numbers] for person, numbers in batch.people.items()],
        "told": None,
    }


def from_document(document: Document) -> Batch:
    """Read a batch; schema 1."""
    told, key = document["told"], document["_id"]
    return Batch(
        informing=key["a"],
        slice=key["ck"],
        turn=key["turn"],
        place=key["place"],
        rung=Rung(document["ch"]),
        at=document["at"],
        people={PersonId(person): (n, tries) for person, n, tries in document["who"]},
        told=told and tuple(_sent(*one) for one in told),
    )


def _told(sent: Sequence[Sent]) -> Document:
    told = [[one.person, one.ending.value, one.provider_id, one.error] for one in sent]
    return {"$set": {"told": told}}


def _sent(person: int, ending: str, provider_id: str, error: str) -> Sent:
    return Sent(
        person=PersonId(person), ending=Ending(ending), provider_id=provider_id, error=error
    )


def _id(batch: Batch) -> Document:
    return {"a": batch.informing, "ck": batch.slice, "turn": batch.turn, "place": batch.place}


def _of(informing: int, number: int) -> Document:
    """Ask for all batches of a slice: a range of the ids, whose first parts it is."""
    first, end = {"a": informing, "ck": number}, {"a": informing, "ck": number + 1}
    return {"_id": {"$gte": first, "$lt": end}}
