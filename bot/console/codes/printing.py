"""Printed codes: choose a village, select people, print; lost ones, new ones, withdrawn ones."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from aiohttp import web

from bot.console.forms import fields, once
from bot.console.routes import Pages, Visitor
from bot.console.sent import pairs
from bot.console.show import page, see_other
from bot.doors import HOUSE
from bot.qr import svg
from data.civic.errors import BadInput, Conflict, NotFound, Refused
from data.civic.ids import AreaCode, PersonId
from data.civic.people import Staff
from data.civic.privacy import mask_name
from data.civic.safety.codes import CodeKind, in_digits
from data.civic.safety.credentials import Credential
from handlers.acts import issue_code, revoke_code, village_codes
from handlers.acts.grid_duty import REPORT
from handlers.acts.handing_out import by_door
from handlers.acts.issue_code import Wish
from handlers.acts.issuing import Issued
from handlers.office import Office

pages = Pages()

KINDS: Mapping[str, CodeKind] = {"sheet": CodeKind.SHEET, "pendant": CodeKind.PENDANT}
Form = Mapping[str, str]
Deed = Callable[[Office, Staff, str, str], Awaitable[object]]
"""What is done with a code, for a purpose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """One code as it stands on paper."""

    credential: Credential
    name: str
    """Masked."""
    number: int
    grid: str
    door: str = field(repr=False)
    """On the list of who hands them out; never on the code."""
    digits: str
    drawing: str
    """An `<svg>` made of the code's own characters."""


@pages.on("GET /codes", *REPORT)
async def choose(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Choose a village."""
    places = request.app[HOUSE].office().release.places
    villages = places.villages(visitor.staff.area)
    notice = request.query.get("notice", "")
    return page(request, "credentials/choose.html", villages=villages, notice=notice)


@pages.on("POST /codes/people", *REPORT)
async def people(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """List who of a village has which codes; the look is noted with its purpose."""
    return await _listed(request, visitor, await fields(request))


@pages.on("POST /codes/print", *REPORT)
async def printed(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Issue what is missing, and lay all out to be printed; a second time the same."""
    form, office = await fields(request), request.app[HOUSE].office()
    try:
        wish = Wish(
            people=_people(await pairs(request)),
            kind=_kind(form),
            household=form.get("whose") == "household",
        )
        issued = await issue_code.issue_codes(
            office, visitor.staff, wish, purpose=form.get("purpose", "")
        )
    except (BadInput, NotFound):
        return await _listed(request, visitor, form, "nobody")
    except Conflict:
        return await _listed(request, visitor, form, "over")
    return await _laid_out(request, issued)


@pages.on("POST /codes/reissue", *REPORT)
async def reissue(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Void a code and print another in its place."""
    form, office = await fields(request), request.app[HOUSE].office()
    try:
        issued = await revoke_code.reissue(
            office, visitor.staff, form.get("code", ""), purpose=form.get("purpose", "")
        )
    except (BadInput, NotFound, Conflict):
        return await _listed(request, visitor, form, "undone")
    return await _laid_out(request, (issued,))


@pages.on("POST /codes/lost", *REPORT)
async def lost(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Note that a code is lost."""

    async def lose(office: Office, staff: Staff, code: str, why: str) -> object:
        return await revoke_code.report_lost(office, staff, code, purpose=why)

    return await _ended(request, visitor, lose)


@pages.on("POST /codes/revoke", *REPORT)
async def withdraw(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Withdraw a code for a reason."""

    async def end(office: Office, staff: Staff, code: str, why: str) -> object:
        return await revoke_code.withdraw(office, staff, code, purpose=why)

    return await _ended(request, visitor, end)


async def _ended(request: web.Request, visitor: Visitor, deed: Deed) -> web.StreamResponse:
    form, office = await fields(request), request.app[HOUSE].office()
    why = form.get("reason") or form.get("purpose", "")
    try:
        async with once(request, visitor, form) as first:
            if first:
                await deed(office, visitor.staff, form.get("code", ""), why)
    except (BadInput, NotFound, Conflict):
        return await _listed(request, visitor, form, "undone")
    return await _listed(request, visitor, form, "ended")


async def _listed(
    request: web.Request, visitor: Visitor, form: Form, notice: str = ""
) -> web.StreamResponse:
    """Show the list of a village; where it cannot be shown, lead back to choosing one."""
    office, village = request.app[HOUSE].office(), AreaCode(form.get("village", ""))
    purpose = form.get("purpose", "")
    try:
        found = await village_codes.carriers(office, visitor.staff, village, purpose=purpose)
    except (BadInput, Refused):
        return see_other("/codes?notice=unfit")
    return page(
        request,
        "credentials/people.html",
        village=village,
        purpose=purpose,
        carriers=found,
        notice=notice,
        digits=in_digits,
    )


async def _laid_out(request: web.Request, issued: Sequence[Issued]) -> web.Response:
    """Lay codes out by grid and door, with a list for whoever hands them out."""
    codes = [
        Printed(
            credential=one.issued.credential,
            name=mask_name(one.issued.person.name),
            number=one.number,
            grid=one.grid,
            door=one.door,
            digits=in_digits(one.issued.credential.handle),
            drawing=svg(one.issued.text),
        )
        for one in await by_door(request.app[HOUSE].office(), issued)
    ]
    return page(request, "credentials/print.html", codes=codes, kind=issued[0].credential.kind)


def _people(sent: Sequence[tuple[str, str]]) -> tuple[PersonId, ...]:
    """Read who was ticked.

    Raises:
        BadInput: one is no handle.
    """
    said = [value for name, value in sent if name == "person"]
    if not all(one.isascii() and one.isdigit() and len(one) < 14 for one in said):
        raise BadInput("choose people from the list")
    return tuple(PersonId(int(one)) for one in said)


def _kind(form: Form) -> CodeKind:
    if form.get("kind") not in KINDS:
        raise BadInput("choose a sheet or a pendant")
    return KINDS[form["kind"]]
