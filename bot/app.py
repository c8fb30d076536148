"""The application: every door with its routes, on one aiohttp application."""

from collections.abc import AsyncIterator
from datetime import timedelta
from functools import cache
from importlib.metadata import version

import orjson
from aiohttp import web

from bot import health
from bot.accounts import Accounts
from bot.api.citizen import (
    cases,
    codes,
    confirmations,
    guides,
    my_data,
    sessions,
    subscriptions,
    talk,
)
from bot.api.openapi import document
from bot.api.pages import PAGES, Pages
from bot.api.routes import Route, Routes
from bot.api.staff import (
    announcements,
    duty,
    events,
    grids,
    hazards,
    informings,
    lists,
    registrations,
    relief,
    rosters,
    safety,
    shelters,
    tickets,
    warnings,
)
from bot.api.staff import codes as staff_codes
from bot.channels.platforms import Platforms
from bot.channels.receipts import ReceiptDoor
from bot.channels.rendering import as_text
from bot.channels.wechat import WeChatDoor
from bot.console import door as console
from bot.demo import phones
from bot.doors import ACCOUNTS, HOUSE, PLATFORMS, REHEARSALS, TRIALS, WORKSHOP
from bot.drill.stage import Stage
from bot.errors import APOLOGY, name_errors
from bot.feeds.push import FeedDoor
from bot.headers import dress
from bot.house import House
from bot.rehearsal import RehearsalRoom
from bot.tryouts.desk import TrialDesk
from bot.workshop import Workshop
from handlers.acts.subscriptions import note_subscription
from handlers.wording import say

API = "/api/v1"
BODY_BYTES = 64 * 1024
"""Largest body that a door reads."""

CITIZEN: tuple[Routes, ...] = (
    sessions.routes,
    talk.routes,
    cases.routes,
    guides.routes,
    subscriptions.routes,
    codes.routes,
    confirmations.routes,
    my_data.routes,
)
STAFF: tuple[Routes, ...] = (
    lists.routes,
    tickets.routes,
    warnings.routes,
    events.routes,
    informings.routes,
    announcements.routes,
    rosters.routes,
    registrations.routes,
    staff_codes.routes,
    relief.routes,
    shelters.routes,
    grids.routes,
    duty.routes,
    safety.routes,
    hazards.routes,
)


def application(house: House, accounts: Accounts, platforms: Platforms) -> web.Application:
    """Build the application of a process that serves."""
    app = web.Application(middlewares=[name_errors], client_max_size=BODY_BYTES)
    app[HOUSE], app[PLATFORMS], app[ACCOUNTS] = house, platforms, accounts
    app[PAGES] = Pages()
    app[WORKSHOP] = Workshop(house.current, house.directory, house.settings.home / "models")
    app[REHEARSALS] = RehearsalRoom(house.stores, house.office().seal, house.directory)
    app[TRIALS] = TrialDesk(app[REHEARSALS])
    app.cleanup_ctx.append(_workshop)
    app[APOLOGY] = lambda: _apology(house)
    _add_api(app)
    _add_wechat(app, house, accounts)
    _add_feeds(app, house, accounts)
    _add_receipts(app, house, accounts)
    console.add(app)
    app.on_response_prepare.append(dress)
    health.add(app)
    _add_demo(app, house)
    return app


async def _workshop(app: web.Application) -> AsyncIterator[None]:
    yield
    await app[WORKSHOP].stop()
    await app[TRIALS].stop()
    await app[REHEARSALS].stop()


def _add_api(app: web.Application) -> None:
    for route in _api():
        app.router.add_route(route.method, f"{API}{route.path}", route.handler)
    text = _described()

    async def openapi(_: web.Request) -> web.Response:
        return web.Response(body=text, content_type="application/json")

    app.router.add_get(f"{API}/openapi.json", openapi)


def _api() -> list[Route]:
    return [route for part in (*CITIZEN, *STAFF) for route in part.routes]


@cache
def _described() -> bytes:
    """Write the document of the API; a tenth of a second, so once a process."""
    described = document(_api(), title="bianmin", version=version("bianmin"))
    return orjson.dumps(described | {"servers": [{"url": API}]})


def _apology(house: House) -> str:
    release = house.office().release
    return say(release, "busy", hotline=release.rules.hotline).full


def _add_wechat(app: web.Application, house: House, accounts: Accounts) -> None:
    door = WeChatDoor(
        accounts=accounts,
        reception=house.frontdesk,
        clock=house.clock,
        render=lambda reply, care: as_text(reply, care=reply.care or care),
        apology=app[APOLOGY],
        ledger=lambda conversation, kind, changes: note_subscription(
            house.office(), conversation, kind, changes
        ),
        window_s=house.settings.webhook_window_s,
    )
    app.router.add_get("/wechat/{account}", door.get)
    app.router.add_post("/wechat/{account}", door.post)


def _add_feeds(app: web.Application, house: House, accounts: Accounts) -> None:
    window = timedelta(seconds=house.settings.webhook_window_s)
    FeedDoor(feeds=accounts.feed, office=house.office, window=window).add(app)


def _add_receipts(app: web.Application, house: House, accounts: Accounts) -> None:
    window = timedelta(seconds=house.settings.webhook_window_s)
    ReceiptDoor(accounts=accounts, office=house.office, window=window).add(app)


def _add_demo(app: web.Application, house: House) -> None:
    settings = house.settings
    if settings.demo_control_url:
        phones.add(
            app,
            control_url=settings.demo_control_url,
            control_token=settings.demo_control_token.get_secret_value(),
            production=settings.production,
            stage=Stage(house.office),
        )
