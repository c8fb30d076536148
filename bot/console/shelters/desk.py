"""The desk of a shelter: check in and out by code, by name or without one; and at relatives' doors.

A form's key is the scan's id: a double click is one scan. What came of it is shown at once, for
whom it names belongs in no address.
"""

from collections.abc import Mapping, Sequence

from aiohttp import web

from bot.console.forms import fields
from bot.console.routes import Pages, Visitor
from bot.console.sent import pairs
from bot.console.shelters.looking import Shown, board_page, kin_page
from bot.doors import HOUSE
from data.civic.errors import BadInput, Conflict, NotFound
from data.civic.ids import AreaCode, EventId, PersonId, ShelterId
from data.civic.safety.scans import Need, OutTo, Way
from handlers.acts import find_person
from handlers.acts.check_in import Visit, check
from handlers.acts.desk_rules import AT_DOORS, AT_SHELTERS
from handlers.acts.find_person import Asked
from handlers.acts.take_in import Done

pages = Pages()

Form = Mapping[str, str]


@pages.on("POST /shelters/{shelter}/in", *AT_SHELTERS)
async def come(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Check somebody in."""
    return await _checked(request, visitor, Way.IN)


@pages.on("POST /shelters/{shelter}/out", *AT_SHELTERS)
async def leave(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Check somebody out."""
    return await _checked(request, visitor, Way.OUT)


@pages.on("POST /shelters/{shelter}/find", *AT_SHELTERS)
async def find(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Find somebody of the own area by name or number, to check them in or out."""
    form, office = await fields(request), request.app[HOUSE].office()
    village = form.get("village", "")
    asked = Asked(
        number=form.get("number", ""),
        name=form.get("name", ""),
        village=AreaCode(village) if village else None,
    )
    purpose = form.get("purpose", "")
    try:
        found = await find_person.find(office, visitor.staff, asked, purpose=purpose)
    except BadInput:
        return await board_page(request, visitor, _event(form), Shown(notice="unfit"))
    except NotFound:
        return await board_page(request, visitor, _event(form), Shown(notice="nobody"))
    return await board_page(request, visitor, _event(form), Shown(found=found))


@pages.on("POST /kin", *AT_DOORS)
async def at_relatives(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Note that somebody is with relatives, by a code read at their door."""
    form = await fields(request)
    village = AreaCode(form.get("village", ""))
    try:
        visit = _visit(form, await pairs(request), Way.KIN, None, village)
        if _none_ticked(form, visit):
            return await kin_page(request, visitor, notice="none")
        done = await check(request.app[HOUSE].office(), visitor.staff, visit)
    except (BadInput, ValueError):
        return await kin_page(request, visitor, notice="unfit")
    except NotFound:
        return await kin_page(request, visitor, notice="nobody")
    except Conflict:
        return await kin_page(request, visitor, notice="conflict")
    return await kin_page(request, visitor, done=done, visit=visit)


async def _checked(request: web.Request, visitor: Visitor, way: Way) -> web.Response:
    form, event = await fields(request), EventId("")
    try:
        event = _event(form)
        shelter = ShelterId(request.match_info["shelter"])
        village = AreaCode(form["village"]) if form.get("village") else None
        visit = _visit(form, await pairs(request), way, shelter, village)
        if _none_ticked(form, visit):
            return await board_page(request, visitor, event, Shown(notice="none"))
        done: Done = await check(request.app[HOUSE].office(), visitor.staff, visit)
    except (BadInput, ValueError):
        return await board_page(request, visitor, event, Shown(notice="unfit"))
    except NotFound:
        return await board_page(request, visitor, event, Shown(notice="nobody"))
    except Conflict:
        return await board_page(request, visitor, event, Shown(notice="conflict"))
    return await board_page(request, visitor, event, Shown(done=done, visit=visit))


def _none_ticked(form: Form, visit: Visit) -> bool:
    """Say whether the family was shown, and nobody of it was ticked."""
    return bool(form.get("ticked")) and not visit.people


def _event(form: Form) -> EventId:
    return EventId(form.get("event", ""))


def _visit(
    form: Form,
    sent: Sequence[tuple[str, str]],
    way: Way,
    shelter: ShelterId | None,
    village: AreaCode | None,
) -> Visit:
    """Read a form.

    Raises:
        ValueError: a field holds what it cannot hold.
    """
    needs = frozenset(Need(value) for name, value in sent if name == "need")
    people = tuple(PersonId(int(value)) for name, value in sent if name == "person")
    out_to = form.get("out_to") if way is Way.OUT else None
    return Visit(
        id=form.get("key", ""),
        event=_event(form),
        shelter=shelter,
        way=way,
        code=form.get("code", "").strip(),
        people=people,
        asks=True,
        strangers=int(form.get("strangers") or 0),
        party=form.get("party", ""),
        looks=form.get("looks", ""),
        needs=needs,
        out_to=OutTo(out_to) if out_to else None,
        village=village,
    )
