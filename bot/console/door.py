"""Put the console into the application: pages, files, faces of errors, headers."""

import asyncio

from aiohttp import web

from bot.console import conversations, home, login, questions, show, tickets
from bot.console.access import guarded
from bot.console.routes import PREFIX, Door, Page
from bot.errors import FACES

PAGES: tuple[Page | Door, ...] = (
    *login.pages.pages,
    *home.pages.pages,
    *conversations.pages.pages,
    *questions.pages.pages,
    *tickets.pages.pages,
)


def add(app: web.Application) -> None:
    """Add the console to `app` as `/console/`."""
    show.set_up(app)
    app[login.TURN] = asyncio.Lock()
    app[FACES] = {f"{PREFIX}/": show.error_page}
    for page in PAGES:
        app.router.add_route(page.method, page.path, guarded(page))
    app.router.add_get(PREFIX, _to_the_first_page)
    app.router.add_static(f"{PREFIX}/static/", show.HERE / "static")


async def _to_the_first_page(_: web.Request) -> web.Response:
    raise web.HTTPPermanentRedirect(f"{PREFIX}/")
