"""Who has left: moved and listed, village by village; names for a purpose, and what was seen."""

from collections.abc import Mapping

from aiohttp import web

from bot.console.choosing import event_of
from bot.console.forms import fields, once
from bot.console.routes import Pages, Visitor
from bot.console.show import page, see_other
from bot.doors import HOUSE
from data.civic.errors import BadInput, Conflict, NotFound, Refused
from data.civic.ids import AreaCode, EventId, GridId, PersonId
from data.civic.people import Role
from data.civic.safety.marks import MarkKind
from data.civic.safety.whereabouts import Stage
from handlers.acts import mark_person, move_person, whereabouts_board
from handlers.acts.grid_duty import EVERYBODY, REPORT, own_grids
from handlers.acts.move_person import Report
from handlers.acts.uninformed import COUNTS

STAGES = (
    Stage.AGREED,
    Stage.REFUSED,
    Stage.UNREACHABLE,
    Stage.MOVING,
    Stage.RELATIVES,
    Stage.HOSPITAL,
    Stage.RETURNED,
)
"""What staff record at a door or on the telephone; the desk of a shelter scans."""
pages = Pages()


@pages.on("GET /whereabouts", *COUNTS)
async def board(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Count who has left, in the order of the villages' codes."""
    office, staff, query = request.app[HOUSE].office(), visitor.staff, request.query
    events = await whereabouts_board.events(office, staff)
    event = event_of(events, query.get("event", ""))
    area = AreaCode(query.get("area") or staff.area)
    lines = await whereabouts_board.board(office, staff, event.id, area=area) if event else []
    everybodys = staff.may(*EVERYBODY)
    return page(
        request,
        "safety/whereabouts.html",
        events=events,
        event=event,
        area=area,
        lines=lines,
        may_name=staff.may(*REPORT),
        grids=[] if everybodys else await own_grids(office, staff, staff.area),
        everybodys=everybodys,
        notice=query.get("notice", ""),
    )


@pages.on("POST /whereabouts/{event}/names", *REPORT)
async def names(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Name who has not left, and who left without an order; the look is noted."""
    return await _named(request, visitor, await fields(request), "")


@pages.on("POST /whereabouts/{event}/move", *REPORT)
async def move(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Record where somebody is, and show the list again."""
    form = await fields(request)
    try:
        async with once(request, visitor, form) as first:
            if first:
                await _move(request, visitor, form)
    except (BadInput, ValueError):
        return await _named(request, visitor, form, "unfit")
    except Refused:
        return await _named(request, visitor, form, "refused")
    except (Conflict, NotFound):
        return await _named(request, visitor, form, "late")
    return await _named(request, visitor, form, "moved")


@pages.on("POST /whereabouts/{event}/mark", Role.GRID)
async def mark(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Mark somebody of the own grid who needs more help."""
    office, form = request.app[HOUSE].office(), await fields(request)
    try:
        await mark_person.mark(
            office,
            visitor.staff,
            PersonId(int(form.get("person", ""))),
            event=_event(request),
            kind=MarkKind(form.get("kind", "")),
            purpose=form.get("purpose", ""),
        )
    except (BadInput, ValueError):
        return await _named(request, visitor, form, "unfit")
    except Refused:
        return await _named(request, visitor, form, "refused")
    except (Conflict, NotFound):
        return await _named(request, visitor, form, "late")
    return await _named(request, visitor, form, "marked")


async def _move(request: web.Request, visitor: Visitor, form: Mapping[str, str]) -> None:
    stage, village = Stage(form.get("stage", "")), form.get("stays", "")
    if stage not in STAGES:
        raise BadInput("choose what you have seen or been told")
    said = Report(
        event=_event(request),
        person=PersonId(int(form.get("person", ""))),
        stage=stage,
        village=AreaCode(village) if village and stage is Stage.RELATIVES else None,
        helper=form.get("helper", ""),
    )
    office, purpose = request.app[HOUSE].office(), form.get("purpose", "")
    await move_person.by_staff(office, visitor.staff, said, purpose=purpose)


async def _named(
    request: web.Request, visitor: Visitor, form: Mapping[str, str], notice: str
) -> web.Response:
    office, event, grid = request.app[HOUSE].office(), _event(request), form.get("grid", "")
    village, purpose = AreaCode(form.get("village", "")), form.get("purpose", "")
    if own := form.get("own", ""):  # one of the own grids: its village and its id
        village, grid = AreaCode(own.partition("/")[0]), own.partition("/")[2]
    try:
        found = await whereabouts_board.names(
            office,
            visitor.staff,
            event,
            village=village,
            grid=GridId(grid) if grid else None,
            purpose=purpose,
        )
    except BadInput:
        return see_other(f"/whereabouts?event={event}&area={visitor.staff.area}&notice=purpose")
    places = office.release.places
    return page(
        request,
        "safety/names.html",
        found=found,
        event=event,
        village=village,
        grid=grid,
        purpose=purpose,
        stages=STAGES,
        kinds=tuple(MarkKind),
        villages=places.villages(places.county),
        may_mark=visitor.staff.may(Role.GRID),
        notice=notice,
    )


def _event(request: web.Request) -> EventId:
    return EventId(request.match_info["event"])
