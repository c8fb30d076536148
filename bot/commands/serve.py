"""`serve`: answer requests until told to stop; then let what is under way end."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import structlog
from aiohttp import web

from bot import health
from bot.accounts import Accounts, read_accounts
from bot.app import application
from bot.channels.calling import open_session
from bot.channels.platforms import Platforms
from bot.commands.terminal import run, say
from bot.doors import HOUSE
from bot.errors import name_errors
from bot.house import House, opened
from bot.logs import set_up
from bot.settings import Settings, read_settings
from data.civic.errors import Unavailable

KEEPALIVE_S = 30
BACKLOG = 1024

log = structlog.get_logger()


def serve() -> None:
    """Serve the doors: WeChat, the JSON API, the console. Any number of processes may run."""
    settings = read_settings()
    set_up(settings.log_level)
    run(_serve(settings))


async def _serve(settings: Settings) -> None:
    stop = stop_signal()
    async with opened(settings) as house, serving(house):
        say(f"serving on http://{settings.host}:{settings.port}")
        await stop.wait()
        say("stopping: no new requests, waiting for those under way")


@asynccontextmanager
async def serving(house: House) -> AsyncIterator[None]:
    """Serve a house's doors for as long as the block lasts; then let requests finish."""
    settings = house.settings
    accounts = accounts_of(settings)
    async with AsyncExitStack() as stack:
        platforms = await stack.enter_async_context(platforms_of(house, accounts))
        await configure_feeds(house, accounts)
        app = application(house, accounts, platforms)
        await stack.enter_async_context(listening(app, settings))
        if settings.metrics_port is not None:
            await stack.enter_async_context(metrics_served(house))
        try:
            yield
        finally:
            health.leave(app)


def stop_signal() -> asyncio.Event:
    """Make an event that SIGINT and SIGTERM set."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    return stop


def accounts_of(settings: Settings) -> Accounts:
    """Read the accounts, if there are any."""
    return read_accounts(settings.accounts) if settings.accounts else Accounts()


async def configure_feeds(house: House, accounts: Accounts) -> None:
    """Let the feeds of the accounts be the configured ones: their silence is watched."""
    feeds = [one.feed() for one in accounts.feed]
    await house.stores.feeds.configure(feeds, house.clock.now())


@asynccontextmanager
async def platforms_of(house: House, accounts: Accounts) -> AsyncIterator[Platforms]:
    """Build the platforms' APIs on one HTTP session."""
    async with open_session() as session:
        yield Platforms.of(
            accounts, session=session, tokens=house.stores.platform_tokens, clock=house.clock
        )


@asynccontextmanager
async def listening(app: web.Application, settings: Settings) -> AsyncIterator[None]:
    """Listen on the port, shared with other processes; at the end let requests finish."""
    runner = web.AppRunner(
        app,
        access_log=None,
        keepalive_timeout=KEEPALIVE_S,
        shutdown_timeout=settings.drain_s,
    )
    await runner.setup()
    try:
        site = web.TCPSite(runner, settings.host, settings.port, backlog=BACKLOG, reuse_port=True)
        await _start(site, settings)
        yield
    finally:
        await runner.cleanup()


async def _start(site: web.TCPSite, settings: Settings) -> None:
    try:
        await site.start()
    except OSError as error:
        where = f"{settings.host}:{settings.port}"
        what = f"cannot listen on {where} ({error.strerror}): choose another BIANMIN_PORT"
        raise Unavailable(what) from error


@asynccontextmanager
async def metrics_served(house: House) -> AsyncIterator[None]:
    """Serve /metrics on its internal port."""
    settings = house.settings
    app = web.Application(middlewares=[name_errors])
    app[HOUSE] = house
    app.router.add_get("/metrics", health.metrics)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, settings.host, settings.metrics_port, reuse_port=True).start()
        yield
    finally:
        await runner.cleanup()
