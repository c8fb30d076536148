"""Informings: what is said to whom, numbered; their people stand in rows."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from pymongo import ASCENDING, DESCENDING, IndexModel

from data.civic.errors import Conflict, NotFound
from data.civic.ids import EventId
from data.civic.sending.informing import Informing, InformingKind, InformingState
from data.civic.sending.rows import Rung
from data.store import records
from data.store.collection import Document
from data.store.failures import Duplicate
from data.store.mongo import Database

COLLECTION = "informings"
TRIES = 200
"""How often another process may take the next number before we give up."""
MOST = 1_000

_NEWEST = [("_id", DESCENDING)]
_OPEN = {"state": {"$in": [InformingState.PLANNING.value, InformingState.SENDING.value]}}

INDEXES = (
    IndexModel([("key", ASCENDING)], name="key", unique=True),
    IndexModel([("event", ASCENDING), *_NEWEST], name="event"),
    IndexModel([("state", ASCENDING), *_NEWEST], name="state"),
    IndexModel([("of", ASCENDING), *_NEWEST], name="of"),
)


class Informings:
    """All informings, under their numbers."""

    def __init__(self, database: Database) -> None:
        self._collection = database.collection(COLLECTION)
        self._orders: dict[int, EventId | None] = {}

    async def begin(self, informing: Informing) -> Informing:
        """Keep a new informing under the next number, and give it back with that.

        Idempotent by its key: a second call gives the one that stands.

        Raises:
            Conflict: other processes took the number again and again.
        """
        for _ in range(TRIES):
            if standing := await self.by_key(informing.key):
                return standing
            last = await self._collection.find({}, sort=_NEWEST, limit=1, fields=["_id"])
            numbered = replace(informing, id=last[0]["_id"] + 1 if last else 1)
            try:
                await self._collection.insert(to_document(numbered))
            except Duplicate:
                continue
            return numbered
        raise Conflict(f"informing {informing.key} found no number: try again")

    async def get(self, number: int) -> Informing | None:
        """Fetch an informing by its number."""
        document = await self._collection.find_one({"_id": number})
        return from_document(document) if document else None

    async def of_order(self, number: int) -> EventId | None:
        """Tell the event whose transfer order an informing tells of; None: it tells of none.

        That never changes, and is remembered: it is asked for at every answer.
        """
        if number not in self._orders:
            found = await self.get(number)
            if found is None:
                return None
            is_order = found.kind is InformingKind.ORDER
            self._orders[number] = EventId(found.event) if is_order else None
        return self._orders[number]

    async def must(self, number: int) -> Informing:
        """Fetch an informing that has to be there.

        Raises:
            NotFound: there is none under this number.
        """
        found = await self.get(number)
        if found is None:
            raise NotFound(f"there is no informing {number}: see the list of informings")
        return found

    async def by_key(self, key: str) -> Informing | None:
        """Fetch an informing by what it says."""
        document = await self._collection.find_one({"key": key})
        return from_document(document) if document else None

    async def save(self, informing: Informing) -> None:
        """Write an informing over the version before it.

        Raises:
            Conflict: somebody else has changed it since it was read.
        """
        before = {"_id": informing.id, "version": informing.version - 1}
        if not await self._collection.replace(before, to_document(informing)):
            raise Conflict(f"informing {informing.id} has changed meanwhile: read it again")

    async def open(self, limit: int = MOST) -> list[Informing]:
        """List what is being planned or sent, newest first within each."""
        found = await self._collection.find(_OPEN, sort=[("state", 1), *_NEWEST], limit=limit)
        return [from_document(one) for one in found]

    async def newest(self, limit: int) -> list[Informing]:
        """List informings, newest first."""
        found = await self._collection.find({}, sort=_NEWEST, limit=limit)
        return [from_document(one) for one in found]

    async def of_event(self, event: str, limit: int = MOST) -> list[Informing]:
        """List the informings of an event, newest first."""
        found = await self._collection.find({"event": event}, sort=_NEWEST, limit=limit)
        return [from_document(one) for one in found]

    async def followers(self, number: int) -> list[Informing]:
        """List what corrects or lifts an informing, newest first."""
        found = await self._collection.find({"of": number}, sort=_NEWEST, limit=MOST)
        return [from_document(one) for one in found]


def to_document(informing: Informing) -> Document:
    """Write an informing; schema 1."""
    document = records.write(informing)
    waits = {rung.name: wait.total_seconds() for rung, wait in informing.rules.waits.items()}
    rules = {**document.pop("rules"), "waits": waits, "last": informing.rules.last.name}
    return {"_id": document.pop("id"), **document, "rules": rules}


def from_document(document: Document) -> Informing:
    """Read an informing; schema 1."""
    rules: Mapping[str, Any] = document["rules"]
    plain = {**document, "id": document["_id"], "rules": {**rules, "waits": {}, "last": 1}}
    informing = records.read(Informing, plain)
    waits = {Rung[name]: timedelta(seconds=wait) for name, wait in rules["waits"].items()}
    told = replace(informing.rules, waits=waits, last=Rung[rules["last"]])
    return replace(informing, rules=told)
