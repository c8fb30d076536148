"""Hazards: the list, one case with its reports, who looks, and the result that all hear."""

from aiohttp import web

from bot.console.forms import Deed, Form, done_once
from bot.console.routes import Pages, Visitor
from bot.console.show import page, see_other
from bot.doors import HOUSE
from data.civic.errors import NotFound
from data.civic.ids import GridId, HazardId
from data.civic.people import Staff
from data.civic.safety.hazards import LONGEST
from handlers.acts import hazards
from handlers.acts.hazards import SEE, SEND
from handlers.acts.read_conversation import names_of
from handlers.office import Office

pages = Pages()


@pages.on("GET /hazards", *SEE)
async def listed(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """List what waits for its result, oldest first."""
    found = await hazards.listed(request.app[HOUSE].office(), visitor.staff)
    notice = request.query.get("notice", "")
    return page(request, "safety/hazards.html", cases=found, notice=notice)


@pages.on("GET /hazards/{hazard}", *SEE)
async def one(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show a case, and what each citizen has reported."""
    return await _page(request, visitor, request.query.get("notice", ""))


@pages.on("POST /hazards/{hazard}/assign", *SEND)
async def assign(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Have the worker of a grid look."""

    async def deed(office: Office, staff: Staff, form: Form) -> object:
        return await hazards.assign(office, staff, _id(request), GridId(form.get("grid", "")))

    return await _done(request, visitor, deed, "assigned")


@pages.on("POST /hazards/{hazard}/start", *SEE)
async def start(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Note that somebody looks into it; who reported it is told."""

    async def deed(office: Office, staff: Staff, _: Form) -> object:
        return await hazards.start(office, staff, _id(request))

    return await _done(request, visitor, deed, "started")


@pages.on("POST /hazards/{hazard}/end", *SEE)
async def end(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """End a case; everybody who reported it reads the result."""

    async def deed(office: Office, staff: Staff, form: Form) -> object:
        return await hazards.end(office, staff, _id(request), form.get("result", ""))

    return await _done(request, visitor, deed, "ended")


async def _done(
    request: web.Request, visitor: Visitor, deed: Deed, notice: str
) -> web.StreamResponse:
    async def again(why: str, form: Form) -> web.Response:
        try:
            return await _page(request, visitor, why, form)
        except NotFound:
            return see_other("/hazards?notice=unknown")

    back = f"/hazards/{_id(request)}"
    return await done_once(request, visitor, deed, back=back, done=notice, again=again)


async def _page(
    request: web.Request, visitor: Visitor, notice: str, form: Form | None = None
) -> web.Response:
    office, staff = request.app[HOUSE].office(), visitor.staff
    case = await hazards.find(office, staff, _id(request))
    grids = await office.stores.grids.within(staff.area) if staff.may(*SEND) else []
    return page(
        request,
        "safety/hazard.html",
        case=case,
        grids=grids,
        names=await names_of(office, [case.hazard.by]),
        longest=LONGEST,
        may_send=staff.may(*SEND),
        form=form or {},
        notice=notice,
    )


def _id(request: web.Request) -> HazardId:
    return HazardId(request.match_info["hazard"])
