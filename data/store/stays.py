"""Stays: who is in which shelter, worked out from scans; a newer reading is never overwritten."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pymongo import ASCENDING, IndexModel, ReplaceOne

from data.civic.ids import EventId, ShelterId
from data.civic.safety.scans import Guest
from data.civic.safety.shelters import Places
from data.civic.safety.stays import Clash, Stay, Stays
from data.store.collection import Document, Filter
from data.store.mongo import Database
from data.store.records import read, write

COLLECTION = "stays"
MOST = 100_000
"""Guests of one event: more than fit into the shelters of a county."""

INDEXES = (
    IndexModel([("e", ASCENDING), ("shelter", ASCENDING), ("since", ASCENDING)], name="inside"),
    IndexModel([("e", ASCENDING), ("shelters", ASCENDING)], name="shelters"),
    IndexModel(
        [("clash", ASCENDING)], name="clash", partialFilterExpression={"clash": {"$gt": ""}}
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lodging:
    """One guest's stays as they are kept."""

    guest: Guest
    stays: tuple[Stay, ...]
    clashes: tuple[Clash, ...]

    @property
    def now(self) -> Stay | None:
        """Tell the stay that goes on."""
        return self.stays[-1] if self.stays and self.stays[-1].goes_on else None


class StayBook:
    """The stays of all guests of all events."""

    def __init__(self, database: Database) -> None:
        self._collection = database.collection(COLLECTION)

    async def put_all(
        self, event: EventId, folded: Mapping[Guest, Stays], counts: Mapping[Guest, int]
    ) -> None:
        """Write what scans amount to; `counts` tells how many scans of each guest were read.

        What somebody else has worked out of more scans meanwhile is left alone.
        """
        writes = [
            ReplaceOne(
                {"_id": _id(event, guest), "n": {"$lte": counts[guest]}},
                _to_document(event, guest, stays, counts[guest]),
                upsert=True,
            )
            for guest, stays in folded.items()
        ]
        if writes:
            await self._collection.write_all(writes)

    async def recount(self) -> None:
        """Have all stays worked out anew when they are asked for next: scans have been purged."""
        await self._collection.update_all({"e": {"$gt": ""}}, {"$set": {"n": 0}})

    async def counts(self, event: EventId, guests: Sequence[Guest]) -> dict[Guest, int]:
        """Tell of how many scans the stays of guests were worked out."""
        wanted = {"_id": {"$in": [_id(event, one) for one in guests]}}
        found = await self._collection.find(wanted, limit=len(guests), fields=["g", "n"])
        return {one["g"]: one["n"] for one in found}

    async def of(self, event: EventId, guests: Sequence[Guest]) -> dict[Guest, Lodging]:
        """Fetch the stays of guests."""
        if not guests:
            return {}
        wanted = {"_id": {"$in": [_id(event, one) for one in guests]}}
        found = await self._collection.find(wanted, limit=len(guests))
        return {one["g"]: _lodging(one) for one in found}

    async def inside(self, event: EventId, shelter: ShelterId) -> list[Lodging]:
        """List who is in a shelter, the earliest first."""
        wanted = {"e": event, "shelter": shelter}
        sort = [("e", ASCENDING), ("shelter", ASCENDING), ("since", ASCENDING)]
        return [_lodging(one) for one in await self._collection.find(wanted, sort=sort, limit=MOST)]

    async def ever(self, event: EventId, shelter: ShelterId) -> list[Lodging]:
        """List who was or is in a shelter."""
        return await self._find({"e": event, "shelters": shelter})

    async def clashing(self, event: EventId) -> list[Lodging]:
        """List the guests whose scans do not fit together."""
        return await self._find({"clash": event})

    async def taken(self, event: EventId) -> dict[ShelterId, Places]:
        """Count the places that are taken in every shelter."""
        total = {name: {"$sum": f"$takes.{name}"} for name in ("people", "beds", "wheelchairs")}
        found = await self._collection.aggregate(
            [
                {"$match": {"e": event, "shelter": {"$gt": ""}}},
                {"$group": {"_id": "$shelter", **total}},
            ],
            index="inside",
        )
        return {
            ShelterId(one["_id"]): Places(one["people"], one["beds"], one["wheelchairs"])
            for one in found
        }

    async def _find(self, wanted: Filter) -> list[Lodging]:
        return [_lodging(one) for one in await self._collection.find(wanted, limit=MOST)]


def _id(event: EventId, guest: Guest) -> str:
    return f"{event}/{guest}"


def _to_document(event: EventId, guest: Guest, stays: Stays, count: int) -> Document:
    """Write the stays of one guest; schema 1."""
    now = stays.now
    return {
        "_id": _id(event, guest),
        "e": event,
        "g": guest,
        "n": count,
        "shelter": now.shelter if now else None,
        "since": now.since if now else None,
        "takes": write(now.takes) if now else None,
        "shelters": sorted({one.shelter for one in stays.stays}),
        "clash": event if stays.clashes else "",
        "stays": [write(one) for one in stays.stays],
        "clashes": [write(one) for one in stays.clashes],
    }


def _lodging(document: Document) -> Lodging:
    return Lodging(
        guest=document["g"],
        stays=tuple(read(Stay, one) for one in document["stays"]),
        clashes=tuple(read(Clash, one) for one in document["clashes"]),
    )
