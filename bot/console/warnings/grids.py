"""Grids: who answers for whom, who stands in, who is on leave."""

import asyncio
from collections.abc import Sequence
from datetime import date

from aiohttp import web

from bot.console.forms import Form, done_once, fields
from bot.console.routes import Pages, Visitor
from bot.console.sent import file_sent
from bot.console.show import page, see_other
from bot.console.warnings import row_mistakes
from bot.doors import HOUSE
from bot.workbooks.workers import read_workers
from data.civic.errors import BadInput, Conflict, Mistake, Mistakes, NotFound, TooLarge
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
    done: WorkersImported | None = None,
    mistakes: Sequence[Mistake] = (),
) -> web.Response:
    office, staff = request.app[HOUSE].office(), visitor.staff
    now = office.clock.now()
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
        done=done,
        mistakes=row_mistakes.told(mistakes[:SHOWN]),
        more=len(mistakes) - SHOWN,
    )


@pages.on("POST /grids/workers", *ARRANGE)
async def enlist(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Enter a grid worker."""
    return await done_once(request, visitor, _enlist, back="/grids")


@pages.on("POST /grids", *ARRANGE)
async def set_up(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Set up a grid of a village."""
    return await done_once(request, visitor, _set_up, back="/grids")


@pages.on("POST /grids/assign", *ARRANGE)
async def assign(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Let a worker answer for a grid."""
    return await done_once(request, visitor, _assign, back="/grids")


@pages.on("POST /grids/deputy", *ARRANGE)
async def deputy(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Say who stands in for a worker."""
    return await done_once(request, visitor, _deputy, back="/grids")


@pages.on("POST /grids/leave", *SEE)
async def leave(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Send a worker on leave; the lists move to the deputy."""
    return await done_once(request, visitor, _leave, back="/grids")


@pages.on("POST /grids/back", *SEE)
async def back(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Note that a worker is back."""
    return await done_once(request, visitor, _back, back="/grids")


@pages.on("POST /grids/import", *ARRANGE)
async def send(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Try a file of grid workers, or write it; with mistakes nothing is changed."""
    try:
        file = await file_sent(request, "file")
        form, office = await fields(request), request.app[HOUSE].office()
        rows = await asyncio.to_thread(read_workers, file.name, file.content, worker_words())
        done = await import_workers(
            office,
            visitor.staff,
            rows,
            purpose=form.get("purpose", ""),
            dry_run="write" not in form,
        )
    except TooLarge:
        return see_other("/grids?notice=large")
    except Mistakes as error:
        return await _page(request, visitor, "unread", mistakes=error.mistakes)
    except Conflict:
        return see_other("/grids?notice=late")
    except BadInput:
        return see_other("/grids?notice=nofile")
    return await _page(request, visitor, "", done=done, mistakes=done.mistakes)


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
    first, last = (date.fromisoformat(form.get(name, "")) for name in ("first", "last"))
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
