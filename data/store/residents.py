"""Residents: everybody on the roster, under random handles; names and telephones are sealed."""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import islice
from typing import TypeVar

from pymongo import ASCENDING, GEOSPHERE, IndexModel, ReplaceOne

from data.civic.errors import Conflict
from data.civic.ids import AreaCode, ConversationId, GridId, HouseholdId, PersonId
from data.civic.ports import Seal
from data.civic.safety.rosters import Person
from data.civic.safety.targets import Target, VillageReach
from data.store.audiences import BY_VILLAGE, inside, people_of
from data.store.collection import Document, Filter, Write
from data.store.mongo import Database
from data.store.resident_documents import from_document, to_document

COLLECTION = "residents"
BATCH = 5_000
"""Most people of one write."""
NOBODY = PersonId(0)
"""Before everybody: where a list begins."""

_BY_ID = [("_id", ASCENDING)]
_PURGE_ORDER = [("purge_on", ASCENDING), *_BY_ID]

INDEXES = (
    IndexModel([("v", ASCENDING), *_BY_ID], name=BY_VILLAGE),
    IndexModel([("home", GEOSPHERE)], name="home", sparse=True),
    IndexModel([("p", ASCENDING)], name="phone", partialFilterExpression={"p": {"$gt": ""}}),
    IndexModel(
        [("id_hash", ASCENDING)],
        name="id_hash",
        unique=True,
        partialFilterExpression={"id_hash": {"$gt": ""}},
    ),
    IndexModel([("c", ASCENDING)], name="conversation", partialFilterExpression={"c": {"$gt": ""}}),
    IndexModel([("h", ASCENDING), *_BY_ID], name="household"),
    IndexModel([("g", ASCENDING), *_BY_ID], name="grid"),
    IndexModel(_PURGE_ORDER, name="purge"),
)

Tell = Callable[[int], None]
"""Is told how many people have been written so far."""
T = TypeVar("T")


