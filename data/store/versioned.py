"""Records under ids that are changed only at the version that was read."""

from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from data.civic.errors import Conflict, NotFound
from data.store.collection import Document, Filter, Sort
from data.store.failures import Duplicate
from data.store.mongo import Database
from data.store.records import Fielded, read, write

TRIES = 50
"""How often somebody else may be faster before a move is given up."""


class Record(Fielded, Protocol):
    """What has an id and counts its changes; a new one has version 0."""

    @property
    def id(self) -> str:
        """Tell under which id it stands."""
        ...

    @property
    def version(self) -> int:
        """Tell how often it was changed."""
        ...


R = TypeVar("R", bound=Record)


class Versioned(Generic[R]):
    """All records of one kind."""

    def __init__(self, database: Database, collection: str, kind: type[R]) -> None:
        self._collection = database.collection(collection)
        self._kind = kind

    async def get(self, id: str) -> R | None:  # noqa: A002  (its own word)
        """Fetch a record by its id."""
        document = await self._collection.find_one({"_id": id})
        return self._from(document) if document else None

    async def add(self, record: R) -> R:
        """Keep a new record, and give back the one that stands. Idempotent by its id."""
        try:
            await self._collection.insert(self._to(record))
        except Duplicate:
            return await self.get(record.id) or record
        return record

    async def save(self, record: R) -> None:
        """Write a record over the version before it; one that is not changed is left alone.

        Raises:
            Conflict: somebody else has changed it since it was read.
        """
        if not await self._put(record):
            raise Conflict(f"{record.id} has changed meanwhile: read it again")

    async def change(self, id: str, move: Callable[[R], R]) -> R:  # noqa: A002
        """Make a move, again on what stands now when somebody else was faster.

        Raises:
            NotFound: there is no such record.
            Conflict: the life cycle forbids it, or others were faster again and again.
        """
        for _ in range(TRIES):
            record = await self.get(id)
            if record is None:
                raise NotFound(f"nothing stands under {id}")
            moved = move(record)
            if moved == record or await self._put(moved):
                return moved
        raise Conflict(f"{id} is being changed by many: try again")

    async def _find(self, wanted: Filter, *, sort: Sort | None = None, limit: int) -> list[R]:
        """Find records; the caller's filter has its index."""
        found = await self._collection.find(wanted, sort=sort, limit=limit)
        return [self._from(one) for one in found]

    async def _put(self, record: R) -> bool:
        """Write a record over the version before it; False: somebody else was faster."""
        before = {"_id": record.id, "version": record.version - 1}
        return await self._collection.replace(before, self._to(record))

    def _to(self, record: R) -> Document:
        return {"_id": record.id, **write(record), **self._searched(record)}

    def _from(self, document: Document) -> R:
        return read(self._kind, document)

    def _searched(self, record: R) -> Document:
        """Tell further fields that a query needs, worked out from the record."""
        del record
        return {}
