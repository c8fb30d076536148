"""Look at shelters: one board, with names for a purpose; what does not fit; the report."""

from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from bot.console.choosing import event_of
from bot.console.forms import fields
from bot.console.routes import Pages, Visitor
from bot.console.show import page, see_other
from bot.doors import HOUSE
from data.civic.errors import BadInput, NotFound
from data.civic.ids import EventId, ShelterId
from data.civic.privacy import mask_name
from data.civic.safety.scans import Need, OutTo
from handlers.acts import shelter_board
from handlers.acts.check_in import Visit
from handlers.acts.desk_rules import AT_DOORS, AT_SHELTERS
from handlers.acts.find_person import Found
from handlers.acts.shelters import SEE
from handlers.acts.take_in import Done
from handlers.office import Office

pages = Pages()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a board shows besides its numbers."""

    purpose: str | None = None
    """For which names are shown; None: none are."""
    notice: str = ""
    done: Done | None = None
    visit: Visit | None = None
    """What was sent, to be sent again with who of the family it is."""
    found: Sequence[Found] = ()


@pages.on("GET /shelters/{shelter}", *SEE)
async def board(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show a shelter in numbers, with the forms of its desk."""
    return await board_page(request, visitor, EventId(request.query.get("event", "")))


@pages.on("POST /shelters/{shelter}/names", *AT_SHELTERS)
async def names(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show who is inside, for a purpose; the look is noted."""
    form = await fields(request)
    event = EventId(form.get("event", ""))
    try:
        return await board_page(request, visitor, event, Shown(purpose=form.get("purpose", "")))
    except BadInput:
        return await board_page(request, visitor, event, Shown(notice="unfit"))


@pages.on("GET /shelters/{shelter}/report", *SEE)
async def report(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show what a shelter came to in an event."""
    office = request.app[HOUSE].office()
    event = EventId(request.query.get("event", ""))
    try:
        found = await shelter_board.report(office, visitor.staff, _shelter(request), event)
    except NotFound:
        return see_other("/shelters?notice=unknown")
    return page(request, "shelters/report.html", report=found, outs=list(OutTo))


@pages.on("GET /conflicts", *AT_SHELTERS)
async def conflicts(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """List the scans that do not fit together, both of each."""
    office, staff = request.app[HOUSE].office(), visitor.staff
    events = await shelter_board.events(office, staff)
    event = event_of(events, request.query.get("event", ""))
    found = await shelter_board.doubts(office, staff, event.id) if event else []
    county = office.release.places.county
    known = {one.id: one.name for one in await office.stores.shelters.within(county)}
    return page(
        request,
        "shelters/conflicts.html",
        doubts=found,
        events=events,
        event=event,
        name_of=lambda one: known.get(one, one),
    )


@pages.on("GET /kin", *AT_DOORS)
async def kin(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show the form for the door of relatives."""
    return await kin_page(request, visitor)


async def kin_page(
    request: web.Request,
    visitor: Visitor,
    *,
    notice: str = "",
    done: Done | None = None,
    visit: Visit | None = None,
) -> web.Response:
    """Show the form for the door of relatives, and what came of the last one."""
    office, staff = request.app[HOUSE].office(), visitor.staff
    found = [
        one
        for drill in (False, True)
        for one in await office.stores.events.alive(drill=drill, limit=shelter_board.EVENTS)
    ]
    return page(
        request,
        "shelters/kin.html",
        events=found,
        villages=office.release.places.villages(staff.area),
        notice=notice,
        done=done,
        visit=visit,
        masked=mask_name,
        left=await _left(office, done),
    )


async def board_page(
    request: web.Request,
    visitor: Visitor,
    event: EventId,
    shown: Shown | None = None,
) -> web.Response:
    """Show the board of a shelter; without an event that is known, of the first that goes on."""
    office, staff, told = request.app[HOUSE].office(), visitor.staff, shown or Shown()
    events = await shelter_board.events_here(office, staff, _shelter(request), event)
    chosen = event_of(events, event)
    if chosen is None:
        return see_other("/shelters?notice=noevent")
    try:
        found = await shelter_board.board(
            office, staff, _shelter(request), chosen.id, purpose=told.purpose
        )
    except NotFound:
        return see_other("/shelters?notice=unknown")
    lodged = await office.stores.stays.inside(chosen.id, _shelter(request))
    return page(
        request,
        "shelters/board.html",
        board=found,
        events=events,
        villages=office.release.places.villages(staff.area),
        everywhere=office.release.places.villages(),
        parties=[one for one in lodged if one.guest.startswith("w-") and one.now],
        needs=list(Need),
        outs=list(OutTo),
        at_desk=staff.may(*AT_SHELTERS, area=found.line.shelter.area),
        notice=told.notice,
        done=told.done,
        visit=told.visit,
        left=await _left(office, told.done),
        found=told.found,
        masked=mask_name,
        named=told.purpose is not None,
    )


async def _left(office: Office, done: Done | None) -> str:
    """Tell the name of the shelter in which somebody was until now; empty: in none."""
    if done is None or done.came_from is None:
        return ""
    found = await office.stores.shelters.get(done.came_from)
    return found.name if found else done.came_from


def _shelter(request: web.Request) -> ShelterId:
    return ShelterId(request.match_info["shelter"])
