"""Shelters: the list, open and closed, check-ins and batches of scans, boards and reports."""

from aiohttp import web

from bot.api.bodies import read_json
from bot.api.routes import STAFF_TOKEN, Routes, answer
from bot.api.staff.access import staff_of
from bot.api.staff.shelter_told import (
    BoardOut,
    DoneOut,
    DoubtsOut,
    MergedOut,
    ReportOut,
    ShelterOut,
    SheltersOut,
    board_out,
    done_out,
    doubt_out,
    merged_out,
    report_out,
    shelter_out,
)
from bot.scanwire import BatchIn, BoardIn, TurnIn, VisitIn, batch_in, visit_in
from data.civic.ids import EventId, ShelterId
from handlers.acts import check_in, shelter_board, shelters, take_scans
from handlers.acts.desk_rules import AT_DOORS, AT_SHELTERS
from handlers.acts.shelters import RUN, SEE

LARGEST = 1 << 20
"""Bytes of a batch: 500 scans."""

routes = Routes(key=STAFF_TOKEN)


@routes.on("GET /staff/shelters", summary="List shelters", answer=SheltersOut)
async def listed(request: web.Request) -> web.Response:
    """List the shelters of the own area with who is inside now."""
    staff, office = await staff_of(request)
    found = await shelter_board.shelters(office, staff)
    return answer(SheltersOut(shelters=[shelter_out(one) for one in found]))


@routes.on(
    "POST /staff/shelters/{shelter}/state",
    summary="Open or close a shelter",
    body=TurnIn,
    answer=ShelterOut,
)
async def turn(request: web.Request) -> web.Response:
    """Open, close, hold ready or find unsafe; told is who is inside."""
    staff, office = await staff_of(request)
    staff.must(*RUN, *AT_SHELTERS)
    said = await read_json(request, TurnIn)
    turned = await shelters.turn(office, staff, _shelter(request), said.to, why=said.why)
    (line,) = await shelter_board.lines(office, [turned.shelter])
    return answer(shelter_out(line))


@routes.on(
    "POST /staff/shelters/{shelter}/board",
    summary="Show who is in a shelter",
    body=BoardIn,
    answer=BoardOut,
)
async def board(request: web.Request) -> web.Response:
    """Count who is inside; for a purpose with names, and the look is noted."""
    staff, office = await staff_of(request)
    staff.must(*SEE)
    said = await read_json(request, BoardIn)
    found = await shelter_board.board(
        office, staff, _shelter(request), EventId(said.event), purpose=said.purpose
    )
    return answer(board_out(found))


@routes.on(
    "GET /staff/shelters/{shelter}/reports/{event}",
    summary="Report what a shelter came to",
    answer=ReportOut,
)
async def report(request: web.Request) -> web.Response:
    """Count what scans of an event amount to in one shelter."""
    staff, office = await staff_of(request)
    event = EventId(request.match_info["event"])
    return answer(report_out(await shelter_board.report(office, staff, _shelter(request), event)))


@routes.on("POST /staff/stays", summary="Check in or out", body=VisitIn, answer=DoneOut)
async def visit(request: web.Request) -> web.Response:
    """Check somebody in or out, or note them with relatives; who finds no place is sent on."""
    staff, office = await staff_of(request)
    staff.must(*AT_DOORS)
    said = await read_json(request, VisitIn)
    return answer(done_out(await check_in.check(office, staff, visit_in(said))))


@routes.on("POST /staff/scans", summary="Send offline scans", body=BatchIn, answer=MergedOut)
async def scans(request: web.Request) -> web.Response:
    """Merge what a device scanned without a network; sent again it changes nothing."""
    staff, office = await staff_of(request)
    staff.must(*AT_DOORS)
    said = await read_json(request.clone(client_max_size=LARGEST), BatchIn)
    return answer(merged_out(await take_scans.take_scans(office, staff, batch_in(said))))


@routes.on(
    "GET /staff/events/{event}/conflicts",
    summary="List scans that do not fit together",
    answer=DoubtsOut,
)
async def conflicts(request: web.Request) -> web.Response:
    """List both scans of everybody who was in two places, or left where they were not."""
    staff, office = await staff_of(request)
    event = EventId(request.match_info["event"])
    found = await shelter_board.doubts(office, staff, event)
    return answer(DoubtsOut(conflicts=[doubt_out(one) for one in found]))


def _shelter(request: web.Request) -> ShelterId:
    return ShelterId(request.match_info["shelter"])
