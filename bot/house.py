"""Open the house: database, release, desks; close it in the reverse order."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import structlog

from bot.clock import SystemClock, SystemDice, SystemIds
from bot.current import Current, open_release
from bot.first_release import install
from bot.frontdesk import FrontDesk
from bot.gate import missed
from bot.keys import house_key
from bot.memory import settle
from bot.metrics import RELEASE
from bot.pace import Pace
from bot.reception import Reception
from bot.settings import Settings
from bot.signing import HouseSeal
from data.civic.errors import Conflict, Mistake, Mistakes, StoreUnavailable
from data.civic.ids import ReleaseId
from data.civic.knowing.releases import Release
from data.civic.ports import Clock, Seal
from data.content.files import shipped
from data.store import embedded
from data.store.archive import Archive
from data.store.migrating import migrate
from data.store.mongo import DOORS_MS, Database, connect
from data.store.restores import RestoreState
from data.store.servers import ServerVersion, check_server
from data.store.stores import Stores
from handlers.acts.draft_upgrade import draft_upgrade
from handlers.acts.replay_deletions import replay
from handlers.directory import Directory, directory
from handlers.office import Office
from handlers.switchboard import Switchboard
from intents.search import GuideSearch
from intents.understand import Ear

Tell = Callable[[str], None]

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
async def store_opened(
    settings: Settings,
    *,
    tell: Tell | None = None,
    timeout_ms: int = DOORS_MS,
) -> AsyncIterator[Stores]:
    """Open the stores alone: start the embedded database if none is set, migrate, check.

    Outside production the first start makes the house key; never over what another key has hidden.

    `timeout_ms` bounds every call to the database: short at the doors, long for work in bulk.
    `tell` is told what has to be said of an embedded database; else it is logged.

    Raises:
        Mistakes: the house key or the address is wrong, or the server is too old for production.
        StoreUnavailable: the database cannot be reached or started.
    """
    stands = settings.production or settings.house_key.exists()
    seal = open_seal(settings) if stands else None
    async with AsyncExitStack() as opened_here:
        uri = settings.uri() or await _embedded(settings, opened_here, tell or _log)
        key = seal or await _first_seal(settings, uri)
        stores = await opened_here.enter_async_context(
            Stores.open(uri, seal=key, name=settings.database, timeout_ms=timeout_ms)
        )
        server = await _answering(stores.database, uri)
        check_server(server, production=settings.production, today=SystemClock().now().date())
        await migrate_at(uri, settings.database)
        yield stores


@asynccontextmanager
async def opened(
    settings: Settings,
    *,
    clock: Clock | None = None,
    tell: Tell | None = None,
    timeout_ms: int = DOORS_MS,
) -> AsyncIterator[House]:
    """Open the house and close it again; `timeout_ms` as in `store_opened`.

    Raises:
        Mistakes: keys or content are wrong, or production would serve samples.
        StoreUnavailable: the database cannot be reached or started.
    """
    now = clock or SystemClock()
    async with store_opened(settings, tell=tell, timeout_ms=timeout_ms) as stores:
        seal = open_seal(settings)
        await _must_be_filled(stores)
        desks = directory()
        current = Current(await _office(settings, stores, desks, seal, now), desks)
        await _forget_first(current.office(), days=settings.purge_after_days)
        await _take_note_of_shipped(current.office())
        reception = Reception(current, Switchboard(desks))
        frontdesk = FrontDesk(current, reception, Pace(now))
        following = asyncio.create_task(current.follow())
        settle()
        try:
            yield House(
                settings=settings,
                stores=stores,
                directory=desks,
                current=current,
                frontdesk=frontdesk,
                reception=reception,
                clock=now,
            )
        finally:
            following.cancel()
            await asyncio.gather(following, return_exceptions=True)
            await frontdesk.drain()


def open_seal(settings: Settings) -> HouseSeal:
    """Open the seal with the house key.

    Raises:
        Mistakes: it is missing or wrong.
    """
    return HouseSeal(house_key(settings.house_key, make=False))


async def _first_seal(settings: Settings, uri: str) -> HouseSeal:
    """Make the house key where nothing is kept yet, and open the seal with it.

    Raises:
        Mistakes: it cannot be made, or the database keeps something already.
    """
    place, used = settings.house_key, await _used(settings, uri)
    if place.exists():  # made by another process meanwhile: always before anything is kept
        return open_seal(settings)
    if used:
        what = (
            f"the house key is missing, and the database {settings.database} keeps what only that "
            f"key opens ({', '.join(used[:5])}): restore the key from its copy; or begin anew with "
            "an empty database: set BIANMIN_DATABASE"
        )
        raise Mistakes((Mistake(where=str(place), what=what),))
    house_key(place, make=True)
    log.warning("new house key: copy it to a safe place, backups need it", path=str(place))
    return open_seal(settings)


async def _used(settings: Settings, uri: str) -> list[str]:
    """List what stands in the database, before it is opened with any key."""
    database = await connect(uri, name=settings.database, timeout_ms=DOORS_MS)
    try:
        await _answering(database, uri)
        return await Archive(database).used()
    finally:
        await database.close()


async def _must_be_filled(stores: Stores) -> None:
    """Refuse a database in which half a backup stands.

    Raises:
        Conflict: it does.
    """
    if await stores.restores.state() is RestoreState.FILLING:
        raise Conflict(
            f"a restore into the database {stores.database.name} was not finished: run"
            " bianmin restore with --replace once more"
        )


async def _forget_first(office: Office, *, days: int) -> None:
    """Replay the records of deletion in a restored database, before anybody is served."""
    if await office.stores.restores.state() is RestoreState.TO_REPLAY:
        log.info("deletions replayed", records=await replay(office, days=days))


async def _take_note_of_shipped(office: Office) -> None:
    """Draft what the program newly brings, where its files no longer make the release."""
    files = await asyncio.to_thread(shipped)
    try:
        made = await draft_upgrade(office, files)
    except StoreUnavailable as error:  # nobody is left unserved for it
        log.warning("new content files not drafted yet: the next start does it", error=str(error))
        return
    if made is not None:
        log.info("new content files drafted", draft=made.id, files=len(made.edits))


async def _answering(database: Database, uri: str) -> ServerVersion:
    """Ask the database for its version; where it does not answer, say which one and what to do."""
    try:
        return await database.ping()
    except StoreUnavailable as error:
        where = uri.rpartition("@")[2].partition("/")[0].removeprefix("mongodb://")
        raise StoreUnavailable(
            f"the database at {where} does not answer ({error}): is it running, and is "
            "BIANMIN_MONGODB_URI right?"
        ) from error


def _log(notice: str) -> None:
    log.info("embedded database", notice=notice)


async def _embedded(settings: Settings, stack: AsyncExitStack, tell: Tell) -> str:
    attached = await stack.enter_async_context(
        embedded.running(settings.home, mongod=settings.mongod, production=settings.production)
    )
    tell(attached.notice)
    return attached.uri


async def migrate_at(uri: str, name: str) -> None:
    """Bring the database to the form this code knows, without the doors' short timeouts."""
    database = await connect(uri, name=name, timeout_ms=None)
    try:
        if steps := await migrate(database):
            log.info("database migrated", steps=steps)
    finally:
        await database.close()


async def install_shipped(
    settings: Settings, stores: Stores, desks: Directory, seal: Seal, clock: Clock
) -> ReleaseId:
    """Make the shipped release current if files still rule and it passes the golden questions.

    Raises:
        Mistakes: the content is wrong, or golden questions are answered wrongly.
    """

    async def gate(release: Release, ear: Ear) -> tuple[str, ...]:
        office = _office_of(settings, stores, seal, clock, release, ear)
        return tuple(map(str, await missed(office, desks)))

    models = settings.home / "models"
    return await install(stores.releases, models, desks, clock, gate=gate)


async def _office(
    settings: Settings, stores: Stores, desks: Directory, seal: Seal, clock: Clock
) -> Office:
    wanted = await install_shipped(settings, stores, desks, seal, clock)
    stored = await stores.releases.load(wanted)
    release, ear = await asyncio.to_thread(
        open_release, stored, desks, production=settings.production
    )
    RELEASE.labels(release.version).set(1)
    return _office_of(settings, stores, seal, clock, release, ear)


def _office_of(
    settings: Settings, stores: Stores, seal: Seal, clock: Clock, release: Release, ear: Ear
) -> Office:
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
