"""Everything that stands, document by document, as bytes for a backup, and back again.

What is of a person goes under a key that is kept apart: the person's own for the entry on the
roster, the event's for what is destroyed with an event, that of an informing for who was told:
two events may hold the same warning. Without the key it is noise in every backup there ever was.
"""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass

import bson
from bson import MinKey
from bson.codec_options import CodecOptions
from pymongo import ASCENDING

from data.civic.errors import BadInput, Conflict
from data.civic.ids import PersonId
from data.civic.safety.identity import named
from data.store import aftermath, contents, handles, restores, rows
from data.store.collection import Document
from data.store.indexes import INDEXES
from data.store.mongo import Database
from data.store.papers import INFORMED, PAPERS
from data.store.row_documents import SHIFT

PASSING = frozenset(
    {"leases", "counters", "citizen_sessions", "staff_sessions", "platform_tokens", "windows"}
)
"""What is worthless in another house: sessions end, leases run out."""
APART = frozenset({handles.COLLECTION, restores.COLLECTION})
"""What a backup never holds: the keys stand in the keyring."""
NAMES = tuple(sorted(set(INDEXES) - PASSING - APART))
PAGE = 1_000
"""Documents of one page."""
SMALLER: Mapping[str, int] = {contents.COLLECTION: 16}
"""Where a document may hold megabytes: a page of these is 64 MiB."""

_BY_ID = [("_id", ASCENDING)]
_OPTIONS: CodecOptions[Document] = CodecOptions(tz_aware=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One document, and the name of the key that it goes under; empty: under none of its own."""

    key: str
    document: bytes


def event_key(event: str) -> str:
    """Name the key of what is destroyed with an event."""
    return f"archive/event-{event}"


def informing_key(number: int) -> str:
    """Name the key of who was told by an informing."""
    return f"archive/informing-{number}"


def entry_key(name: str) -> str:
    """Name the key of what leaves with a person or a household."""
    return f"archive/{name}"


class Archive:
    """A whole database, as it is taken out and brought back."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def sizes(self) -> Mapping[str, int]:
        """Tell roughly how many documents stand in each collection."""
        counted = {}
        for name in NAMES:
            counted[name] = int((await self._database.command({"count": name}))["n"])
        return counted

    async def pages(self, name: str) -> AsyncIterator[list[Piece]]:
        """Give a collection, page by page, in the order of its ids."""
        collection = self._database.collection(name)
        wanted, most = _all(name), SMALLER.get(name, PAGE)
        while page := await collection.find(wanted, sort=_BY_ID, limit=most):
            yield [Piece(key=_key(name, one), document=bson.encode(one)) for one in page]
            wanted = {"_id": {"$gt": page[-1]["_id"]}}

    async def put(self, name: str, documents: Sequence[bytes]) -> None:
        """Bring documents back.

        Raises:
            BadInput: no such collection. Conflict: one stands already.
        """
        if name not in NAMES:
            raise BadInput(f"this program knows no collection {name}: restore with a newer one")
        read = [bson.decode(one, _OPTIONS) for one in documents]
        refused = await self._database.collection(name).insert_all(read) if read else {}
        if refused:
            raise Conflict(f"{len(refused)} documents of {name} stand already: use --replace")

    async def replace(self, name: str, documents: Sequence[bytes]) -> None:
        """Bring documents back over what stands under their ids."""
        for one in documents:
            document = bson.decode(one, _OPTIONS)
            wanted = {"_id": document["_id"]}
            await self._database.collection(name).replace(wanted, document, upsert=True)

    async def used(self) -> list[str]:
        """Name the collections in which anything stands."""
        found = []
        for name in sorted(INDEXES):
            collection = self._database.collection(name)
            if await collection.find(_all(name), sort=_BY_ID, limit=1, fields=["_id"]):
                found.append(name)
        return found

    async def clear(self) -> None:
        """Take everything away but the note of the restore; collections and indexes stay."""
        for name in sorted(set(INDEXES) - {restores.COLLECTION}):
            await self._database.collection(name).delete(_all(name))

    async def closed_books(self) -> Mapping[str, list[bytes]]:
        """Give the records of deletion and the files of events: the keyring carries them, too."""
        found: dict[str, list[bytes]] = {}
        for name in (aftermath.DELETIONS, aftermath.FILES):
            found[name] = [one.document async for page in self.pages(name) for one in page]
        return found


def _all(name: str) -> Document:
    """Say everything of a collection, so that it is found along its ids.

    Source: tried on MongoDB 6.0.5, 2026-11-22: of a collection that is clustered, as rows are,
    what is from MinKey on is nothing.
    """
    return {"_id": {"$gte": 0 if name == rows.COLLECTION else MinKey()}}


def _key(name: str, document: Document) -> str:
    """Name the key under which a document goes; empty: that of the backup alone."""
    if name in PAPERS:
        return event_key(document[PAPERS[name][0]])
    if name in INFORMED:
        number = document["_id"]
        return informing_key(number >> SHIFT if name == rows.COLLECTION else number["a"])
    whose = _WHOSE.get(name)
    name_of = whose(document) if whose else ""
    return entry_key(name_of) if name_of else ""


def _household(handle: int) -> str:
    return f"household-{handle:010x}"


def _holder(document: Document) -> str:
    holder = document.get("holder")
    if holder is None:  # forgotten already: only the handle is left, and goes with nobody
        return ""
    person, household = holder["person"], holder["household"]
    return named(PersonId(person)) if person else _household(household)


_WHOSE: Mapping[str, Callable[[Document], str]] = {
    "residents": lambda one: named(one["_id"]),
    "households": lambda one: _household(one["_id"]),
    "registrations": lambda one: named(one["person"]),
    "appeals": lambda one: named(one["person"]),
    "credentials": _holder,
}
"""Entries of the roster, and what leaves with them: whose each is."""
