"""Who did what: the list for auditors, taken out as CSV, and the check of the chain."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from urllib.parse import urlencode

import aiohttp_jinja2
from aiohttp import web

from bot.console.routes import Pages, Visitor
from bot.console.show import page
from bot.doors import HOUSE
from data.civic.audit import Entry
from data.civic.calendar import BEIJING, day_in
from data.civic.people import Staff
from data.store.audit import Wanted
from handlers.acts import read_audit
from handlers.acts.read_audit import READ
from handlers.office import Office

SHOWN = 100
FILTERS = ("who", "act", "subject", "since", "until")
LONGEST = 100

pages = Pages()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An entry with the people whom it names."""

    entry: Entry
    actor: Staff | None
    subject: Staff | None


@pages.on("GET /audit", *READ)
async def audit(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """List the entries that are asked for, newest first."""
    office, people = await _people(request)
    wanted = _wanted(request.query, people)
    found = await read_audit.entries(office, visitor.staff, wanted, SHOWN + 1)
    kept = found[:SHOWN]
    return page(
        request,
        "audit.html",
        rows=_rows(kept, people),
        people=sorted(people.values(), key=lambda one: one.login),
        older=kept[-1].number if len(found) > SHOWN else None,
        address=urlencode({key: request.query.get(key, "") for key in FILTERS}),
        wanted=request.query,
        checked=None,
    )


@pages.on("POST /audit/verify", *READ)
async def verify(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Check the chain, and tell what was found."""
    office, _ = await _people(request)
    count, broken = await read_audit.check(office, visitor.staff)
    return page(request, "audit_check.html", count=count, broken=broken)


@pages.on("GET /audit.csv", *READ)
async def export(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Give all entries that are asked for as CSV, newest first; no cell is a formula."""
    office, people = await _people(request)
    headers = {"Content-Disposition": f'attachment; filename="audit-{_today(office)}.csv"'}
    response = web.StreamResponse(headers=headers)
    response.content_type, response.charset = "text/csv", "utf-8"
    exported = read_audit.export(office, visitor.staff, _wanted(request.query, people))
    nothing: list[Entry] = []
    first = await anext(exported, nothing)
    await response.prepare(request)
    await response.write(_csv(request, _rows(first, people), headed=True))
    async for some in exported:
        await response.write(_csv(request, _rows(some, people), headed=False))
    await response.write_eof()
    return response


def _csv(request: web.Request, rows: list[Row], *, headed: bool) -> bytes:
    given = {"rows": rows, "headed": headed}
    return aiohttp_jinja2.render_string("audit.csv", request, given).encode()


async def _people(request: web.Request) -> tuple[Office, Mapping[str, Staff]]:
    office = request.app[HOUSE].office()
    return office, {one.id: one for one in await office.stores.staff.list()}


def _rows(entries: list[Entry], people: Mapping[str, Staff]) -> list[Row]:
    return [
        Row(entry=one, actor=people.get(one.deed.actor), subject=people.get(one.deed.subject))
        for one in entries
    ]


def _wanted(query: Mapping[str, str], people: Mapping[str, Staff]) -> Wanted:
    """Read the filters; a day that cannot be read is not asked for."""
    before = query.get("before", "")
    until = _day(query.get("until", ""))
    return Wanted(
        actor=_id(query.get("who", ""), people),
        act=query.get("act", "")[:LONGEST],
        subject=_id(query.get("subject", ""), people),
        since=_day(query.get("since", "")),
        until=until + timedelta(days=1) if until else None,
        before=int(before) if before.isascii() and before.isdigit() else None,
    )


def _id(words: str, people: Mapping[str, Staff]) -> str:
    """Tell whom a login or name means; else the words themselves, as an id."""
    said = words.strip()[:LONGEST]
    named = (one.id for one in people.values() if said and said in (one.login, one.name))
    return next(named, said)


def _day(words: str) -> datetime | None:
    try:
        return datetime.combine(day_in(words), time(), tzinfo=BEIJING)
    except ValueError:
        return None


def _today(office: Office) -> str:
    return f"{office.clock.now().astimezone(BEIJING):%Y%m%d}"
