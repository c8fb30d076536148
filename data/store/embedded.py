"""An embedded MongoDB for trial and tests: started when needed, shared, stopped by the last."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from data.civic.errors import BianminError, Mistake, Mistakes
from data.store.mongod.home import Presence, join, leave
from data.store.mongod.start_line import Parameters
from data.store.servers import ServerVersion

LICENCE = "SSPL-1.0"

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A database that runs, and what has to be said about it."""

    uri: str = field(repr=False)
    """With the password in it."""
    version: ServerVersion
    notice: str


@asynccontextmanager
async def running(
    home: Path,
    *,
    mongod: Path | None,
    production: bool,
    parameters: Parameters | None = None,
) -> AsyncIterator[Attached]:
    """Have a MongoDB under `home` for as long as the block lasts; processes share it.

    `mongod` is the program to use, if one is named; `parameters` are for tests.

    Raises:
        Mistakes: in production; or where no mongod runs, naming all ways to have one.
        StoreUnavailable: it does not start; the message names its log.
    """
    if production:
        raise Mistakes((_NOT_IN_PRODUCTION,))
    presence = await _whole(lambda: join(home, named=mongod, parameters=parameters or {}), leave)
    try:
        yield _attached(presence)
    finally:
        await _whole(lambda: leave(presence), _nothing)


async def _whole(work: Callable[[], T], undo: Callable[[T], None]) -> T:
    """Do blocking work in a thread; if we are cancelled meanwhile, let it end and undo it."""
    doing = asyncio.ensure_future(asyncio.to_thread(work))
    try:
        return await asyncio.shield(doing)
    except asyncio.CancelledError:
        with suppress(BianminError):
            await asyncio.to_thread(undo, await doing)
        raise


def _nothing(_: object) -> None:
    """There is nothing to undo."""


def _attached(presence: Presence) -> Attached:
    version, end = presence.version, presence.version.end_of_life
    life = f"end of life {end.isoformat()}" if end else "end of life not announced"
    notice = (
        f"embedded MongoDB {version} ({life}, licence {LICENCE}) on 127.0.0.1:{presence.note.port},"
        " for trial and tests only: production needs a MongoDB 8 replica set, BIANMIN_MONGODB_URI"
    )
    return Attached(uri=presence.note.uri, version=version, notice=notice)


_NOT_IN_PRODUCTION = Mistake(
    where="BIANMIN_MONGODB_URI",
    what="is not set, and the embedded MongoDB is for trial and tests only:"
    " set it to a MongoDB 8 replica set",
)
