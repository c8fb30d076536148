"""The personal papers of events, in whatever collection they stand: counted, and destroyed.

What names no event goes by its age; what is of the time of an event whose data stands is spared.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from pymongo import ASCENDING

from data.civic.ids import EventId, HazardId, HouseholdId, PersonId
from data.store.collection import Collection, Document
from data.store.hazards import Hazards
from data.store.mongo import Database
from data.store.row_documents import SHIFT, person_of, row_id

PAGE = 5_000
Span = tuple[datetime, datetime]
"""From a moment to another."""

PAPERS: Mapping[str, tuple[str, str, str]] = {
    "whereabouts": ("e", "village", "p"),
    "marks": ("event", "event", "person"),
    "mark_lists": ("event", "event", "people"),
    "relief_issues": ("event", "event", "to.person"),
    "scans": ("e", "device", "people"),
    "stays": ("e", "inside", ""),
}
"""Personal papers of an event: collection → field of the event, its index, field of the people."""
HOUSEHOLDS: Mapping[str, str] = {"relief_issues": "to.household"}
"""Where households stand in them: collection → field."""
INFORMED = ("rows", "sends")
"""Who was told what: under the number of an informing."""
DATED: Mapping[str, tuple[str, str]] = {
    "appeals": ("at", "answer.at"),
    "duty_calls": ("opened_at", "seen_at"),
    "hazard_reports": ("at", ""),
}
"""What names no event: collection → field of the time by which it goes, and of that of its end.

What has no end yet waits for somebody, and stays; a report is over with its case.
"""
BARED: Mapping[str, Mapping[str, object]] = {"hazards": {"spot.point": None, "result": ""}}
"""What stays, without what could be of a person: collection → what its fields become."""


class Papers:
    """The personal papers of events, whatever collection they stand in."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def counts(self, event: EventId, informings: Sequence[int]) -> dict[str, int]:
        """Count the papers of an event, by collection."""
        counted = {}
        for name, (field, index, _) in PAPERS.items():
            counted[name] = await self._of(name).count({field: event}, index=index)
        rows = [one for number in informings for one in await self._row_people(number)]
        return {**counted, "rows": len(rows)}

    async def people(self, event: EventId, informings: Sequence[int]) -> set[PersonId]:
        """Tell everybody of whom there is a paper in an event."""
        found: set[PersonId] = set()
        for name, (field, index, who) in PAPERS.items():
            if who:
                handles = await self._named(name, {field: event}, who, index=index)
                found.update(map(PersonId, handles))
        for number in informings:
            found.update(await self._row_people(number))
        return found

    async def destroy(self, event: EventId, informings: Sequence[int]) -> dict[str, int]:
        """Destroy the papers of an event; tell how many of each collection. Idempotent."""
        gone = {
            name: await self._of(name).delete({field: event})
            for name, (field, _, _) in PAPERS.items()
        }
        return gone | await self.destroy_told(informings)

    async def informings(self) -> list[int]:
        """Name the informings of whose people anything stands, however long ago they were told."""
        found: set[int] = set()
        for name in INFORMED:
            after = 0
            while first := await self._first(name, after):
                found.add(first)
                after = first
        return sorted(found)

    async def destroy_told(self, informings: Sequence[int]) -> dict[str, int]:
        """Destroy who was told what by some informings. Idempotent."""
        gone = dict.fromkeys(INFORMED, 0)
        for number in informings:
            for name, span in (("rows", _row_range(number)), ("sends", _send_range(number))):
                gone[name] += await self._of(name).delete(span)
        return gone

    async def households(self, event: EventId) -> set[HouseholdId]:
        """Tell every household of which, as such, there is a paper in an event."""
        found: set[HouseholdId] = set()
        for name, who in HOUSEHOLDS.items():
            field, index, _ = PAPERS[name]
            handles = await self._named(name, {field: event}, who, index=index)
            found.update(map(HouseholdId, handles))
        return found

    async def destroy_before(self, before: datetime, *, sparing: Sequence[Span]) -> dict[str, int]:
        """Destroy what names no event, is older and over; but nothing of times to be spared.

        Of cases of hazards that are over the numbers stay: kind, area, times. Idempotent.
        """
        gone = {}
        for name, (field, end) in DATED.items():
            over = {end: {"$lt": before}} if end else {"hazard": {"$nin": await self._waiting()}}
            gone[name] = await self._of(name).delete(_older(field, before, sparing) | over)
        for name, bare in BARED.items():
            over = {"open": False, **_older("opened_at", before, sparing)}
            filled = {"$or": [{field: {"$ne": value}} for field, value in bare.items()]}
            change = {"$set": bare, "$inc": {"version": 1}}
            gone[name] = await self._of(name).update_all(over | filled, change, index="open")
        return gone

    async def _waiting(self) -> list[HazardId]:
        """Name the cases of hazards that wait for their result, and what has gone into them."""
        hazards = Hazards(self._database)
        return [part for one in await hazards.open() for part in await hazards.parts(one.id)]

    async def _first(self, name: str, after: int) -> int | None:
        """Find the next informing of which anything stands in a collection."""
        least = row_id(after + 1, 0) if name == "rows" else {"a": after + 1}
        found = await self._of(name).find(
            {"_id": {"$gte": least}}, sort=[("_id", ASCENDING)], limit=1, fields=["_id"]
        )
        if not found:
            return None
        number = found[0]["_id"]
        return int(number >> SHIFT if name == "rows" else number["a"])

    async def _named(
        self, name: str, wanted: Mapping[str, str], who: str, *, index: str
    ) -> list[int]:
        rows = await self._of(name).aggregate(
            [{"$match": wanted}, {"$unwind": f"${who}"}, {"$group": {"_id": f"${who}"}}],
            index=index,
        )
        return [int(row["_id"]) for row in rows if row["_id"]]

    async def _row_people(self, informing: int) -> list[PersonId]:
        found: list[PersonId] = []
        wanted = _row_range(informing)
        while page := await self._of("rows").find(
            wanted, sort=[("_id", ASCENDING)], limit=PAGE, fields=["_id"]
        ):
            found += [person_of(one["_id"]) for one in page]
            wanted = {"_id": {"$gt": page[-1]["_id"], "$lt": wanted["_id"]["$lt"]}}
        return found

    def _of(self, name: str) -> Collection:
        return self._database.collection(name)


def _row_range(informing: int) -> Document:
    return {"_id": {"$gte": row_id(informing, 0), "$lt": row_id(informing + 1, 0)}}


def _send_range(informing: int) -> Document:
    return {"_id": {"$gte": {"a": informing}, "$lt": {"a": informing + 1}}}


def _older(field: str, before: datetime, sparing: Sequence[Span]) -> Document:
    spared = [{field: {"$gte": since, "$lte": until}} for since, until in sparing]
    return {field: {"$lt": before}, **({"$nor": spared} if spared else {})}
