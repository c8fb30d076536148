"""The personal papers of events, in whatever collection they stand: counted, and destroyed."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from pymongo import ASCENDING

from data.civic.ids import EventId, PersonId
from data.civic.warning.duty import DutyKind
from data.store.collection import Collection, Document
from data.store.mongo import Database
from data.store.row_documents import person_of, row_id

PAGE = 5_000

PAPERS: Mapping[str, tuple[str, str, str]] = {
    "whereabouts": ("e", "village", "p"),
    "marks": ("event", "event", "person"),
    "mark_lists": ("event", "event", "people"),
    "relief_issues": ("event", "event", "to.person"),
    "scans": ("e", "device", "people"),
    "stays": ("e", "inside", ""),
}
"""Personal papers of an event: collection → field of the event, its index, field of the people."""


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
                found.update(await self._named(name, {field: event}, who, index=index))
        for number in informings:
            found.update(await self._row_people(number))
        return found

    async def destroy(self, event: EventId, informings: Sequence[int]) -> dict[str, int]:
        """Destroy the papers of an event; tell how many of each collection. Idempotent."""
        gone = {
            name: await self._of(name).delete({field: event})
            for name, (field, _, _) in PAPERS.items()
        }
        for number in informings:
            for name, span in (("rows", _row_range(number)), ("sends", _send_range(number))):
                gone[name] = gone.get(name, 0) + await self._of(name).delete(span)
        return gone

    async def destroy_within(self, since: datetime, until: datetime) -> dict[str, int]:
        """Destroy appeals, calls for help and reports of hazards of a time. Idempotent.

        They name no event; the cases that reports were made into stay, and name nobody.
        """
        span = {"$gte": since, "$lte": until}
        help_calls = {"opened_at": span, "kind": DutyKind.HELP.value}
        return {
            "appeals": await self._of("appeals").delete({"at": span}),
            "duty_calls": await self._of("duty_calls").delete(help_calls),
            "hazard_reports": await self._of("hazard_reports").delete({"at": span}),
        }

    async def _named(
        self, name: str, wanted: Mapping[str, str], who: str, *, index: str
    ) -> list[PersonId]:
        rows = await self._of(name).aggregate(
            [{"$match": wanted}, {"$unwind": f"${who}"}, {"$group": {"_id": f"${who}"}}],
            index=index,
        )
        return [PersonId(row["_id"]) for row in rows if row["_id"]]

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
