"""The own second factor: add an app by its QR code, recovery codes, change and drop it."""

from io import BytesIO

import segno
from aiohttp import web

from bot.console import cookie
from bot.console.forms import fields
from bot.console.renewal import renew
from bot.console.routes import Pages, Visitor
from bot.console.show import page, see_other
from bot.doors import HOUSE
from data.civic.errors import BadInput, Conflict, NotFound, TooMany
from handlers.acts import second_factor
from handlers.acts.one_time_codes import address

LONGEST = 256
GROUP = 4
MODULE = 4
"""Pixels of one square of the QR code."""

pages = Pages()


@pages.on("GET /account/second")
async def second(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show whether there is one, or the app that is being added."""
    return _second_page(request, visitor)


@pages.on("GET /account/second/qr.svg")
async def picture(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Draw the QR code of the app that is being added; it is never shown again."""
    office = request.app[HOUSE].office()
    if visitor.staff.enrolling is None:
        raise NotFound("no app is being added")
    secret, places = second_factor.enrolling_secret(office, visitor.staff), office.release.places
    said = address(secret, login=visitor.staff.login, house=f"bianmin {places.county}")
    drawn = BytesIO()
    segno.make(said, error="m").save(drawn, kind="svg", scale=MODULE, border=4)
    headers = {"Cache-Control": "no-store"}
    return web.Response(body=drawn.getvalue(), content_type="image/svg+xml", headers=headers)


@pages.on("POST /account/second/begin")
async def begin(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Begin to add an app, of one who knows the password."""
    office, form = request.app[HOUSE].office(), await fields(request)
    try:
        await second_factor.begin(office, visitor.staff, form.get("password", "")[:LONGEST])
    except (BadInput, TooMany, Conflict) as error:
        return _second_page(request, visitor, _problem(error))
    return see_other("/account/second")


@pages.on("POST /account/second/confirm")
async def confirm(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Take the app's first code; show the recovery codes, once."""
    office, form = request.app[HOUSE].office(), await fields(request)
    try:
        codes = await second_factor.confirm(office, visitor.staff, form.get("code", "")[:LONGEST])
    except BadInput:
        return _second_page(request, visitor, "code")
    except Conflict:
        return see_other("/account/second")
    token = await renew(request, visitor)
    return _codes_page(request, codes, token)


@pages.on("POST /account/second/recovery")
async def recovery(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show new recovery codes, once."""
    office, form = request.app[HOUSE].office(), await fields(request)
    try:
        codes = await second_factor.renew_recovery(
            office, visitor.staff, form.get("password", "")[:LONGEST]
        )
    except (BadInput, TooMany, Conflict) as error:
        return _second_page(request, visitor, _problem(error))
    return _codes_page(request, codes)


@pages.on("POST /account/second/drop")
async def drop(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Go without from now on."""
    house, form = request.app[HOUSE], await fields(request)
    required = house.settings.totp_required
    try:
        await second_factor.drop(
            house.office(), visitor.staff, form.get("password", "")[:LONGEST], required=required
        )
    except (BadInput, TooMany, Conflict) as error:
        return _second_page(request, visitor, _problem(error))
    token = await renew(request, visitor)
    response = see_other("/account?notice=dropped")
    cookie.keep(request, response, token)
    return response


def _second_page(request: web.Request, visitor: Visitor, problem: str = "") -> web.Response:
    house, staff = request.app[HOUSE], visitor.staff
    secret = second_factor.enrolling_secret(house.office(), staff) if staff.enrolling else ""
    grouped = " ".join(secret[at : at + GROUP] for at in range(0, len(secret), GROUP))
    needed = house.settings.totp_required and bool(staff.roles & second_factor.MUST_HAVE)
    return page(request, "second.html", problem=problem, secret=grouped, required=needed)


def _codes_page(request: web.Request, codes: tuple[str, ...], token: str = "") -> web.Response:
    response = page(request, "codes.html", codes=codes)
    if token:
        cookie.keep(request, response, token)
    return response


def _problem(error: BadInput | TooMany | Conflict) -> str:
    match error:
        case TooMany():
            return "locked"
        case Conflict():
            return "late"
        case _:
            return "password"
