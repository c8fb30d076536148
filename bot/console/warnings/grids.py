"""Grids: who answers for whom, who stands in, who is on leave."""

import asyncio

from aiohttp import web

from bot.console.forms import Deed, Form, done_once
from bot.console.importing import Taken, taken
from bot.console.routes import Pages, Visitor
from bot.console.sent import SentFile
from bot.console.show import page
from bot.console.warnings import row_mistakes
from bot.doors import HOUSE
from bot.workbooks.workers import read_workers
from data.civic.calendar import day_in
from data.civic.errors import BadInput, NotFound
from data.civic.ids import AreaCode, GridId, StaffId, WorkerId
from data.civic.people import Staff
from data.civic.safety.grids import deputy_of, worker_of
from data.content.worker_words import worker_words
from handlers.acts import grids
from handlers.acts.grid_gaps import gaps
from handlers.acts.grids import ARRANGE, SEE, NewGrid, NewWorker
from handlers.acts.import_workers import WorkersImported, import_workers
from handlers.office import Office

SHOWN = 200
"""Mistakes on the page."""
pages = Pages()


@pages.on("GET /grids", *SEE)
async def grids_page(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """List grids with who answers for each now, and the workers."""
    return await _page(request, visitor, request.query.get("notice", ""))


async def _page(
    request: web.Request,
    visitor: Visitor,
    notice: str,
    *,
    took: Taken[WorkersImported] | None = None,
    form: Form | None = None,
) -> web.Response:
    office, staff = request.app[HOUSE].office(), visitor.staff
    now, took = office.clock.now(), took or Taken()
    listed = await grids.listed(office, staff)
    return page(
        request,
        "warnings/grids.html",
        grids=[(one, worker_of(one, now), deputy_of(one, now)) for one in listed],
        gaps=await gaps(office, staff),
        workers=await grids.workers(office, staff),
        villages=office.release.places.villages(staff.area),
        may_arrange=staff.may(*ARRANGE),
        me=staff.id,
        notice=notice,
        form=form or {},
        done=took.done,
        purpose=took.purpose,
        mistakes=row_mistakes.told(took.mistakes[:SHOWN]),
        more=len(took.mistakes) - SHOWN,
    )


@pages.on("POST /grids/workers", *ARRANGE)
async def enlist(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Enter a grid worker."""
    return await _done(request, visitor, _enlist)


@pages.on("POST /grids", *ARRANGE)
async def set_up(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Set up a grid of a village."""
    return await _done(request, visitor, _set_up)


@pages.on("POST /grids/assign", *ARRANGE)
async def assign(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Let a worker answer for a grid."""
    return await _done(request, visitor, _assign)


@pages.on("POST /grids/deputy", *ARRANGE)
async def deputy(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Say who stands in for a worker."""
    return await _done(request, visitor, _deputy)


@pages.on("POST /grids/leave", *SEE)
async def leave(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Send a worker on leave; the lists move to the deputy."""
    return await _done(request, visitor, _leave)


@pages.on("POST /grids/back", *SEE)
async def back(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Note that a worker is back."""
    return await _done(request, visitor, _back)


@pages.on("POST /grids/import", *ARRANGE)
async def send(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Try a file of grid workers, or write it; with mistakes in it nothing is changed."""
    office = request.app[HOUSE].office()

    async def deed(file: SentFile, form: Form) -> WorkersImported:
        rows = await asyncio.to_thread(read_workers, file.name, file.content, worker_words())
        purpose, dry_run = form.get("purpose", ""), "write" not in form
        return await import_workers(office, visitor.staff, rows, purpose=purpose, dry_run=dry_run)

    took = await taken(request, deed)
    return await _page(request, visitor, took.notice, took=took)


async def _done(request: web.Request, visitor: Visitor, deed: Deed) -> web.StreamResponse:
    async def again(notice: str, form: Form) -> web.Response:
        return await _page(request, visitor, notice, form=form)

    return await done_once(request, visitor, deed, back="/grids", again=again)


async def _enlist(office: Office, staff: Staff, form: Form) -> object:
    _filled(form, "id", "name", "phone", "area")
    login = form.get("login", "").strip()
    account = await office.stores.staff.by_login(login) if login else None
    if login and account is None:
        raise NotFound("there is no such account")
    new = NewWorker(
        id=WorkerId(form.get("id", "")),
        name=form.get("name", ""),
        phone=form.get("phone", ""),
        area=AreaCode(form.get("area", "")),
        staff=StaffId(account.id) if account else None,
    )
    return await grids.enlist(office, staff, new)


async def _set_up(office: Office, staff: Staff, form: Form) -> object:
    _filled(form, "id", "name", "village")
    new = NewGrid(
        id=GridId(form.get("id", "")),
        name=form.get("name", ""),
        village=AreaCode(form.get("village", "")),
    )
    return await grids.set_up(office, staff, new)


async def _assign(office: Office, staff: Staff, form: Form) -> object:
    _filled(form, "grid")
    worker = form.get("worker", "")
    chosen = WorkerId(worker) if worker else None
    return await grids.assign(office, staff, GridId(form.get("grid", "")), chosen)


async def _deputy(office: Office, staff: Staff, form: Form) -> object:
    _filled(form, "worker")
    deputy = form.get("deputy", "")
    chosen = WorkerId(deputy) if deputy else None
    return await grids.set_deputy(office, staff, WorkerId(form.get("worker", "")), chosen)


async def _leave(office: Office, staff: Staff, form: Form) -> object:
    _filled(form, "worker", "first", "last")
    first, last = (day_in(form.get(name, "")) for name in ("first", "last"))
    worker = WorkerId(form.get("worker", ""))
    return await grids.go_on_leave(office, staff, worker, first, last)


async def _back(office: Office, staff: Staff, form: Form) -> object:
    _filled(form, "worker")
    return await grids.come_back(office, staff, WorkerId(form.get("worker", "")))


def _filled(form: Form, *names: str) -> None:
    """Insist on fields.

    Raises:
        BadInput: one is empty.
    """
    if empty := [one for one in names if not form.get(one, "").strip()]:
        raise BadInput(f"fill in {', '.join(empty)}")
