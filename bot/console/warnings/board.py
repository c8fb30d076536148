"""Warnings now: in force by town, the feeds, messages that are held or were refused, and raw."""

from collections.abc import Sequence
from urllib.parse import quote

from aiohttp import web

from bot.console.forms import fields, once
from bot.console.routes import Pages, Visitor
from bot.console.show import page, see_other
from bot.console.warnings.forms import areas_sent
from bot.doors import HOUSE
from data.civic.errors import BadInput, Conflict
from data.civic.ids import AreaCode, ArrivalId
from data.civic.sending.ringing import handle_of
from data.civic.warning.arrivals import Arrival
from handlers.acts import call_duty, held_messages, read_warnings
from handlers.acts.read_conversation import names_of
from handlers.acts.read_warnings import IN_FORCE, READ

SHOWN_RAW = 64 << 10

pages = Pages()


@pages.on("GET /warnings", *IN_FORCE)
async def board(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show what is in force here, and what the duty officer has to look at."""
    office, staff = request.app[HOUSE].office(), visitor.staff
    may_decide = staff.may(*READ)
    return page(
        request,
        "warnings/board.html",
        found=await read_warnings.overview(office, staff),
        unsettled=await read_warnings.unsettled(office, staff) if may_decide else None,
        calls=await call_duty.unseen(office, staff) if may_decide else [],
        handle=handle_of,
        titles=await read_warnings.titles_of(office),
    )


@pages.on("GET /warnings/messages/{feed}/{digest}", *READ)
async def message(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show one message: what was understood, what became of it, and every byte of it."""
    return await _message(request, visitor, notice=request.query.get("notice", ""))


@pages.on("POST /warnings/messages/{feed}/{digest}/areas", *READ)
async def choose(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show how many a held message would reach in the areas that were chosen; nothing is done."""
    areas = await areas_sent(request)
    try:
        return await _message(request, visitor, areas=areas, notice="" if areas else "areas")
    except BadInput:
        return await _message(request, visitor, notice="areas")


@pages.on("POST /warnings/messages/{feed}/{digest}/confirm", *READ)
async def confirm(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Let a held message be relayed, for the areas that were chosen where it needs them."""
    office, areas = request.app[HOUSE].office(), await areas_sent(request)
    try:
        async with once(request, visitor, await fields(request)) as first:
            if first:
                await held_messages.confirm(office, visitor.staff, _named(request), areas=areas)
    except BadInput:
        return _back(request, "areas")
    except Conflict:
        return _back(request, "late")
    return _back(request, "relayed")


@pages.on("POST /warnings/messages/{feed}/{digest}/reject", *READ)
async def reject(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Let a held message have no effect."""
    office = request.app[HOUSE].office()
    try:
        async with once(request, visitor, await fields(request)) as first:
            if first:
                await held_messages.reject(office, visitor.staff, _named(request))
    except Conflict:
        return _back(request, "late")
    return _back(request, "rejected")


async def _message(
    request: web.Request, visitor: Visitor, *, areas: Sequence[AreaCode] = (), notice: str = ""
) -> web.Response:
    office, staff = request.app[HOUSE].office(), visitor.staff
    found = await read_warnings.message(office, staff, _named(request))
    relaying = await held_messages.relaying(office, staff, found, areas=areas)
    return page(
        request,
        "warnings/message.html",
        arrival=found,
        raw=found.raw[:SHOWN_RAW].decode(errors="replace"),
        cut=max(0, len(found.raw) - SHOWN_RAW),
        names=await names_of(office, [found.decided_by]),
        titles=await read_warnings.titles_of(office),
        towns=office.release.places.towns(),
        relaying=relaying,
        chosen=areas or (relaying.areas if relaying else ()),
        notice=notice,
    )


def _named(request: web.Request) -> ArrivalId:
    return ArrivalId(f"{request.match_info['feed']}/{request.match_info['digest']}")


def _back(request: web.Request, notice: str) -> web.Response:
    return see_other(f"{place_of(_named(request))}?notice={notice}")


def place_of(arrival: Arrival | ArrivalId) -> str:
    """Tell the address of a message's page."""
    return f"/warnings/messages/{quote(arrival if isinstance(arrival, str) else arrival.id)}"