class Residents:
    """All people on the roster."""

    def __init__(self, database: Database, seal: Seal) -> None:
        self._collection = database.collection(COLLECTION)
        self._seal = seal

    async def add_all(
        self, people: Iterable[Person], *, tell: Tell | None = None
    ) -> tuple[Person, ...]:
        """Enter people; give those refused: their handle is taken, or their ID number is known.

        While one batch is under way the next is sealed.
        """
        batches, written = _batches(people, BATCH), 0
        refused: list[Person] = []
        batch, documents = await asyncio.to_thread(self._next, batches)
        while batch:
            writing = asyncio.create_task(self._collection.insert_all(documents))
            try:
                after = await asyncio.to_thread(self._next, batches)
            finally:
                turned_away = await writing
            refused += [batch[place] for place in turned_away]
            written += len(batch)
            if tell:
                tell(written)
            batch, documents = after
        return tuple(refused)

    async def fill(self, people: Iterable[Person], *, tell: Tell | None = None) -> None:
        """Fill an empty roster, as for a drill: the indexes are made when everybody stands in it.

        Raises:
            Conflict: somebody stands in it already, or two of `people` are the same.
        """
        if await self._collection.find({}, limit=1, fields=["_id"], sort=_BY_ID):
            raise Conflict("the roster is not empty: only an empty one is filled at this speed")
        await self._collection.drop_indexes()
        try:
            refused = await self.add_all(people, tell=tell)
        finally:
            await self._collection.ensure(INDEXES)
        if refused:
            raise Conflict(f"{len(refused)} people were given twice: the others were entered")

    async def save_all(
        self, people: Sequence[Person], *, tell: Tell | None = None
    ) -> tuple[Person, ...]:
        """Write people over the versions before them; give those that had changed meanwhile."""
        refused: list[Person] = []
        for at in range(0, len(people), BATCH):
            batch = people[at : at + BATCH]
            writes = await asyncio.to_thread(lambda some: [self._over(one) for one in some], batch)
            refused += [batch[place] for place in await self._collection.write_all(writes)]
            if tell:
                tell(at + len(batch))
        return tuple(refused)

    async def get(self, person: PersonId) -> Person | None:
        """Fetch somebody by the handle."""
        document = await self._collection.find_one({"_id": person})
        return from_document(document, self._seal) if document else None

    async def some(self, people: Sequence[PersonId]) -> list[Person]:
        """Fetch people by their handles; who is gone is left out."""
        return await self._find({"_id": {"$in": list(people)}}, limit=len(people))

    async def by_id_hashes(self, hashes: Sequence[str]) -> list[Person]:
        """Find people by the keyed hashes of their ID numbers."""
        return await self._find({"id_hash": {"$in": list(hashes)}}, limit=len(hashes))

    async def by_phone_hashes(self, hashes: Sequence[str], limit: int) -> list[Person]:
        """Find people by the keyed hashes of their telephones; a family may share one."""
        return await self._find({"p": {"$in": list(hashes)}}, limit=limit)

    async def of_conversation(self, conversation: ConversationId, limit: int) -> list[Person]:
        """List who has registered in this conversation."""
        return await self._find({"c": conversation}, limit=limit)

    async def handles_in(self, conversation: ConversationId, limit: int) -> list[PersonId]:
        """List the handles of who has registered in a conversation; nothing sealed is opened."""
        wanted = {"c": conversation}
        found = await self._collection.find(wanted, limit=limit, fields=["_id"])
        return [PersonId(one["_id"]) for one in found]

    async def of_households(self, households: Sequence[HouseholdId], limit: int) -> list[Person]:
        """List who lives in these households."""
        wanted = {"h": {"$in": list(households)}}
        return await self._find(wanted, limit=limit, sort=[("h", ASCENDING), *_BY_ID])

    async def handles_of(self, household: HouseholdId, limit: int) -> list[PersonId]:
        """List the handles of who lives in a household; nothing sealed is opened."""
        found = await self._collection.find({"h": household}, limit=limit, fields=["_id"])
        return [PersonId(one["_id"]) for one in found]

    async def of_village(
        self, village: AreaCode, limit: int, *, after: PersonId = NOBODY
    ) -> list[Person]:
        """List who lives in a village, by handle, behind `after`."""
        wanted = {"v": village, "_id": {"$gt": after}}
        return await self._find(wanted, limit=limit, sort=[("v", ASCENDING), *_BY_ID])

    async def of_grid(self, grid: GridId, limit: int, *, after: PersonId = NOBODY) -> list[Person]:
        """List who is in a grid, by handle, behind `after`."""
        wanted = {"g": grid, "_id": {"$gt": after}}
        return await self._find(wanted, limit=limit, sort=[("g", ASCENDING), *_BY_ID])

    async def due(
        self, today: date, limit: int, *, outside: Sequence[AreaCode] = ()
    ) -> list[Person]:
        """List whose day of deletion has come and who live outside areas, longest overdue first."""
        wanted: Document = {"purge_on": {"$lte": today.isoformat()}}
        if outside:
            wanted["$nor"] = inside(outside, "v")
        return await self._find(wanted, limit=limit, sort=_PURGE_ORDER)

    async def delete(self, people: Sequence[PersonId]) -> int:
        """Take people off the roster for good; tell how many stood there."""
        return await self._collection.delete({"_id": {"$in": list(people)}})

    async def exactly(
        self, villages: Sequence[AreaCode], target: Target, *, uncovered: Sequence[GridId] = ()
    ) -> list[VillageReach]:
        """Count person by person who of these villages is meant by the shapes of a target.

        `uncovered` are grids for which nobody answers.
        """
        nobody = ["", *uncovered]
        rows = await self._collection.aggregate(
            [
                {"$match": people_of(villages, tags=target.tags, shapes=target.shapes)},
                {
                    "$group": {
                        "_id": "$v",
                        "n": {"$sum": 1},
                        "no_phone": {"$sum": {"$cond": [{"$eq": ["$reach", "door"]}, 1, 0]}},
                        "uncovered": {"$sum": {"$cond": [{"$in": ["$g", nobody]}, 1, 0]}},
                    }
                },
            ],
            index=BY_VILLAGE,
        )
        return [
            VillageReach(
                village=AreaCode(row["_id"]),
                people=row["n"],
                without_phone=row["no_phone"],
                without_worker=row["uncovered"],
                border=True,
            )
            for row in rows
        ]

    async def _find(
        self, wanted: Filter, *, limit: int, sort: Sequence[tuple[str, int]] | None = None
    ) -> list[Person]:
        found = await self._collection.find(wanted, limit=limit, sort=sort) if limit else []
        read = partial(from_document, seal=self._seal)
        return await asyncio.to_thread(lambda: [read(one) for one in found])

    def _next(self, batches: Iterator[list[Person]]) -> tuple[list[Person], list[Document]]:
        batch = next(batches, [])
        return batch, [to_document(one, self._seal) for one in batch]

    def _over(self, person: Person) -> Write:
        """Replace the version before; where another stands, the upsert meets its own `_id`."""
        before = {"_id": person.id, "version": person.version - 1}
        return ReplaceOne(before, to_document(person, self._seal), upsert=True)


def _batches(many: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(many)
    while batch := list(islice(rest, size)):
        yield batch
