"""Grids and their workers: who answers for whom; names and telephones of workers are sealed."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from pymongo import ASCENDING, IndexModel

from data.civic.errors import Conflict
from data.civic.ids import AreaCode, GridId, StaffId, WorkerId
from data.civic.ports import Seal
from data.civic.safety.grids import Grid, GridWorker, Leave, chain
from data.store.audiences import inside
from data.store.collection import Document
from data.store.failures import Duplicate
from data.store.mongo import Database

COLLECTION = "grids"
WORKERS = "grid_workers"
MOST = 50_000
"""Grids, and workers, of one county: more than there are."""

_PLACE = [("village", ASCENDING), ("name", ASCENDING)]
_AREA = [("area", ASCENDING), ("_id", ASCENDING)]

INDEXES = (
    IndexModel(_PLACE, name="place", unique=True),
    IndexModel([("worker", ASCENDING)], name="worker"),
)
WORKER_INDEXES = (
    IndexModel(_AREA, name="area"),
    IndexModel([("staff", ASCENDING)], name="staff"),
)


class Grids:
    """All grids, and everybody who answers for one."""

    def __init__(self, database: Database, seal: Seal) -> None:
        self._grids = database.collection(COLLECTION)
        self._workers = database.collection(WORKERS)
        self._seal = seal

    async def add(self, grid: Grid) -> None:
        """Enter a grid.

        Raises:
            Conflict: its id is taken, or the village has a grid of this name.
        """
        try:
            await self._grids.insert(grid_to_document(grid))
        except Duplicate as error:
            raise Conflict(f"{grid.village} has a grid {grid.name} already") from error

    async def save(self, grid: Grid) -> None:
        """Write a grid over the version before it; of its workers only the first is kept here.

        Raises:
            Conflict: somebody else has changed it, or the village has a grid of this name.
        """
        before = {"_id": grid.id, "version": grid.version - 1}
        try:
            saved = await self._grids.replace(before, grid_to_document(grid))
        except Duplicate as error:
            raise Conflict(f"{grid.village} has a grid {grid.name} already") from error
        if not saved:
            raise Conflict(f"grid {grid.id} has changed meanwhile: read it again")

    async def get(self, grid: GridId) -> Grid | None:
        """Fetch a grid with everybody who may answer for it."""
        document = await self._grids.find_one({"_id": grid})
        return (await self._with_workers([document]))[0] if document else None

    async def by_ids(self, grids: Sequence[GridId]) -> list[Grid]:
        """Fetch some grids."""
        wanted = {"_id": {"$in": list(grids)}}
        return await self._with_workers(await self._grids.find(wanted, limit=max(1, len(grids))))

    async def within(self, area: AreaCode) -> list[Grid]:
        """List the grids of an area, village by village."""
        wanted = inside([area], "village")[0]
        return await self._with_workers(await self._grids.find(wanted, limit=MOST, sort=_PLACE))

    async def of_worker(self, worker: WorkerId) -> list[Grid]:
        """List the grids for which somebody is the first to answer."""
        return await self._with_workers(await self._grids.find({"worker": worker}, limit=MOST))

    async def uncovered(self, area: AreaCode) -> tuple[GridId, ...]:
        """Name the grids of an area for which nobody answers."""
        wanted = {**inside([area], "village")[0], "worker": None}
        found = await self._grids.find(wanted, limit=MOST, fields=["_id"])
        return tuple(GridId(one["_id"]) for one in found)

    async def touched_by_leave(self, area: AreaCode, since: datetime) -> list[Grid]:
        """List the grids of an area whose first to answer has a leave that ends after a moment."""
        wanted = {**inside([area], "area")[0], "leaves.ends": {"$gt": since}}
        away = await self._workers.find(wanted, limit=MOST, sort=_AREA, fields=["_id"])
        first = {"worker": {"$in": [one["_id"] for one in away]}}
        return await self._with_workers(await self._grids.find(first, limit=MOST)) if away else []

    async def enlist(self, worker: GridWorker) -> None:
        """Enter a grid worker.

        Raises:
            Conflict: the id is taken.
        """
        try:
            await self._workers.insert(worker_to_document(worker, self._seal))
        except Duplicate as error:
            raise Conflict(f"a grid worker {worker.id} stands already") from error

    async def save_worker(self, worker: GridWorker) -> None:
        """Write a worker over the version before.

        Raises:
            Conflict: somebody else has changed the worker since it was read.
        """
        before = {"_id": worker.id, "version": worker.version - 1}
        if not await self._workers.replace(before, worker_to_document(worker, self._seal)):
            raise Conflict(f"grid worker {worker.id} has changed meanwhile: read it again")

    async def worker(self, worker: WorkerId) -> GridWorker | None:
        """Fetch a worker."""
        document = await self._workers.find_one({"_id": worker})
        return worker_from_document(document, self._seal) if document else None

    async def worker_of_staff(self, staff: StaffId) -> GridWorker | None:
        """Fetch the worker whose account of staff this is."""
        document = await self._workers.find_one({"staff": staff})
        return worker_from_document(document, self._seal) if document else None

    async def workers_within(self, area: AreaCode) -> list[GridWorker]:
        """List the workers of an area."""
        found = await self._workers.find(inside([area], "area")[0], limit=MOST, sort=_AREA)
        return [worker_from_document(one, self._seal) for one in found]

    async def _with_workers(self, documents: Sequence[Document]) -> list[Grid]:
        workers = await self._chained(one["worker"] for one in documents)
        return [grid_from_document(one, workers) for one in documents]

    async def _chained(self, first: Iterable[WorkerId | None]) -> list[GridWorker]:
        """Fetch workers, their deputies, and so on until nobody new comes."""
        found: dict[WorkerId, GridWorker] = {}
        wanted = {one for one in first if one is not None}
        while wanted:
            query = {"_id": {"$in": sorted(wanted)}}
            documents = await self._workers.find(query, limit=len(wanted))
            found |= {one["_id"]: worker_from_document(one, self._seal) for one in documents}
            deputies = {found[one["_id"]].deputy for one in documents}
            wanted = {one for one in deputies if one is not None and one not in found}
        return list(found.values())


def grid_to_document(grid: Grid) -> Document:
    """Write a grid; schema 1."""
    return {
        "_id": grid.id,
        "name": grid.name,
        "village": grid.village,
        "worker": grid.workers[0].id if grid.workers else None,
        "version": grid.version,
    }


def grid_from_document(document: Document, workers: Sequence[GridWorker]) -> Grid:
    """Read a grid; schema 1."""
    return Grid(
        id=document["_id"],
        name=document["name"],
        village=document["village"],
        workers=chain(document["worker"], workers),
        version=document["version"],
    )


def worker_to_document(worker: GridWorker, seal: Seal) -> Document:
    """Write a worker; schema 1."""
    sealed = json.dumps([worker.name, worker.phone], ensure_ascii=False)
    return {
        "_id": worker.id,
        "staff": worker.staff,
        "area": worker.area,
        "deputy": worker.deputy,
        "sealed": seal.encrypt(sealed, bound_to=f"grid-worker/{worker.id}"),
        "leaves": [{"begins": one.begins, "ends": one.ends} for one in worker.leaves],
        "version": worker.version,
    }


def worker_from_document(document: Document, seal: Seal) -> GridWorker:
    """Read a worker; schema 1."""
    bound = f"grid-worker/{document['_id']}"
    name, phone = json.loads(seal.decrypt(document["sealed"], bound_to=bound))
    return GridWorker(
        id=document["_id"],
        staff=document["staff"],
        name=name,
        phone=phone,
        area=document["area"],
        deputy=document["deputy"],
        leaves=tuple(Leave(begins=one["begins"], ends=one["ends"]) for one in document["leaves"]),
        version=document["version"],
    )
