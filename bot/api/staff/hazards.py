"""Hazards that residents have reported: seen, sent to a grid, begun, ended with a result."""

from aiohttp import web

from bot.api.bodies import read_json
from bot.api.routes import STAFF_TOKEN, Routes, answer
from bot.api.staff.access import staff_of
from bot.api.staff.hazard_wire import (
    GridWanted,
    HazardOut,
    HazardReportOut,
    HazardResult,
    HazardsOut,
    WholeHazardOut,
)
from data.civic.ids import GridId, HazardId
from data.civic.people import Staff
from handlers.acts import hazards
from handlers.acts.hazards import Case
from handlers.office import Office

routes = Routes(key=STAFF_TOKEN)


@routes.on("GET /staff/hazards", summary="List hazards that wait", answer=HazardsOut)
async def listed(request: web.Request) -> web.Response:
    """List the hazards of the own area, or of the own grids, oldest first."""
    staff, office = await staff_of(request)
    found = await hazards.listed(office, staff)
    return answer(HazardsOut(hazards=[HazardOut(**_facts(office, one)) for one in found]))


@routes.on("GET /staff/hazards/{hazard}", summary="See a hazard", answer=WholeHazardOut)
async def one(request: web.Request) -> web.Response:
    """Show a case with what was reported; the look is noted."""
    staff, office = await staff_of(request)
    staff.must(*hazards.SEE)
    return await _whole(office, staff, _id(request))


@routes.on(
    "POST /staff/hazards/{hazard}/assign",
    summary="Have the worker of a grid look",
    body=GridWanted,
    answer=WholeHazardOut,
)
async def assign(request: web.Request) -> web.Response:
    """Say whose worker looks. Idempotent."""
    staff, office = await staff_of(request)
    staff.must(*hazards.SEND)
    wanted = await read_json(request, GridWanted)
    await hazards.assign(office, staff, _id(request), GridId(wanted.grid))
    return await _whole(office, staff, _id(request))


@routes.on("POST /staff/hazards/{hazard}/start", summary="Begin", answer=WholeHazardOut)
async def start(request: web.Request) -> web.Response:
    """Note that somebody looks; everybody who reported it is told. Idempotent."""
    staff, office = await staff_of(request)
    staff.must(*hazards.SEE)
    await hazards.start(office, staff, _id(request))
    return await _whole(office, staff, _id(request))


@routes.on(
    "POST /staff/hazards/{hazard}/end",
    summary="End with a result",
    body=HazardResult,
    answer=WholeHazardOut,
)
async def end(request: web.Request) -> web.Response:
    """End a case; everybody who reported it is told the result. Idempotent."""
    staff, office = await staff_of(request)
    staff.must(*hazards.SEE)
    said = await read_json(request, HazardResult)
    await hazards.end(office, staff, _id(request), said.result)
    return await _whole(office, staff, _id(request))


async def _whole(office: Office, staff: Staff, id_: HazardId) -> web.Response:
    case = await hazards.find(office, staff, id_)
    reports = [
        HazardReportOut(number=one.number, at=one.at, text=one.text, pictures=len(one.pictures))
        for one in case.reports
    ]
    return answer(WholeHazardOut(**_facts(office, case), reports=reports))


def _facts(office: Office, case: Case) -> dict[str, object]:
    one = case.hazard
    return {
        "id": one.id,
        "kind": one.kind,
        "state": one.state,
        "area": one.spot.area,
        "area_name": office.release.places.full_name(one.spot.area),
        "lon": one.spot.point.lon if one.spot.point else None,
        "lat": one.spot.point.lat if one.spot.point else None,
        "reporters": case.reporters,
        "grid": one.grid,
        "worker": case.worker.name if case.worker else "",
        "opened_at": one.opened_at,
        "due_at": one.due_at,
        "result": one.result,
    }


def _id(request: web.Request) -> HazardId:
    return HazardId(request.match_info["hazard"])
