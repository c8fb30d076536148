"""Make pages of templates; times, names and links are made fit to be read here."""

from collections.abc import Callable, Mapping
from datetime import datetime
from http import HTTPStatus
from pathlib import Path

import aiohttp_jinja2
import jinja2
from aiohttp import web

from bot.console.routes import PREFIX, Visitor
from bot.doors import HOUSE
from bot.errors import REQUEST_ID
from data.civic.calendar import local
from data.civic.privacy import mask

HERE = Path(__file__).parent
VISITOR = web.RequestKey("visitor", Visitor)


def set_up(app: web.Application) -> None:
    """Open the templates: everything is escaped, and what is not given is a mistake."""
    environment = aiohttp_jinja2.setup(
        app,
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        filters=FILTERS,
    )
    environment.globals["root"] = PREFIX


def page(
    request: web.Request, template: str, *, status: int = HTTPStatus.OK, **values: object
) -> web.Response:
    """Make a page."""
    office = request.app[HOUSE].office()
    places = office.release.places
    given = {
        "visitor": request.get(VISITOR),
        "now": office.clock.now(),
        "here": str(request.rel_url),
        "place": places.full_name,
        "county": places.name(places.county),
        "hotline": office.release.rules.hotline,
        **values,
    }
    return aiohttp_jinja2.render_template(template, request, given, status=status)


def see_other(path: str) -> web.Response:
    """Send the browser to another page after a form."""
    return web.Response(status=HTTPStatus.SEE_OTHER, headers={"Location": PREFIX + path})


def error_page(request: web.Request, status: HTTPStatus, _: str) -> web.Response:
    """Show an error in words for staff; the detail is for programs, and in English."""
    return page(
        request,
        "error.html",
        status=status,
        code=int(status),
        request_id=request[REQUEST_ID],
        sending=request.method == "POST",
    )


def _clock(at: datetime | None) -> str:
    """Write day and minute in the time of here: 11-21 23:56."""
    return f"{local(at):%m-%d %H:%M}" if at else ""


def _exact(at: datetime | None) -> str:
    """Write a time for machines."""
    return local(at).isoformat(timespec="seconds") if at else ""


FILTERS: Mapping[str, Callable[..., str]] = {"clock": _clock, "exact": _exact, "mask": mask}
