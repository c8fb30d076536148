"""Make pages of templates; times, names and links are made fit to be read here."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from html import unescape
from http import HTTPStatus
from pathlib import Path

import aiohttp_jinja2
import jinja2
import orjson
from aiohttp import web

from bot.console.routes import PREFIX, Visitor
from bot.doors import HOUSE
from bot.errors import REQUEST_ID
from bot.workbooks.csv_cells import cell
from data.civic.calendar import local
from data.civic.people import Role
from data.civic.privacy import mask

HERE = Path(__file__).parent
VISITOR = web.RequestKey("visitor", Visitor)
TYPED = web.RequestKey[tuple[str, ...]]("typed", tuple)
"""What was written in a form that came too late: shown, so that it is not lost."""
WORDS = 4
"""Characters from which on a field is worth showing again."""


def set_up(app: web.Application, readers: Mapping[str, frozenset[Role]]) -> None:
    """Open the templates: everything is escaped, and what is not given is a mistake.

    `readers` tells of every page that can be read who may: the menu shows no other.
    """
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

    def may_open(visitor: Visitor, path: str) -> bool:
        return bool(visitor.staff.roles & readers.get(PREFIX + path, frozenset()))

    environment.globals["may_open"] = may_open


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
        "fresh": office.ids.new,
        "place": places.full_name,
        "county": places.name(places.county),
        "hotline": office.release.rules.hotline,
        **values,
    }
    return aiohttp_jinja2.render_template(template, request, given, status=status)


def table(request: web.Request, template: str, *, name: str, **values: object) -> web.Response:
    """Give a CSV file called `name`, lines ended as Excel ends them."""
    text = aiohttp_jinja2.render_string(template, request, values).replace("\n", "\r\n")
    return web.Response(
        body=text.encode(),
        content_type="text/csv",
        charset="utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


def machine_read(value: object, *, status: HTTPStatus = HTTPStatus.OK) -> web.Response:
    """Tell a script of a page something; nothing of it is kept by the browser."""
    return web.Response(
        body=orjson.dumps(value),
        status=status,
        content_type="application/json",
        headers={"Cache-Control": "no-store"},
    )


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
        typed=request.get(TYPED, ()),
    )


def words_in(sent: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Pick the sentences out of what a form sent; passwords, ids and choices are in ASCII."""
    return tuple(value for _, value in sent if len(value) >= WORDS and not value.isascii())


def _clock(at: datetime | None) -> str:
    """Write day and minute in the time of here: 11-21 23:56."""
    return f"{local(at):%m-%d %H:%M}" if at else ""


def _exact(at: datetime | None) -> str:
    """Write a time for machines."""
    return local(at).isoformat(timespec="seconds") if at else ""


def _second(at: datetime) -> str:
    """Write a moment in the time of here, to the second: 2026-11-21 23:56:07."""
    return f"{local(at):%Y-%m-%d %H:%M:%S}"


def _day(at: datetime | None) -> str:
    """Write a day as a date field holds it: 2026-11-21."""
    return f"{local(at):%Y-%m-%d}" if at else ""


def _hour(at: datetime | None) -> str:
    """Write a time as a time field holds it: 23:56."""
    return f"{local(at):%H:%M}" if at else ""


FILTERS: Mapping[str, Callable[..., str]] = {
    "clock": _clock,
    "exact": _exact,
    "day": _day,
    "hour": _hour,
    "second": _second,
    "unescaped": unescape,
    "cell": cell,
    "mask": mask,
}
