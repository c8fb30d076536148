"""Marks by hand, and the lists that two officers sign."""

from collections.abc import Sequence
from datetime import datetime

from pymongo import ASCENDING, IndexModel

from data.civic.ids import EventId, PersonId
from data.civic.safety.marks import ListState, Mark, MarkList
from data.store.collection import Document
from data.store.mongo import Database
from data.store.versioned import Versioned

COLLECTION, LISTS = "marks", "mark_lists"
MOST = 100_000
"""Marks of the events that go on."""
MOST_LISTS = 1_000

INDEXES = (
    IndexModel([("person", ASCENDING), ("event", ASCENDING)], name="person"),
    IndexModel([("event", ASCENDING)], name="event"),
    IndexModel([("at", ASCENDING)], name="when"),
)
LIST_INDEXES = (
    IndexModel([("event", ASCENDING), ("state", ASCENDING)], name="event"),
    IndexModel([("at", ASCENDING)], name="when"),
)


class Marks(Versioned[Mark]):
    """All marks, one of a kind for a person in an event."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, COLLECTION, Mark)

    async def of_person(self, person: PersonId, events: Sequence[EventId]) -> list[Mark]:
        """List the marks of somebody in some events, ended ones too."""
        return await self._find({"person": person, "event": {"$in": list(events)}}, limit=MOST)

    async def of_events(self, events: Sequence[EventId]) -> list[Mark]:
        """List the marks of some events, ended ones too."""
        return await self._find({"event": {"$in": list(events)}}, limit=MOST)

    async def between(self, since: datetime, until: datetime) -> list[Mark]:
        """List the marks made from one moment until before another, oldest first."""
        wanted = {"at": {"$gte": since, "$lt": until}}
        return await self._find(wanted, sort=[("at", ASCENDING)], limit=MOST)


class MarkLists(Versioned[MarkList]):
    """All lists of marks."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, LISTS, MarkList)

    async def of(self, event: EventId, state: ListState) -> list[MarkList]:
        """List those of an event that stand so."""
        return await self._find({"event": event, "state": state.value}, limit=MOST_LISTS)

    async def between(self, since: datetime, until: datetime) -> list[MarkList]:
        """List those written from one moment until before another, oldest first."""
        wanted = {"at": {"$gte": since, "$lt": until}}
        return await self._find(wanted, sort=[("at", ASCENDING)], limit=MOST_LISTS)

    def _searched(self, record: MarkList) -> Document:
        """Tell where it stands."""
        return {"state": record.state.value}
