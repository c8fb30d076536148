"""Tickets: the list with danger first, opening one, closing it with a result."""

from aiohttp import web

from bot.console.forms import fields
from bot.console.routes import Pages, Visitor
from bot.console.show import page, see_other
from bot.doors import HOUSE
from data.civic.errors import BadInput, Conflict
from data.civic.ids import TicketNumber
from data.civic.people import Role
from data.civic.talk.tickets import TicketKind, TicketState
from handlers.acts import see_ticket
from handlers.acts.read_conversation import names_of
from handlers.acts.see_ticket import SEE
from handlers.acts.tell_citizen import LONGEST

SHOWN = 200

pages = Pages()


@pages.on("GET /tickets", *SEE)
async def tickets(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """List what is not closed, by kind and state if asked for."""
    office, wanted = request.app[HOUSE].office(), request.query
    kept = [
        one
        for one in await see_ticket.unfinished(office, visitor.staff)
        if wanted.get("kind") in (None, "", one.kind)
        and wanted.get("state") in (None, "", one.state)
    ]
    return page(
        request,
        "tickets.html",
        tickets=kept[:SHOWN],
        more=len(kept) - SHOWN,
        intents=office.release.intents,
        names=await names_of(office, [one.seen_by for one in kept[:SHOWN]]),
        kinds=tuple(TicketKind),
        states=(TicketState.OPEN, TicketState.SEEN),
        wanted=wanted,
    )


@pages.on("GET /tickets/{number}", *SEE)
async def ticket(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show a ticket; the words of one that nobody has opened yet are shown once it is opened."""
    office = request.app[HOUSE].office()
    found = await see_ticket.find(office, visitor.staff, _number(request))
    return page(
        request,
        "ticket.html",
        ticket=found,
        intents=office.release.intents,
        names=await names_of(office, [found.seen_by]),
        may_close=visitor.staff.may(Role.AGENT),
        longest=LONGEST,
        notice=request.query.get("notice", ""),
    )


@pages.on("POST /tickets/{number}/see", *SEE)
async def see(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Open a ticket; who reported danger is told that it was seen."""
    found = await see_ticket.see(request.app[HOUSE].office(), visitor.staff, _number(request))
    return see_other(f"/tickets/{found.number}")


@pages.on("POST /tickets/{number}/close", Role.AGENT)
async def close(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Close a ticket; the citizen is told the result."""
    number, form = _number(request), await fields(request)
    office = request.app[HOUSE].office()
    try:
        await see_ticket.close(office, visitor.staff, number, form.get("result", ""))
    except BadInput:
        return see_other(f"/tickets/{number}?notice=unfit")
    except Conflict:
        return see_other(f"/tickets/{number}?notice=late")
    return see_other(f"/tickets/{number}?notice=closed")


def _number(request: web.Request) -> TicketNumber:
    return TicketNumber(request.match_info["number"])
