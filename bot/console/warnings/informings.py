"""Informings: how far each is by state and way; stop it, go on, and one person's whole record."""

from aiohttp import web

from bot.console.forms import fields
from bot.console.routes import Pages, Visitor
from bot.console.show import page, see_other
from bot.doors import HOUSE
from data.civic.errors import BadInput, Conflict, NotFound
from data.civic.ids import PersonId
from data.civic.sending.informing import InformingState
from data.civic.sending.rows import RowState
from handlers.acts import inform, read_informings, uninformed
from handlers.acts.grid_duty import REPORT
from handlers.acts.inform import MAY_STOP
from handlers.acts.uninformed import COUNTS, Level

pages = Pages()


@pages.on("GET /informings", *COUNTS)
async def informings(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """List the informings, newest first."""
    office = request.app[HOUSE].office()
    found = await read_informings.listed(office, visitor.staff)
    return page(request, "warnings/informings.html", informings=found)


@pages.on("GET /informings/{informing}", *COUNTS)
async def informing(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show how far an informing is."""
    office, staff = request.app[HOUSE].office(), visitor.staff
    number = number_in(request)
    found = await read_informings.progress(office, staff, number, level=Level.TOWN)
    stopped = found.board.informing.state is InformingState.CANCELLED
    return page(
        request,
        "warnings/informing.html",
        progress=found,
        board=found.board,
        states=tuple(RowState),
        may_stop=staff.may(*MAY_STOP),
        to_resume=await uninformed.to_resume(office, staff, number) if stopped else 0,
        may_look=staff.may(*REPORT),
        notice=request.query.get("notice", ""),
    )


@pages.on("POST /informings/{informing}/cancel", *MAY_STOP)
async def cancel(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Send nothing more."""
    number = number_in(request)
    try:
        await inform.cancel(request.app[HOUSE].office(), visitor.staff, number)
    except Conflict:
        return see_other(f"/informings/{number}?notice=late")
    return see_other(f"/informings/{number}?notice=cancelled")


@pages.on("POST /informings/{informing}/resume", *MAY_STOP)
async def resume(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Go on after a stop."""
    number = number_in(request)
    try:
        await inform.resume(request.app[HOUSE].office(), visitor.staff, number)
    except Conflict:
        return see_other(f"/informings/{number}?notice=late")
    return see_other(f"/informings/{number}?notice=resumed")


@pages.on("POST /informings/{informing}/person", *REPORT)
async def person(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show one person's record; a form, for who it is and why belongs in no address."""
    office, form, number = request.app[HOUSE].office(), await fields(request), number_in(request)
    purpose = form.get("purpose", "")
    try:
        handle = PersonId(int(form.get("person", "")))
        found = await read_informings.ledger(office, visitor.staff, number, handle, purpose=purpose)
    except (BadInput, ValueError):
        return see_other(f"/uninformed?informing={number}&notice=purpose")
    return page(request, "warnings/ledger.html", ledger=found, number=number, purpose=purpose)


def number_in(request: web.Request) -> int:
    """Read the number of an informing.

    Raises:
        NotFound: it is none.
    """
    text = request.match_info["informing"]
    if not (text.isascii() and text.isdigit() and len(text) < 8):
        raise NotFound("there is no such informing: see the list")
    return int(text)
