"""Doors: one document a shelter that says who is inside, so that none is overfilled.

Who comes online takes a place by one conditional write, group-committed. What scans amount to is
put over it afterwards; the sums are always those of the entries, and never drift.
"""

from collections.abc import Mapping, Sequence

from data.civic.ids import EventId, ShelterId
from data.civic.safety.scans import Guest
from data.civic.safety.shelters import Capacity, Places
from data.civic.warning.drills import is_drill
from data.store.batching import GroupCommit
from data.store.collection import Document, Update
from data.store.failures import Duplicate
from data.store.mongo import Database

COLLECTION = "shelter_doors"
INDEXES = ()
DRILL = "drill/"
"""A drill takes no place from anybody: it has doors of its own."""
_KINDS = ("people", "beds", "wheelchairs")
_ENTRIES = {"$objectToArray": "$inside"}
_SUMS: Document = {
    kind: {"$sum": {"$map": {"input": _ENTRIES, "in": {"$arrayElemAt": ["$$this.v", place]}}}}
    for place, kind in enumerate(_KINDS)
}
"""The sums of all entries."""


class Doors:
    """The doors of all shelters."""

    def __init__(self, database: Database) -> None:
        self._collection = database.collection(COLLECTION)
        self._commit = GroupCommit(self._collection)
        self._standing: set[str] = set()

    async def set_open(self, shelter: ShelterId, *, is_open: bool) -> Places:
        """Open or shut a door for everybody who comes from now on; tell how many are inside."""
        change = {"$set": {"open": is_open}, "$setOnInsert": {"inside": {}, **_zeros()}}
        await self._collection.update({"_id": f"{DRILL}{shelter}"}, change, upsert=True)
        document = await self._collection.take({"_id": shelter}, change, upsert=True)
        return _taken(document)

    async def enter(
        self, shelter: ShelterId, event: EventId, party: Mapping[Guest, Places], capacity: Capacity
    ) -> bool:
        """Take places for all of a party or for none; False: the door is shut, or too few are left.

        Who is inside already takes no second place. Group-committed, answered when durable.
        """
        total = sum(party.values(), Places())
        fields = {_entry(event, guest): _written(takes) for guest, takes in party.items()}
        await self._stand(_id(shelter, event))
        wanted = {
            "_id": _id(shelter, event),
            "open": True,
            **_room(capacity, total),
            **{field: {"$exists": False} for field in fields},
        }
        change = {"$set": fields, "$inc": dict(zip(_KINDS, _written(total), strict=True))}
        try:
            await self._commit.update(wanted, change, upsert=True)
        except Duplicate:
            return False
        return True

    async def settle(
        self,
        event: EventId,
        changes: Mapping[ShelterId, Mapping[Guest, Places | None]],
    ) -> None:
        """Put what is known over what stood: who is inside with which places, who (None) is not."""
        for shelter, guests in changes.items():
            wanted = {"_id": _id(shelter, event)}
            await self._commit.update(wanted, _over(event, guests), upsert=True)

    async def forget(self, event: EventId) -> None:
        """Take everybody out who came in an event: it is long over. Idempotent."""
        ours = {"$eq": [{"$indexOfBytes": ["$$this.k", _key(event, Guest(""))]}, 0]}
        others = {"$filter": {"input": _ENTRIES, "cond": {"$not": ours}}}
        change = [{"$set": {"inside": {"$arrayToObject": others}}}, {"$set": _SUMS}]
        await self._collection.update_all({"_id": {"$gte": ""}}, change)

    async def inside(
        self, shelters: Sequence[ShelterId], *, drill: bool = False
    ) -> dict[ShelterId, Places]:
        """Count who is inside, of all events together."""
        prefix = DRILL if drill else ""
        ids = [f"{prefix}{one}" for one in shelters]
        found = await self._collection.find(
            {"_id": {"$in": ids}}, limit=max(1, len(ids)), fields=list(_KINDS)
        )
        return {ShelterId(one["_id"].removeprefix(prefix)): _taken(one) for one in found}

    async def events(self, shelter: ShelterId) -> set[EventId]:
        """Name the events, real and of drills, by which somebody is inside."""
        wanted = {"_id": {"$in": [shelter, f"{DRILL}{shelter}"]}}
        found = await self._collection.find(wanted, limit=2, fields=["inside"])
        return {EventId(key.partition("|")[0]) for one in found for key in one["inside"]}

    async def holds(
        self, shelter: ShelterId, event: EventId, guests: Sequence[Guest]
    ) -> set[Guest]:
        """Tell which of some guests are inside, and have taken places."""
        document = await self._collection.find_one({"_id": _id(shelter, event)})
        known = document["inside"] if document else {}
        return {one for one in guests if _key(event, one) in known}

    async def is_open(self, shelter: ShelterId, event: EventId) -> bool:
        """Say whether a door takes people in, were there room."""
        wanted = {"_id": _id(shelter, event), "open": True}
        return await self._collection.find_one(wanted) is not None

    async def stop(self) -> None:
        """Write what waits, and take no more."""
        await self._commit.stop()

    async def _stand(self, door: str) -> None:
        """Have a door stand, shut: one that is missing would open to whoever comes first."""
        if door not in self._standing:
            shut = {"$setOnInsert": {"open": False, "inside": {}, **_zeros()}}
            await self._collection.update({"_id": door}, shut, upsert=True)
            self._standing.add(door)


def _over(event: EventId, guests: Mapping[Guest, Places | None]) -> Update:
    fields: Document = {
        _entry(event, guest): _written(takes) if takes is not None else "$$REMOVE"
        for guest, takes in guests.items()
    }
    return [{"$set": fields}, {"$set": _SUMS}]


def _room(capacity: Capacity, party: Places) -> Document:
    """Ask for as many free places of every kind as the party takes."""
    most = (capacity.people, capacity.beds, capacity.wheelchairs)
    return {
        kind: {"$lte": limit - wanted}
        for kind, limit, wanted in zip(_KINDS, most, _written(party), strict=True)
        if limit is not None and wanted
    }


def _id(shelter: ShelterId, event: EventId) -> str:
    return f"{DRILL}{shelter}" if is_drill(event) else shelter


def _key(event: EventId, guest: Guest) -> str:
    return f"{event}|{guest}"


def _entry(event: EventId, guest: Guest) -> str:
    return f"inside.{_key(event, guest)}"


def _written(places: Places) -> list[int]:
    return [places.people, places.beds, places.wheelchairs]


def _zeros() -> Document:
    return dict.fromkeys(_KINDS, 0)


def _taken(document: Document | None) -> Places:
    return Places(*(document[kind] for kind in _KINDS)) if document else Places()
