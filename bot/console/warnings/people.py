"""People of the roster: who is entered for them, and their word on it, given before staff."""

from collections.abc import Mapping

from aiohttp import web

from bot.console.forms import fields, once
from bot.console.routes import Pages, Visitor
from bot.console.show import page, see_other
from bot.doors import HOUSE
from data.civic.errors import BadInput, Conflict, NotFound
from data.civic.ids import AreaCode, PersonId
from handlers.acts import find_person, proxies_at_door
from handlers.acts.find_person import Asked
from handlers.acts.grid_duty import REPORT

pages = Pages()

PATH = "/people"


@pages.on("GET /people", *REPORT)
async def search(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Ask whom to find, and for what purpose."""
    return _search(request, visitor, notice=request.query.get("notice", ""))


@pages.on("POST /people", *REPORT)
async def found(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """List who was found; a form, for who it is and why belongs in no address."""
    office, form = request.app[HOUSE].office(), await fields(request)
    village = form.get("village", "")
    asked = Asked(
        number=form.get("number", ""),
        name=form.get("name", ""),
        village=AreaCode(village) if village else None,
    )
    purpose = form.get("purpose", "")
    try:
        people = await find_person.find(office, visitor.staff, asked, purpose=purpose)
    except BadInput:
        return see_other(f"{PATH}?notice=unfit")
    except NotFound:
        return see_other(f"{PATH}?notice=nobody")
    return _search(request, visitor, people=people, purpose=purpose)


@pages.on("POST /people/registrations", *REPORT)
async def registrations(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show who is entered for a person."""
    return await _entered(request, visitor, await fields(request), notice="")


@pages.on("POST /people/registrations/word", *REPORT)
async def take_word(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Record the person's yes or no, or end what is not the person's own."""
    form = await fields(request)
    try:
        async with once(request, visitor, form) as first:
            if first:
                await _record(request, visitor, form)
    except NotFound:
        return await _entered(request, visitor, form, notice="unknown")
    except Conflict:
        return await _entered(request, visitor, form, notice="late")
    return await _entered(request, visitor, form, notice="done")


async def _record(request: web.Request, visitor: Visitor, form: Mapping[str, str]) -> None:
    office, staff = request.app[HOUSE].office(), visitor.staff
    which, person, purpose = form.get("registration", ""), _person(form), form.get("purpose", "")
    match form.get("word"):
        case "yes":
            guardian = "guardian" in form
            await proxies_at_door.record_yes(
                office, staff, which, person=person, guardian=guardian, purpose=purpose
            )
        case "no":
            await proxies_at_door.record_no(office, staff, which, person=person, purpose=purpose)
        case "end":
            await proxies_at_door.end_own(office, staff, which, person=person, purpose=purpose)
        case _:
            raise BadInput("word: yes, no or end")


async def _entered(
    request: web.Request, visitor: Visitor, form: Mapping[str, str], *, notice: str
) -> web.Response:
    office, purpose = request.app[HOUSE].office(), form.get("purpose", "")
    try:
        shown = await proxies_at_door.entered(office, visitor.staff, _person(form), purpose=purpose)
    except BadInput:
        return see_other(f"{PATH}?notice=unfit")
    return page(
        request, "warnings/registrations.html", entered=shown, purpose=purpose, notice=notice
    )


def _person(form: Mapping[str, str]) -> PersonId:
    try:
        return PersonId(int(form.get("person", "")))
    except ValueError as error:
        raise BadInput("person: a number, as the list of people has it") from error


def _search(
    request: web.Request,
    visitor: Visitor,
    *,
    people: tuple[find_person.Found, ...] | None = None,
    purpose: str = "",
    notice: str = "",
) -> web.Response:
    places = request.app[HOUSE].office().release.places
    return page(
        request,
        "warnings/find.html",
        people=people,
        purpose=purpose,
        notice=notice,
        villages=places.villages(visitor.staff.area),
    )
