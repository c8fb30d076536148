"""Shelters: the registry, changed only at the version that was read."""

from collections.abc import Sequence

from pymongo import ASCENDING, IndexModel

from data.civic.ids import AreaCode, ShelterId
from data.civic.safety.shelters import Shelter, ShelterState
from data.store.audiences import inside
from data.store.mongo import Database
from data.store.versioned import Versioned

COLLECTION = "shelters"
MOST = 10_000
"""Shelters of one county: more than there are."""

_PLACE = [("area", ASCENDING), ("_id", ASCENDING)]

INDEXES = (
    IndexModel(_PLACE, name="area"),
    IndexModel([("state", ASCENDING), ("area", ASCENDING)], name="state"),
)


class Shelters(Versioned[Shelter]):
    """All shelters."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, COLLECTION, Shelter)

    async def within(self, area: AreaCode) -> list[Shelter]:
        """List the shelters of an area, in the order of their areas."""
        return await self._find(inside([area], "area")[0], sort=_PLACE, limit=MOST)

    async def open(self) -> list[Shelter]:
        """List those that take people in."""
        return await self._find({"state": ShelterState.OPEN.value}, limit=MOST)

    async def some(self, ids: Sequence[ShelterId]) -> list[Shelter]:
        """Fetch some; who is not known is left out."""
        return await self._find({"_id": {"$in": list(ids)}}, limit=len(ids)) if ids else []
