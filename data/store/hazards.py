"""Hazards and the reports that they are made of."""

from datetime import datetime

from pymongo import ASCENDING, DESCENDING, IndexModel

from data.civic.errors import Conflict
from data.civic.ids import ConversationId, HazardId, TicketNumber
from data.civic.safety.hazards import Hazard, HazardKind, HazardReport
from data.store.collection import Document
from data.store.failures import Duplicate
from data.store.mongo import Database
from data.store.versioned import Versioned

COLLECTION, REPORTS = "hazards", "hazard_reports"
MOST, MOST_REPORTS = 2_000, 10_000
DEEPEST = 10
"""How often a case may have gone into an older one."""

_LATE_FIRST = [("opened_at", ASCENDING), ("_id", ASCENDING)]
_NEWEST_FIRST = [("at", DESCENDING)]

INDEXES = (
    IndexModel([("open", ASCENDING), ("kind", ASCENDING), ("last_at", ASCENDING)], name="alike"),
    IndexModel([("open", ASCENDING), *_LATE_FIRST], name="open"),
    IndexModel([("into", ASCENDING)], name="into"),
)
REPORT_INDEXES = (
    IndexModel([("hazard", ASCENDING), ("at", ASCENDING)], name="hazard"),
    IndexModel([("conversation", ASCENDING), *_NEWEST_FIRST], name="conversation"),
    IndexModel([("number", ASCENDING)], name="number", unique=True),
    IndexModel([("at", ASCENDING)], name="at"),
)


class Hazards(Versioned[Hazard]):
    """All cases."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, COLLECTION, Hazard)

    async def alike(self, kind: HazardKind, since: datetime) -> list[Hazard]:
        """List the open cases of a kind of which something was heard since a moment."""
        wanted = {"open": True, "kind": kind.value, "last_at": {"$gte": since}}
        return await self._find(wanted, limit=MOST)

    async def open(self) -> list[Hazard]:
        """List what waits for its result, oldest first."""
        return await self._find({"open": True}, sort=_LATE_FIRST, limit=MOST)

    async def root(self, hazard: HazardId) -> Hazard | None:
        """Fetch a case, or the one into which it has gone."""
        found = await self.get(hazard)
        for _ in range(DEEPEST):
            if found is None or found.into is None:
                break
            found = await self.get(found.into)
        return found

    async def parts(self, hazard: HazardId) -> list[HazardId]:
        """Name a case and all that have gone into it."""
        known, fresh = [hazard], [hazard]
        for _ in range(DEEPEST):
            found = await self._find({"into": {"$in": fresh}}, limit=MOST) if fresh else []
            fresh = [one.id for one in found]
            known += fresh
        return known

    def _searched(self, record: Hazard) -> Document:
        """Tell whether it waits for its result."""
        return {"open": record.open}


class HazardReports(Versioned[HazardReport]):
    """All reports, under the messages that they came by."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, REPORTS, HazardReport)

    async def enter(self, report: HazardReport) -> HazardReport:
        """Keep a new report, and give back the one that stands. Idempotent by its message.

        Raises:
            Conflict: another report has this number; take a new one.
        """
        try:
            await self._collection.insert(self._to(report))
        except Duplicate as error:
            standing = await self.get(report.id)
            if standing is None:
                raise Conflict(f"number {report.number} is taken: try another") from error
            return standing
        return report

    async def of(self, hazards: list[HazardId]) -> list[HazardReport]:
        """List the reports of some cases, oldest first."""
        wanted = {"hazard": {"$in": hazards}}
        return await self._find(wanted, sort=[("at", ASCENDING)], limit=MOST_REPORTS)

    async def latest_of(self, conversation: ConversationId) -> HazardReport | None:
        """Fetch the newest report of a citizen."""
        wanted = {"conversation": conversation}
        found = await self._find(wanted, sort=_NEWEST_FIRST, limit=1)
        return found[0] if found else None

    async def by_number(self, number: TicketNumber) -> HazardReport | None:
        """Fetch a report by the number that the citizen has."""
        found = await self._find({"number": number}, limit=1)
        return found[0] if found else None
