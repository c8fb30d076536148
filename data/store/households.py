"""Households: doors behind which people live, known by keyed hashes; addresses are sealed."""

import asyncio
import json
from collections.abc import Sequence
from datetime import date

from pymongo import ASCENDING, IndexModel

from data.civic.ids import AreaCode, HouseholdId
from data.civic.ports import Seal
from data.civic.safety.rosters import Household
from data.store.collection import Document, Filter
from data.store.mongo import Database

COLLECTION = "households"
BATCH = 5_000

INDEXES = (
    IndexModel(
        [("key", ASCENDING)],
        name="key",
        unique=True,
        partialFilterExpression={"key": {"$gt": ""}},
    ),
    IndexModel([("purge_on", ASCENDING)], name="purge"),
)


class Households:
    """All households of the roster."""

    def __init__(self, database: Database, seal: Seal) -> None:
        self._collection = database.collection(COLLECTION)
        self._seal = seal

    async def add_all(self, households: Sequence[Household]) -> tuple[Household, ...]:
        """Enter households; give those refused: the handle or the key is taken."""
        refused: list[Household] = []
        for at in range(0, len(households), BATCH):
            batch = households[at : at + BATCH]
            documents = await asyncio.to_thread(self._documents, batch)
            turned_away = await self._collection.insert_all(documents)
            refused += [batch[place] for place in turned_away]
        return tuple(refused)

    async def put(self, household: Household) -> None:
        """Write a household over what stands under its handle. Idempotent."""
        document = to_document(household, self._seal)
        await self._collection.replace({"_id": household.id}, document, upsert=True)

    async def get(self, household: HouseholdId) -> Household | None:
        """Fetch a household by its handle."""
        document = await self._collection.find_one({"_id": household})
        return from_document(document, self._seal) if document else None

    async def by_keys(self, keys: Sequence[str]) -> list[Household]:
        """Find households by the keyed hashes of their numbers."""
        return await self._find({"key": {"$in": list(keys)}}, limit=len(keys))

    async def by_ids(self, ids: Sequence[HouseholdId]) -> list[Household]:
        """Find households by their handles."""
        return await self._find({"_id": {"$in": list(ids)}}, limit=len(ids))

    async def delete(self, households: Sequence[HouseholdId]) -> int:
        """Delete households for good; tell how many stood there."""
        return await self._collection.delete({"_id": {"$in": list(households)}})

    async def _find(self, wanted: Filter, *, limit: int) -> list[Household]:
        found = await self._collection.find(wanted, limit=limit) if limit else []
        return [from_document(one, self._seal) for one in found]

    def _documents(self, households: Sequence[Household]) -> list[Document]:
        return [to_document(one, self._seal) for one in households]


def to_document(household: Household, seal: Seal) -> Document:
    """Write a household; schema 1."""
    sealed = json.dumps([household.number, household.address], ensure_ascii=False)
    return {
        "_id": household.id,
        "v": household.village,
        "key": household.key,
        "sealed": seal.encrypt(sealed, bound_to=_bound(household.id)),
        "purge_on": household.purge_on.isoformat(),
    }


def from_document(document: Document, seal: Seal) -> Household:
    """Read a household; schema 1."""
    number, address = json.loads(seal.decrypt(document["sealed"], bound_to=_bound(document["_id"])))
    return Household(
        id=HouseholdId(document["_id"]),
        village=AreaCode(document["v"]),
        key=document["key"],
        number=number,
        address=address,
        purge_on=date.fromisoformat(document["purge_on"]),
    )


def _bound(household: int) -> str:
    return f"household/{household}"
