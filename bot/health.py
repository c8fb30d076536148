"""Is the process alive, can it answer, what has it counted?"""

from aiohttp import web
from prometheus_client import generate_latest

from bot.doors import HOUSE
from bot.metrics import OUTBOX_OLDEST_SECONDS, REGISTRY
from data.civic.errors import BianminError

LEAVING = web.AppKey("leaving", list[bool])
"""Holds one flag: the process is told to stop and wants no new requests."""


def add(app: web.Application) -> None:
    """Add `/healthz` and `/readyz`."""
    app[LEAVING] = [False]
    app.router.add_get("/healthz", alive)
    app.router.add_get("/readyz", ready)


def leave(app: web.Application) -> None:
    """Say from now on that the process is not ready: no new requests, please."""
    app[LEAVING][0] = True


async def alive(_: web.Request) -> web.Response:
    """Say that the process is alive, without any look outside."""
    return web.json_response({"alive": True})


async def ready(request: web.Request) -> web.Response:
    """Say whether a message would be answered now: database, release, not leaving."""
    house = request.app[HOUSE]
    state = {"release": house.office().release.version, "database": await _database(request)}
    good = state["database"] == "ok" and not request.app[LEAVING][0]
    return web.json_response(state, status=200 if good else 503)


async def metrics(request: web.Request) -> web.Response:
    """Tell what was counted, for Prometheus."""
    house = request.app[HOUSE]
    oldest = await house.stores.outbox.oldest_due()
    waits = (house.clock.now() - oldest).total_seconds() if oldest else 0.0
    OUTBOX_OLDEST_SECONDS.set(max(0.0, waits))
    return web.Response(body=generate_latest(REGISTRY), content_type="text/plain")


async def _database(request: web.Request) -> str:
    try:
        await request.app[HOUSE].stores.database.ping()
    except BianminError:
        return "does not answer"
    return "ok"
