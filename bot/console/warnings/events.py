"""Events: opened and closed by the chief; one holds signal, response, order, return and notice."""

from collections.abc import Sequence

from aiohttp import web

from bot.console.forms import Form, fields, once
from bot.console.routes import Pages, Visitor
from bot.console.show import page, see_other
from bot.console.warnings.forms import areas_sent
from bot.doors import HOUSE
from data.civic.errors import BadInput, Conflict
from data.civic.ids import AreaCode, EventId, ReturnId, SignalId, StaffId
from data.civic.people import Role
from handlers.acts import check_houses, decide, open_event, read_events
from handlers.acts.check_houses import CHECK
from handlers.acts.read_conversation import names_of
from handlers.acts.read_events import READ, Story

pages = Pages()


@pages.on("GET /events", *READ)
async def events(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """List events, and what waits for a signature."""
    return await _events(request, visitor, areas=(visitor.staff.area,))


@pages.on("POST /events", Role.CHIEF)
async def open_one(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Open an event, in earnest or as a drill; what is refused is shown again as written."""
    office, form, areas = (
        request.app[HOUSE].office(),
        await fields(request),
        await areas_sent(request),
    )
    try:
        async with once(request, visitor, form) as first:
            if not first:
                return see_other("/events")
            event = await open_event.open_event(
                office,
                visitor.staff,
                name=form.get("name", ""),
                areas=areas,
                drill="drill" in form,
            )
    except BadInput:
        return await _events(request, visitor, areas=areas, form=form, notice="unfit")
    return see_other(f"/events/{event.id}?notice=opened")


@pages.on("GET /events/{event}", *READ)
async def event(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show an event with everything in it."""
    office, staff = request.app[HOUSE].office(), visitor.staff
    found = await read_events.story(office, staff, _named(request))
    return page(
        request,
        "warnings/event.html",
        story=found,
        names=await names_of(office, _people(found)),
        may_close=staff.may(Role.CHIEF),
        may_write=staff.may(*decide.WRITE) and found.event.open,
        may_check=staff.may(*CHECK),
        notice=request.query.get("notice", ""),
    )


@pages.on("POST /events/{event}/close", Role.CHIEF)
async def close(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Close an event in which nothing is in force any more."""
    office, id_ = request.app[HOUSE].office(), _named(request)
    try:
        await open_event.close_event(office, visitor.staff, id_)
    except Conflict:
        return _back(id_, "unfinished")
    return _back(id_, "closed")


@pages.on("POST /events/{event}/signals", *READ)
async def add_signal(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Note that a signal belongs to an event."""
    form, id_ = await fields(request), _named(request)
    signal = SignalId(form.get("signal", ""))
    try:
        await open_event.add_signal(request.app[HOUSE].office(), visitor.staff, id_, signal)
    except (BadInput, Conflict):
        return _back(id_, "late")
    return _back(id_, "noted")


@pages.on("POST /events/{event}/check", *CHECK)
async def check(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Note that houses and the area around them were found safe."""
    form, id_ = await fields(request), _named(request)
    office, return_ = request.app[HOUSE].office(), ReturnId(form.get("return", ""))
    remark = form.get("remark", "")[:200]
    try:
        await check_houses.check_houses(office, visitor.staff, return_, remark=remark)
    except Conflict:
        return _back(id_, "late")
    return _back(id_, "checked")


async def _events(
    request: web.Request,
    visitor: Visitor,
    *,
    areas: Sequence[AreaCode],
    form: Form | None = None,
    notice: str = "",
) -> web.Response:
    office, staff = request.app[HOUSE].office(), visitor.staff
    waiting = [
        *await decide.unsigned(office, staff),
        *await decide.unsigned(office, staff, drill=True),
    ]
    return page(
        request,
        "warnings/events.html",
        events=await read_events.events(office, staff),
        waiting=waiting,
        names=await names_of(office, [one.author.by for one in waiting]),
        towns=office.release.places.towns(),
        may_open_one=staff.may(Role.CHIEF),
        chosen=areas,
        form=form or {},
        notice=notice,
    )


def _named(request: web.Request) -> EventId:
    return EventId(request.match_info["event"])


def _back(id_: EventId, notice: str) -> web.Response:
    return see_other(f"/events/{id_}?notice={notice}")


def _people(found: Story) -> list[StaffId | None]:
    signed = [
        one.by
        for decision in found.decisions
        for one in (decision.author, decision.approver, decision.override)
        if one
    ]
    checked = [one.check.by for one in found.returns if one.check]
    return [found.event.opened_by, found.event.closed_by, *signed, *checked]
