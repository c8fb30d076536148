"""The key pairs that sign codes, without private halves; their salts open nothing alone."""

from pymongo import DESCENDING, IndexModel

from data.civic.errors import Conflict
from data.civic.safety.codekeys import CodeKey
from data.store.failures import Duplicate
from data.store.mongo import Database
from data.store.records import read, write

COLLECTION = "code_keys"
INDEXES = (IndexModel([("number", DESCENDING)], name="number", unique=True),)


class CodeKeys:
    """All keys that ever signed a code here."""

    def __init__(self, database: Database) -> None:
        self._collection = database.collection(COLLECTION)

    async def add(self, key: CodeKey) -> None:
        """Keep a new key.

        Raises:
            Conflict: its id or its number is taken.
        """
        try:
            await self._collection.insert({"_id": key.id, **write(key)})
        except Duplicate as error:
            raise Conflict("another key was made meanwhile: try again") from error

    async def newest(self, limit: int) -> list[CodeKey]:
        """List keys, the newest first."""
        order = [("number", DESCENDING)]
        found = await self._collection.find({}, sort=order, limit=limit)
        return [read(CodeKey, one) for one in found]
