"""Grids: who answers for whom, who stands in, who is on leave, and where nobody is left."""

from aiohttp import web

from bot.api.bodies import read_json
from bot.api.routes import STAFF_TOKEN, Routes, answer
from bot.api.staff.access import staff_of
from bot.api.staff.grid_wire import (
    AssignIn,
    DeputyIn,
    GridOut,
    GridsOut,
    LeaveIn,
    LeaveOut,
    WorkerOut,
)
from data.civic.ids import GridId, WorkerId
from data.civic.people import Staff
from data.civic.safety.grids import Grid, GridWorker, deputy_of, worker_of
from handlers.acts import grid_gaps, grids
from handlers.acts.grid_gaps import Gap
from handlers.office import Office

routes = Routes(key=STAFF_TOKEN)


@routes.on("GET /staff/grids", summary="List grids and their workers", answer=GridsOut)
async def listed(request: web.Request) -> web.Response:
    """List the grids of the own area with who answers now, and where nobody does."""
    staff, office = await staff_of(request)
    return answer(await _all(office, staff))


@routes.on(
    "POST /staff/grids/{grid}/assign",
    summary="Let a worker answer for a grid",
    body=AssignIn,
    answer=GridsOut,
)
async def assign(request: web.Request) -> web.Response:
    """Let a worker answer for a grid from now on."""
    staff, office = await staff_of(request)
    wanted = await read_json(request, AssignIn)
    chosen = WorkerId(wanted.worker) if wanted.worker else None
    await grids.assign(office, staff, GridId(request.match_info["grid"]), chosen)
    return answer(await _all(office, staff))


@routes.on(
    "POST /staff/grid-workers/{worker}/deputy",
    summary="Say who stands in for a worker",
    body=DeputyIn,
    answer=WorkerOut,
)
async def deputy(request: web.Request) -> web.Response:
    """Say who stands in for a worker on leave."""
    staff, office = await staff_of(request)
    wanted = await read_json(request, DeputyIn)
    chosen = WorkerId(wanted.deputy) if wanted.deputy else None
    return answer(_worker(await grids.set_deputy(office, staff, _who(request), chosen)))


@routes.on(
    "POST /staff/grid-workers/{worker}/leave",
    summary="Send a worker on leave",
    body=LeaveIn,
    answer=WorkerOut,
)
async def leave(request: web.Request) -> web.Response:
    """Send a worker on leave for whole days."""
    staff, office = await staff_of(request)
    days = await read_json(request, LeaveIn)
    gone = await grids.go_on_leave(office, staff, _who(request), days.first, days.last)
    return answer(_worker(gone))


@routes.on(
    "POST /staff/grid-workers/{worker}/back",
    summary="Note that a worker is back",
    answer=WorkerOut,
)
async def back(request: web.Request) -> web.Response:
    """Note that a worker is back; leaves to come are called off."""
    staff, office = await staff_of(request)
    return answer(_worker(await grids.come_back(office, staff, _who(request))))


def _who(request: web.Request) -> WorkerId:
    return WorkerId(request.match_info["worker"])


async def _all(office: Office, staff: Staff) -> GridsOut:
    listed, workers = await grids.listed(office, staff), await grids.workers(office, staff)
    gaps = {one.grid.id: one for one in await grid_gaps.gaps(office, staff)}
    return GridsOut(
        grids=[_grid(office, one, gaps.get(one.id)) for one in listed],
        workers=[_worker(one) for one in workers],
    )


def _grid(office: Office, one: Grid, gap: Gap | None) -> GridOut:
    now = office.clock.now()
    worker, deputy = worker_of(one, now), deputy_of(one, now)
    return GridOut(
        id=one.id,
        name=one.name,
        village=one.village,
        worker=worker.id if worker else None,
        deputy=deputy.id if deputy else None,
        gap_since=gap.since if gap else None,
        next_level=list(gap.next_level) if gap else [],
    )


def _worker(one: GridWorker) -> WorkerOut:
    return WorkerOut(
        id=one.id,
        name=one.name,
        phone=one.phone,
        area=one.area,
        deputy=one.deputy,
        leaves=[LeaveOut(begins=each.begins, ends=each.ends) for each in one.leaves],
    )
