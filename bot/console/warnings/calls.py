"""Calls to people on duty (叫应): unanswered ones first, the record of each, what came of it."""

from aiohttp import web

from bot.console.forms import fields, once
from bot.console.routes import Pages, Visitor
from bot.console.show import page, see_other
from bot.doors import ACCOUNTS, HOUSE
from data.civic.errors import BadInput, Conflict
from data.civic.sending.ringing import handle_of
from data.civic.warning.duty import DutyCall
from handlers.acts import call_duty, duty_roster, read_calls
from handlers.acts.call_duty import SEE
from handlers.acts.read_calls import LONGEST
from handlers.acts.read_conversation import names_of

pages = Pages()

SHOWN = 100


@pages.on("GET /calls", *SEE)
async def calls(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """List the calls, those that nobody has seen first."""
    office, staff = request.app[HOUSE].office(), visitor.staff
    found = await read_calls.listed(office, staff)
    accounts = request.app[ACCOUNTS]
    return page(
        request,
        "warnings/calls.html",
        calls=found,
        shown=SHOWN,
        names=await names_of(office, [one.seen_by for one in found.seen[:SHOWN]]),
        now_on_duty=await duty_roster.on_duty(office, staff.area),
        lines=bool(accounts.voice or accounts.workapp),
        handle=handle_of,
        notice=request.query.get("notice", ""),
    )


@pages.on("GET /calls/{call}", *SEE)
async def call(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show one call: who was called when, and how each call ended; fit to be printed."""
    office = request.app[HOUSE].office()
    found = await read_calls.find(office, visitor.staff, request.match_info["call"])
    one = found.call
    people = [one.seen_by, one.result_by, *(dial.by for dial in one.dials)]
    return page(
        request,
        "warnings/call.html",
        call=one,
        holders=found.holders,
        asks=found.asks,
        names=await names_of(office, people),
        handle=request.match_info["call"],
        longest=LONGEST,
        notice=request.query.get("notice", ""),
    )


@pages.on("POST /calls/{call}/see", *SEE)
async def see(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Note that one sees to it; the calling ends."""
    office = request.app[HOUSE].office()
    found = await _found(request, visitor)
    await call_duty.see_call(office, visitor.staff, found.id)
    return _back(request, "seen")


@pages.on("POST /calls/{call}/dial", *SEE)
async def dial(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Note that one has called somebody by hand."""
    office, form = request.app[HOUSE].office(), await fields(request)
    phone, taken = form.get("phone", ""), form.get("taken") == "yes"
    handle = request.match_info["call"]
    try:
        async with once(request, visitor, form) as first:
            if first:
                await read_calls.note_dial(office, visitor.staff, handle, phone=phone, taken=taken)
    except Conflict:
        return _back(request, "late")
    return _back(request, "dialled")


@pages.on("POST /calls/{call}/result", *SEE)
async def result(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Note what came of it."""
    office, form = request.app[HOUSE].office(), await fields(request)
    words = form.get("result", "").replace("\r\n", "\n")
    try:
        await read_calls.conclude(office, visitor.staff, request.match_info["call"], words)
    except BadInput:
        return _back(request, "unfit")
    except Conflict:
        return _back(request, "ticket")
    return _back(request, "noted")


async def _found(request: web.Request, visitor: Visitor) -> DutyCall:
    office = request.app[HOUSE].office()
    return (await read_calls.find(office, visitor.staff, request.match_info["call"])).call


def _back(request: web.Request, notice: str) -> web.Response:
    return see_other(f"/calls/{request.match_info['call']}?notice={notice}")
