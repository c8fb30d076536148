"""What the duty officer is called for."""

from pymongo import ASCENDING, DESCENDING, IndexModel

from data.civic.warning.duty import DutyCall
from data.store.collection import Document
from data.store.mongo import Database
from data.store.versioned import Versioned

COLLECTION = "duty_calls"

_UNSEEN = {"unseen": True}

INDEXES = (
    IndexModel([("opened_at", ASCENDING)], name="unseen", partialFilterExpression=_UNSEEN),
    IndexModel([("opened_at", DESCENDING)], name="newest"),
)


class DutyCalls(Versioned[DutyCall]):
    """All calls, under `kind/subject`."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, COLLECTION, DutyCall)

    async def unseen(self, limit: int) -> list[DutyCall]:
        """List what nobody has seen yet, oldest first."""
        return await self._find(_UNSEEN, sort=[("opened_at", ASCENDING)], limit=limit)

    async def newest(self, limit: int) -> list[DutyCall]:
        """List calls, the newest first."""
        return await self._find({}, sort=[("opened_at", DESCENDING)], limit=limit)

    def _searched(self, record: DutyCall) -> Document:
        """Tell the fields to search by."""
        return {} if record.seen_at else {"unseen": True}
