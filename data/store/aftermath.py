"""Files of events that are over, and the signed records of what was destroyed."""

from datetime import datetime

from pymongo import ASCENDING, DESCENDING, IndexModel

from data.civic.safety.aftermath import Deletion, EventFile, FileState
from data.store.mongo import Database
from data.store.versioned import Versioned

FILES, DELETIONS = "event_files", "deletions"
MOST = 10_000
PAGE = 5_000

FILE_INDEXES = (
    IndexModel([("state", ASCENDING), ("purge_on", ASCENDING)], name="state"),
    IndexModel([("closed_at", DESCENDING)], name="newest"),
)
DELETION_INDEXES = (IndexModel([("at", ASCENDING)], name="when"),)


class EventFiles(Versioned[EventFile]):
    """What becomes of each event's personal data."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, FILES, EventFile)

    async def unfinished(self) -> list[EventFile]:
        """List those whose data stands, the first due first."""
        wanted = {"state": {"$in": [FileState.FROZEN.value, FileState.PURGING.value]}}
        order = [("state", ASCENDING), ("purge_on", ASCENDING)]
        return await self._find(wanted, sort=order, limit=MOST)

    async def newest(self, limit: int) -> list[EventFile]:
        """List files, those of the events closed last first."""
        return await self._find({}, sort=[("closed_at", DESCENDING)], limit=limit)


class Deletions(Versioned[Deletion]):
    """All records of deletion; they are added, never changed."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, DELETIONS, Deletion)

    async def all(self) -> list[Deletion]:
        """List every record, oldest first."""
        found: dict[str, Deletion] = {}
        page = await self._page(None)
        while new := [one for one in page if one.id not in found]:
            found |= {one.id: one for one in new}
            page = await self._page(new[-1].at)
        return list(found.values())

    async def newest(self) -> Deletion | None:
        """Fetch the newest record."""
        found = await self._find({}, sort=[("at", DESCENDING)], limit=1)
        return found[0] if found else None

    async def _page(self, since: datetime | None) -> list[Deletion]:
        wanted = {} if since is None else {"at": {"$gte": since}}
        return await self._find(wanted, sort=[("at", ASCENDING)], limit=PAGE)
