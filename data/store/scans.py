"""Scans: each stands once and is never changed; what tells of somebody's health is sealed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pymongo import ASCENDING, IndexModel

from data.civic.ids import AreaCode, EventId, PersonId, ScanId, ShelterId, StaffId
from data.civic.ports import Seal
from data.civic.safety.scans import Guest, Need, OutTo, Proof, Scan, Way
from data.civic.safety.stays import same
from data.civic.warning.drills import is_drill
from data.store.batching import GroupCommit
from data.store.collection import Document
from data.store.failures import Duplicate
from data.store.mongo import Database

COLLECTION = "scans"
MOST = 200_000
"""Scans of the guests of one batch."""

_OF_DEVICE = [("e", ASCENDING), ("device", ASCENDING), ("counter", ASCENDING)]
INDEXES = (
    IndexModel([("g", ASCENDING), ("e", ASCENDING)], name="guest"),
    IndexModel(_OF_DEVICE, name="device"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceCount:
    """How many scans one device has sent in an event."""

    device: str
    scans: int
    waiting: int
    """How many more it still kept when it sent the newest."""
    newest: datetime


class Scans:
    """All scans."""

    def __init__(self, database: Database, seal: Seal) -> None:
        self._collection = database.collection(COLLECTION)
        self._commit = GroupCommit(self._collection)
        self._seal = seal

    async def add(self, scan: Scan) -> bool:
        """Keep a scan; False: it stands already. Group-committed, answered when durable.

        Raises:
            Conflict: something else stands under its id.
        """
        try:
            await self._commit.insert(to_document(scan, self._seal))
        except Duplicate:
            standing = (await self.some([scan.id])).get(scan.id)
            if standing is not None and same(standing, scan):
                return False
            raise
        return True

    async def add_all(self, scans: Sequence[Scan]) -> dict[ScanId, Scan]:
        """Keep many, each once; give what stood under their ids before."""
        documents = [to_document(one, self._seal) for one in scans]
        refused = await self._collection.insert_all(documents) if documents else {}
        return await self.some([scans[place].id for place in refused])

    async def some(self, ids: Sequence[ScanId]) -> dict[ScanId, Scan]:
        """Fetch scans by their ids."""
        if not ids:
            return {}
        found = await self._collection.find({"_id": {"$in": list(ids)}}, limit=len(ids))
        return {one["_id"]: from_document(one, self._seal) for one in found}

    async def of_guests(
        self, event: EventId, guests: Sequence[Guest]
    ) -> Mapping[Guest, Sequence[Scan]]:
        """List the scans of each guest in an event, in no order."""
        wanted = {"g": {"$in": list(guests)}, "e": event}
        found = await self._collection.find(wanted, limit=MOST) if guests else []
        by_guest: dict[Guest, list[Scan]] = {one: [] for one in guests}
        for document in found:
            scan = from_document(document, self._seal)
            for guest in scan.guests:
                if guest in by_guest:
                    by_guest[guest].append(scan)
        return by_guest

    async def everywhere(
        self, guests: Sequence[Guest], *, drill: bool
    ) -> Mapping[Guest, Sequence[Scan]]:
        """List the scans of each guest in all events of a kind, in no order."""
        found = await self._collection.find({"g": {"$in": list(guests)}}, limit=MOST)
        by_guest: dict[Guest, list[Scan]] = {one: [] for one in guests}
        for document in found:
            if is_drill(document["e"]) != drill:
                continue
            scan = from_document(document, self._seal)
            for guest in by_guest.keys() & set(scan.guests):
                by_guest[guest].append(scan)
        return by_guest

    async def devices(self, event: EventId) -> list[DeviceCount]:
        """Count what each device has sent, and what it said that it keeps."""
        newest = {"at": "$received_at", "waiting": "$waiting"}
        counted = {"_id": "$device", "scans": {"$sum": 1}, "newest": {"$max": newest}}
        found = await self._collection.aggregate(
            [{"$match": {"e": event}}, {"$group": counted}, {"$sort": {"_id": 1}}], index="device"
        )
        return [
            DeviceCount(
                device=one["_id"],
                scans=one["scans"],
                waiting=one["newest"].get("waiting", 0),
                newest=one["newest"]["at"],
            )
            for one in found
        ]

    async def stop(self) -> None:
        """Write what waits, and take no more."""
        await self._commit.stop()


def to_document(scan: Scan, seal: Seal) -> Document:
    """Write a scan; schema 1."""
    sealed = json.dumps([scan.looks, sorted(scan.needs)], ensure_ascii=False)
    return {
        "_id": scan.id,
        "e": scan.event,
        "g": list(scan.guests),
        "way": scan.way.value,
        "shelter": scan.shelter,
        "people": list(scan.people),
        "strangers": scan.strangers,
        "party": scan.party,
        "sealed": seal.encrypt(sealed, bound_to=f"scan/{scan.id}"),
        "out_to": scan.out_to.value if scan.out_to else None,
        "village": scan.village,
        "at": scan.at,
        "sure": scan.sure,
        "device": scan.device,
        "counter": scan.counter,
        "waiting": scan.waiting,
        "proof": scan.proof.value,
        "by": scan.by,
        "received_at": scan.received_at,
    }


def from_document(document: Document, seal: Seal) -> Scan:
    """Read a scan; schema 1."""
    sealed = seal.decrypt(document["sealed"], bound_to=f"scan/{document['_id']}")
    looks, needs = json.loads(sealed)
    out_to, village = document["out_to"], document["village"]
    return Scan(
        id=ScanId(document["_id"]),
        event=EventId(document["e"]),
        way=Way(document["way"]),
        shelter=ShelterId(document["shelter"]) if document["shelter"] else None,
        people=tuple(PersonId(one) for one in document["people"]),
        strangers=document["strangers"],
        party=ScanId(document["party"]) if document["party"] else None,
        looks=looks,
        needs=frozenset(Need(one) for one in needs),
        out_to=OutTo(out_to) if out_to else None,
        village=AreaCode(village) if village else None,
        at=document["at"],
        sure=document["sure"],
        device=document["device"],
        counter=document["counter"],
        waiting=document.get("waiting", 0),
        proof=Proof(document["proof"]),
        by=StaffId(document["by"]),
        received_at=document["received_at"],
    )
