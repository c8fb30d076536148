"""What is called for on duty: list it, see it; and the houses checked before anybody returns."""

from aiohttp import web

from bot.api.bodies import read_json
from bot.api.routes import STAFF_TOKEN, Routes, answer
from bot.api.staff.access import staff_of
from bot.api.staff.grid_wire import (
    CheckIn,
    DutyCallOut,
    DutyCallsOut,
    ReturnOut,
    ReturnsOut,
    SeenIn,
    TestOut,
    TestsOut,
)
from data.civic.ids import DutyCallId, ReturnId
from data.civic.warning.arrivals import Arrival
from data.civic.warning.duty import DutyCall
from data.civic.warning.messages import Status
from data.civic.warning.returns import Return
from handlers.acts import call_duty, check_houses, read_tests

routes = Routes(key=STAFF_TOKEN)


@routes.on("GET /staff/duty-calls", summary="List calls nobody has seen", answer=DutyCallsOut)
async def calls(request: web.Request) -> web.Response:
    """List what nobody of the own area has seen yet, oldest first."""
    staff, office = await staff_of(request)
    found = await call_duty.unseen(office, staff)
    return answer(DutyCallsOut(calls=[_call(one) for one in found]))


@routes.on(
    "POST /staff/duty-calls/see",
    summary="Note that one has seen a call",
    body=SeenIn,
    answer=DutyCallOut,
)
async def see(request: web.Request) -> web.Response:
    """Note that one has seen a call; the first to see it stands."""
    staff, office = await staff_of(request)
    seen = await read_json(request, SeenIn)
    return answer(_call(await call_duty.see_call(office, staff, DutyCallId(seen.id))))


@routes.on("GET /staff/test-messages", summary="List tests of the feeds", answer=TestsOut)
async def tests(request: web.Request) -> web.Response:
    """List tests and exercises, for those on the fixed list of a feed; nobody else is told."""
    staff, office = await staff_of(request)
    found = await read_tests.tests(office, staff)
    return answer(TestsOut(messages=[_test(one) for one in found]))


@routes.on("GET /staff/returns", summary="List villages nobody may go back to", answer=ReturnsOut)
async def returns(request: web.Request) -> web.Response:
    """List the villages of the own area to which nobody may go back yet."""
    staff, office = await staff_of(request)
    found = await check_houses.waiting_returns(office, staff)
    return answer(ReturnsOut(returns=[_return(one) for one in found]))


@routes.on(
    "POST /staff/returns/check",
    summary="Note that houses were checked",
    body=CheckIn,
    answer=ReturnOut,
)
async def check(request: web.Request) -> web.Response:
    """Note that one has found the houses and the area of a return safe."""
    staff, office = await staff_of(request)
    found = await read_json(request, CheckIn)
    checked = await check_houses.check_houses(
        office, staff, ReturnId(found.id), remark=found.remark
    )
    return answer(_return(checked))


def _call(one: DutyCall) -> DutyCallOut:
    return DutyCallOut(
        id=one.id,
        kind=one.kind,
        subject=one.subject,
        others=list(one.others),
        area=one.area,
        detail=one.detail,
        opened_at=one.opened_at,
        seen_at=one.seen_at,
        seen_by=one.seen_by,
    )


def _test(one: Arrival) -> TestOut:
    said = one.message
    return TestOut(
        feed=one.feed,
        identifier=one.identifier,
        status=one.status or Status.TEST,
        headline=said.headline if said else "",
        received_at=one.received_at,
    )


def _return(one: Return) -> ReturnOut:
    return ReturnOut(
        id=one.id,
        order=one.order,
        village=one.village,
        state=one.state,
        checked_by=one.check.by if one.check else None,
        checked_at=one.check.at if one.check else None,
        remark=one.check.remark if one.check else "",
    )
