"""Colours: how many people of each village have which; worked out when the page is asked for."""

from aiohttp import web

from bot.console.choosing import event_of
from bot.console.routes import Pages, Visitor
from bot.console.show import page
from bot.doors import HOUSE
from data.civic.knowing.colour_rules import CodeColour
from handlers.acts import whereabouts_board
from handlers.acts.count_colours import count_colours
from handlers.acts.uninformed import COUNTS

pages = Pages()


@pages.on("GET /colours", *COUNTS)
async def colours(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Count the colours of an event's villages, in the order of their codes."""
    office, staff = request.app[HOUSE].office(), visitor.staff
    events = await whereabouts_board.events(office, staff)
    event = event_of(events, request.query.get("event", ""))
    return page(
        request,
        "safety/colours.html",
        events=events,
        event=event,
        counts=await count_colours(office, staff, event.id) if event else None,
        colours=tuple(reversed(CodeColour)),
    )
