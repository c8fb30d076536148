"""Put the console into the application: pages, files, faces of errors, headers."""

from collections.abc import Mapping

from aiohttp import web

from bot.console import (
    account,
    audit,
    batch_tests,
    bulk,
    conversations,
    drafts,
    foresight,
    guidance,
    handing_on,
    home,
    impact,
    inbox,
    lessons,
    lists,
    login,
    releases,
    relief,
    reviewing,
    second,
    show,
    staff,
    staff_access,
    tickets,
    trying,
    tryouts,
    workpages,
)
from bot.console.access import guarded
from bot.console.codes import every as codes
from bot.console.editing import every
from bot.console.routes import PREFIX, Door, Page
from bot.console.safety import every as safety
from bot.console.shelters import every as shelters
from bot.console.warnings import every as warnings
from bot.errors import FACES
from data.civic.people import Role

PAGES: tuple[Page | Door, ...] = (
    *login.pages.pages,
    *home.pages.pages,
    *conversations.pages.pages,
    *handing_on.pages.pages,
    *inbox.pages.pages,
    *lessons.pages.pages,
    *impact.pages.pages,
    *tickets.pages.pages,
    *drafts.pages.pages,
    *reviewing.pages.pages,
    *workpages.pages.pages,
    *every.PAGES,
    *trying.pages.pages,
    *batch_tests.pages.pages,
    *bulk.pages.pages,
    *tryouts.pages.pages,
    *lists.pages.pages,
    *releases.pages.pages,
    *warnings.PAGES,
    *codes.PAGES,
    *shelters.PAGES,
    *relief.pages.pages,
    *safety.PAGES,
    *staff.pages.pages,
    *staff_access.pages.pages,
    *audit.pages.pages,
    *account.pages.pages,
    *second.pages.pages,
    *guidance.pages.pages,
)


def add(app: web.Application) -> None:
    """Add the console to `app` as `/console/`."""
    show.set_up(app, _readers())
    app.cleanup_ctx.append(foresight.kept)
    app[FACES] = {f"{PREFIX}/": show.error_page}
    for page in PAGES:
        app.router.add_route(page.method, page.path, guarded(page))
    app.router.add_get(PREFIX, _to_the_first_page)
    app.router.add_static(f"{PREFIX}/static/", show.HERE / "static")


def _readers() -> Mapping[str, frozenset[Role]]:
    """Tell of every page that can be read who may."""
    return {one.path: one.roles for one in PAGES if isinstance(one, Page) and one.method == "GET"}


async def _to_the_first_page(_: web.Request) -> web.Response:
    raise web.HTTPPermanentRedirect(f"{PREFIX}/")
