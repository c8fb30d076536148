"""The connection to MongoDB: a majority, the journal, never an endless wait."""

import asyncio
from datetime import UTC

from bson.codec_options import CodecOptions
from motor.motor_asyncio import AsyncIOMotorClient, AsyncIOMotorDatabase
from pymongo import WriteConcern
from pymongo.errors import PyMongoError

from data.civic.errors import Mistake, Mistakes
from data.store.collection import Collection, Document
from data.store.failures import translated
from data.store.servers import ServerVersion, version_from

DOORS_MS = 1_500
"""How long a citizen's request waits for the database."""
WORKERS_MS = 20_000
"""How long a worker waits; the driver repeats idempotent operations until then."""
SELECTION_MS = 30_000
"""How long a server is looked for where nothing else bounds it: the driver's own default."""
GRACE_S = 0.5
"""How much longer than the driver we wait, so that its own, better named error comes first."""


class Database:
    """One database of a MongoDB; `connect` makes it."""

    def __init__(self, client: AsyncIOMotorClient[Document], *, name: str, timeout_ms: int | None):
        self._client = client
        self._timeout_ms = timeout_ms
        self._patience_s = None if timeout_ms is None else timeout_ms / 1000 + GRACE_S
        options: CodecOptions[Document] = CodecOptions(tz_aware=True, tzinfo=UTC)
        self._database: AsyncIOMotorDatabase[Document] = client.get_database(name, options)

    @property
    def name(self) -> str:
        """Tell the database's name."""
        return self._database.name

    def collection(self, name: str, *, derived: bool = False) -> Collection:
        """Give a collection by its name; nothing is asked of the server.

        What is `derived` is worked out anew when it is lost: only such writes wait for no majority.
        """
        concern = WriteConcern(w=1) if derived else None
        found = self._database.get_collection(name, write_concern=concern)
        return Collection(found, patience_s=self._patience_s)

    def beside(self, name: str) -> "Database":
        """Give another database of the same server, over the same connections."""
        return Database(self._client, name=name, timeout_ms=self._timeout_ms)

    async def ping(self) -> ServerVersion:
        """Ask the server for its version.

        Raises:
            StoreUnavailable: it does not answer.
        """
        answer = await self.command({"buildInfo": 1})
        return version_from(str(answer["version"]))

    async def command(self, command: Document) -> Document:
        """Run a command of administration on this database.

        Raises:
            StoreUnavailable: it does not answer, or refuses.
        """
        with translated(next(iter(command))):
            async with asyncio.timeout(self._patience_s):
                return dict(await self._database.command(command))

    async def collections(self) -> list[str]:
        """List the collections that stand."""
        with translated("listCollections"):
            async with asyncio.timeout(self._patience_s):
                return list(await self._database.list_collection_names())

    async def close(self) -> None:
        """Close the connections; a second call does nothing."""
        # The driver says good-bye to the server and waits for it: not in the loop.
        await asyncio.to_thread(self._client.close)


async def connect(
    uri: str, *, name: str = "bianmin", timeout_ms: int | None = DOORS_MS
) -> Database:
    """Open a database; the first operation finds out whether the server answers.

    Raises:
        Mistakes: the address cannot be read.
    """
    try:
        client: AsyncIOMotorClient[Document] = AsyncIOMotorClient(
            uri,
            w="majority",
            journal=True,
            appname="bianmin",
            timeoutMS=timeout_ms,
            # `timeoutMS` does not bound the driver's good-bye when it closes; these do.
            serverSelectionTimeoutMS=timeout_ms or SELECTION_MS,
            socketTimeoutMS=timeout_ms,
        )
    except (PyMongoError, ValueError):
        # The driver's message may repeat the password.
        raise Mistakes((_UNREADABLE,)) from None
    return Database(client, name=name, timeout_ms=timeout_ms)


_UNREADABLE = Mistake(
    where="BIANMIN_MONGODB_URI",
    what="cannot be read: write mongodb://name:password@host:27017/?replicaSet=rs0,"
    " with % codes for the marks : / ? # [ ] @ in a password",
)
