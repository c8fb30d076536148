"""Tickets: list what is not closed, see one, close it with a result."""

from aiohttp import web

from bot.api.bodies import read_json
from bot.api.routes import STAFF_TOKEN, Routes, answer
from bot.api.staff.access import staff_of
from bot.api.staff.wire import Result, StaffTicketOut, TicketLine, TicketLinesOut
from data.civic.ids import TicketNumber
from data.civic.talk.tickets import Ticket
from handlers.acts import see_ticket
from handlers.office import Office

routes = Routes(key=STAFF_TOKEN)


@routes.on("GET /staff/tickets", summary="List tickets that are not closed", answer=TicketLinesOut)
async def unfinished(request: web.Request) -> web.Response:
    """List the tickets of the own area, danger first, without the citizens' words."""
    staff, office = await staff_of(request)
    found = await see_ticket.unfinished(office, staff)
    return answer(TicketLinesOut(tickets=[_line(office, one) for one in found]))


@routes.on("POST /staff/tickets/{number}/see", summary="See a ticket", answer=StaffTicketOut)
async def see(request: web.Request) -> web.Response:
    """Open a ticket for a person who reads it now; who reported danger is told so."""
    staff, office = await staff_of(request)
    return answer(_ticket(office, await see_ticket.see(office, staff, _number(request))))


@routes.on(
    "POST /staff/tickets/{number}/close",
    summary="Close a ticket with a result",
    body=Result,
    answer=StaffTicketOut,
)
async def close(request: web.Request) -> web.Response:
    """Close a ticket that was seen; the citizen is told the result."""
    staff, office = await staff_of(request)
    said = await read_json(request, Result)
    closed = await see_ticket.close(office, staff, _number(request), said.result)
    return answer(_ticket(office, closed))


def _number(request: web.Request) -> TicketNumber:
    return TicketNumber(request.match_info["number"])


def _line(office: Office, ticket: Ticket) -> TicketLine:
    return TicketLine(**_facts(office, ticket))


def _ticket(office: Office, ticket: Ticket) -> StaffTicketOut:
    words = {"text": ticket.text, "closed_at": ticket.closed_at, "result": ticket.result}
    return StaffTicketOut(**_facts(office, ticket), **words)


def _facts(office: Office, ticket: Ticket) -> dict[str, object]:
    return {
        "number": ticket.number,
        "kind": ticket.kind,
        "intent": ticket.intent,
        "state": ticket.state,
        "area": ticket.area,
        "area_name": office.release.places.full_name(ticket.area),
        "opened_at": ticket.opened_at,
        "due_at": ticket.due_at,
        "seen_at": ticket.seen_at,
        "seen_by": ticket.seen_by,
        "added_at": ticket.added.at if ticket.has_news else None,
    }
