"""Announcements by the loudspeakers of villages."""

from pymongo import ASCENDING, IndexModel

from data.civic.sending.announcements import Announcement
from data.store.mongo import Database
from data.store.versioned import Versioned

COLLECTION = "announcements"
MOST = 20_000
"""Villages of one informing: more than a province has."""

INDEXES = (
    IndexModel([("informing", ASCENDING), ("village", ASCENDING)], name="informing", unique=True),
)


class Announcements(Versioned[Announcement]):
    """All announcements, under `informing/village`."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, COLLECTION, Announcement)

    async def of(self, informing: int) -> list[Announcement]:
        """List those of an informing, in the order of the villages' codes."""
        wanted, sort = {"informing": informing}, [("village", ASCENDING)]
        return await self._find(wanted, sort=sort, limit=MOST)
