"""Whether this database was filled from a backup, and has still to forget what was destroyed."""

from enum import StrEnum

from data.store.mongo import Database

COLLECTION = "restores"
INDEXES = ()

_THE_ONE = {"_id": "restore"}


class RestoreState(StrEnum):
    """How far a restored database has come."""

    FILLING = "filling"
    TO_REPLAY = "to_replay"
    """All is in it: the records of deletion have still to be replayed."""


class Restores:
    """The one note about a backup that was brought back."""

    def __init__(self, database: Database) -> None:
        self._collection = database.collection(COLLECTION)

    async def state(self) -> RestoreState | None:
        """Tell how far it has come; None: it may serve."""
        found = await self._collection.find_one(_THE_ONE)
        return RestoreState(found["state"]) if found else None

    async def note(self, state: RestoreState) -> None:
        """Note how far it has come."""
        await self._collection.replace(_THE_ONE, {**_THE_ONE, "state": state.value}, upsert=True)

    async def done(self) -> None:
        """Let it serve. Idempotent."""
        await self._collection.delete(_THE_ONE)
