"""Open the house: database, release, desks; close it in the reverse order."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import structlog

from bot.clock import SystemClock, SystemDice, SystemIds
from bot.current import Current, open_release
from bot.first_release import install
from bot.frontdesk import FrontDesk
from bot.keys import house_key
from bot.pace import Pace
from bot.reception import Reception
from bot.settings import Settings
from bot.signing import HouseSeal
from data.civic.ports import Clock, Seal
from data.store import embedded
from data.store.migrating import migrate
from data.store.mongo import connect
from data.store.servers import check_server
from data.store.stores import Stores
from handlers.directory import Directory, directory
from handlers.office import Office
from handlers.switchboard import Switchboard
from intents.search import GuideSearch

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """Everything that a process of bianmin works with."""

    settings: Settings
    stores: Stores
    directory: Directory
    current: Current
    frontdesk: FrontDesk
    reception: Reception
    clock: Clock

    def office(self) -> Office:
        """Give the office as it is now."""
        return self.current.office()


@asynccontextmanager
async def store_opened(settings: Settings, seal: Seal | None = None) -> AsyncIterator[Stores]:
    """Open the stores alone: start the embedded database if none is set, migrate, check.

    Raises:
        Mistakes: the house key or the address is wrong, or the server is too old for production.
        StoreUnavailable: the database cannot be reached or started.
    """
    key = seal or open_seal(settings)
    async with AsyncExitStack() as opened_here:
        uri = settings.uri() or await _embedded(settings, opened_here)
        stores = await opened_here.enter_async_context(
            Stores.open(uri, seal=key, name=settings.database)
        )
        server = await stores.database.ping()
        check_server(server, production=settings.production, today=SystemClock().now().date())
        await migrate_at(uri, settings.database)
        yield stores


@asynccontextmanager
async def opened(settings: Settings, *, clock: Clock | None = None) -> AsyncIterator[House]:
    """Open the house and close it again.

    Raises:
        Mistakes: keys or content are wrong, or production would serve samples.
        StoreUnavailable: the database cannot be reached or started.
    """
    seal, time = open_seal(settings), clock or SystemClock()
    async with store_opened(settings, seal) as stores:
        desks = directory()
        current = Current(await _office(settings, stores, desks, seal, time), desks)
        reception = Reception(current, Switchboard(desks))
        frontdesk = FrontDesk(current, reception, Pace(time))
        following = asyncio.create_task(current.follow())
        try:
            yield House(
                settings=settings,
                stores=stores,
                directory=desks,
                current=current,
                frontdesk=frontdesk,
                reception=reception,
                clock=time,
            )
        finally:
            following.cancel()
            await asyncio.gather(following, return_exceptions=True)
            await frontdesk.drain()


def open_seal(settings: Settings) -> HouseSeal:
    """Open the seal with the house key; the key is made where it may be."""
    return HouseSeal(house_key(settings.house_key, make=not settings.production))


async def _embedded(settings: Settings, stack: AsyncExitStack) -> str:
    attached = await stack.enter_async_context(
        embedded.running(settings.home, mongod=settings.mongod, production=settings.production)
    )
    log.info("embedded database", notice=attached.notice)
    return attached.uri


async def migrate_at(uri: str, name: str) -> None:
    """Bring the database to the form this code knows, without the doors' short timeouts."""
    database = await connect(uri, name=name, timeout_ms=None)
    try:
        if steps := await migrate(database):
            log.info("database migrated", steps=steps)
    finally:
        await database.close()


async def _office(
    settings: Settings, stores: Stores, desks: Directory, seal: HouseSeal, clock: Clock
) -> Office:
    wanted = await install(stores.releases, settings.home / "models", desks, clock)
    stored = await stores.releases.load(wanted)
    release, ear = await asyncio.to_thread(
        open_release, stored, desks, production=settings.production
    )
    return Office(
        release=release,
        ear=ear,
        search=GuideSearch(release),
        stores=stores,
        clock=clock,
        ids=SystemIds(),
        dice=SystemDice(),
        seal=seal,
        production=settings.production,
    )
