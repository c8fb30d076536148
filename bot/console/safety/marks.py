"""Marks by hand: short lists that two officers sign, and what was changed by hand day by day."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from aiohttp import web

from bot.console.forms import Form, done_once, fields
from bot.console.routes import Pages, Visitor
from bot.console.show import page, see_other
from bot.doors import HOUSE
from data.civic.calendar import day_in, local
from data.civic.errors import BadInput, Conflict, NotFound
from data.civic.ids import AreaCode, EventId, MarkListId, PersonId
from data.civic.people import Staff
from data.civic.safety.marks import MOST_LISTED, MarkKind
from handlers.acts import manual_changes, mark_person, whereabouts_board
from handlers.acts.mark_person import OFFICERS, Listed, ListWish
from handlers.acts.read_conversation import names_of
from handlers.office import Office

pages = Pages()


@pages.on("GET /marks", *OFFICERS)
async def lists(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """List what waits for a second officer, and offer to write a list."""
    return await _page(request, visitor, request.query.get("notice", ""))


@pages.on("POST /marks", *OFFICERS)
async def propose(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Write a list; a different officer signs it."""

    async def again(notice: str, form: Form) -> web.Response:
        return await _page(request, visitor, notice, form=form)

    return await done_once(request, visitor, _propose, back="/marks", again=again)


@pages.on("POST /marks/{list}/names", *OFFICERS)
async def names(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show whom a list names, masked and for a purpose, before it is signed."""
    office, form, id_ = request.app[HOUSE].office(), await fields(request), _list(request)
    try:
        purpose = form.get("purpose", "")
        found = await mark_person.listed(office, visitor.staff, id_, purpose=purpose)
    except BadInput:
        return await _page(request, visitor, "purpose")
    except NotFound:
        return see_other("/marks?notice=gone")
    return await _page(request, visitor, "", shown={id_: found})


async def _page(
    request: web.Request,
    visitor: Visitor,
    notice: str,
    *,
    form: Form | None = None,
    shown: Mapping[MarkListId, Sequence[Listed]] | None = None,
) -> web.Response:
    office, staff = request.app[HOUSE].office(), visitor.staff
    events = await whereabouts_board.events(office, staff)
    found = [one for event in events for one in await mark_person.proposed(office, staff, event.id)]
    return page(
        request,
        "safety/marks.html",
        events=events,
        lists=found,
        shown=shown or {},
        kinds=tuple(MarkKind),
        villages=office.release.places.villages(staff.area),
        names=await names_of(office, [one.author for one in found]),
        most=MOST_LISTED,
        form=form or {},
        notice=notice,
    )


async def _propose(office: Office, staff: Staff, form: Form) -> object:
    wish = ListWish(
        event=EventId(form.get("event", "")),
        area=AreaCode(form.get("area", "")),
        kind=MarkKind(form.get("kind", "")),
        people=tuple(PersonId(int(one)) for one in form.get("people", "").split()),
    )
    return await mark_person.propose(office, staff, wish, purpose=form.get("purpose", ""))


@pages.on("POST /marks/{list}/sign", *OFFICERS)
async def sign(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Sign a list as the second officer."""
    try:
        office = request.app[HOUSE].office()
        await mark_person.approve(office, visitor.staff, _list(request))
    except Conflict:
        return see_other("/marks?notice=own")
    return see_other("/marks?notice=signed")


@pages.on("POST /marks/{list}/discard", *OFFICERS)
async def discard(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Throw a list away."""
    try:
        office = request.app[HOUSE].office()
        await mark_person.discard(office, visitor.staff, _list(request))
    except Conflict:
        return see_other("/marks?notice=conflict")
    return see_other("/marks?notice=discarded")


@pages.on("GET /manual-changes", *manual_changes.READ)
async def changes(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show what was changed by hand on a day: today, unless another is asked for."""
    office = request.app[HOUSE].office()
    day = _day(request.query.get("day", ""), local(office.clock.now()).date())
    found = await manual_changes.of_day(office, visitor.staff, day)
    return page(
        request,
        "safety/changes.html",
        found=found,
        day=day,
        before=day - timedelta(days=1),
        after=day + timedelta(days=1),
        names=await names_of(office, [*found.by_officer, *(one.author for one in found.lists)]),
    )


def _list(request: web.Request) -> MarkListId:
    return MarkListId(request.match_info["list"])


def _day(said: str, today: date) -> date:
    try:
        return day_in(said) if said else today
    except ValueError:
        return today
