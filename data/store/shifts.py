"""The duty roster: shifts by area and time."""

from collections.abc import Sequence
from datetime import datetime

from pymongo import ASCENDING, IndexModel

from data.civic.errors import Conflict
from data.civic.ids import AreaCode, ShiftId, StaffId
from data.civic.ports import Seal
from data.civic.warning.shifts import Shift
from data.store.audiences import inside
from data.store.collection import Document
from data.store.duty_documents import holder_from_document, holder_to_document
from data.store.failures import Duplicate
from data.store.mongo import Database

COLLECTION = "shifts"
INDEXES = (IndexModel([("area", ASCENDING), ("ends", ASCENDING)], name="area"),)
MOST = 5_000
"""Shifts that are read at once: a province's within a month."""


class Shifts:
    """All shifts, under their ids."""

    def __init__(self, database: Database, seal: Seal) -> None:
        self._collection = database.collection(COLLECTION)
        self._seal = seal

    async def add(self, shift: Shift) -> None:
        """Put a shift on the roster.

        Raises:
            Conflict: its id is taken.
        """
        try:
            await self._collection.insert(to_document(shift, self._seal))
        except Duplicate as error:
            raise Conflict(f"a shift {shift.id} stands already") from error

    async def get(self, shift: ShiftId) -> Shift | None:
        """Fetch a shift."""
        document = await self._collection.find_one({"_id": shift})
        return from_document(document, self._seal) if document else None

    async def take_off(self, shift: ShiftId) -> bool:
        """Take a shift off the roster; say whether it stood there. Idempotent."""
        return await self._collection.delete({"_id": shift}) > 0

    async def of_areas(
        self, areas: Sequence[AreaCode], since: datetime, until: datetime
    ) -> list[Shift]:
        """List the shifts of just these areas that go on between two moments, by their begin."""
        time = {"ends": {"$gt": since}, "begins": {"$lte": until}}
        return await self._found({"area": {"$in": list(areas)}, **time})

    async def within(self, area: AreaCode, since: datetime, until: datetime) -> list[Shift]:
        """List the shifts of an area and of those in it between two moments, by their begin."""
        time = {"ends": {"$gt": since}, "begins": {"$lte": until}}
        return await self._found({**inside([area], "area")[0], **time})

    async def _found(self, wanted: Document) -> list[Shift]:
        found = await self._collection.find(wanted, limit=MOST)
        shifts = [from_document(one, self._seal) for one in found]
        return sorted(shifts, key=lambda one: (one.begins, one.area, one.id))


def to_document(shift: Shift, seal: Seal) -> Document:
    """Write a shift; schema 1."""
    return {
        "_id": shift.id,
        "area": shift.area,
        "begins": shift.begins,
        "ends": shift.ends,
        "holders": [
            holder_to_document(one, seal, bound_to=_bound(shift.id)) for one in shift.holders
        ],
        "made_by": shift.made_by,
        "version": shift.version,
    }


def from_document(document: Document, seal: Seal) -> Shift:
    """Read a shift; schema 1."""
    id_ = ShiftId(document["_id"])
    return Shift(
        id=id_,
        area=AreaCode(document["area"]),
        begins=document["begins"],
        ends=document["ends"],
        holders=tuple(
            holder_from_document(one, seal, bound_to=_bound(id_)) for one in document["holders"]
        ),
        made_by=StaffId(document["made_by"]),
        version=document["version"],
    )


def _bound(shift: ShiftId) -> str:
    return f"shift/{shift}"
