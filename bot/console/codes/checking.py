"""Check codes: a page that goes on working without a network, and what it asks while there is one.

The page itself names nobody and may lie in the telephone's cache; what it needs offline it fetches
as JSON: public keys, revoked handles, and, for a purpose, masked names of some villages.
"""

from collections.abc import Mapping
from http import HTTPStatus

from aiohttp import web

from bot.codewire import checked_out, kit_out, known_out
from bot.console.forms import fields
from bot.console.routes import Pages, Visitor
from bot.console.sent import pairs
from bot.console.show import HERE, VISITOR, machine_read, page
from bot.doors import HOUSE
from bot.headers import PAGE
from data.civic.errors import BadInput, NotFound
from data.civic.ids import AreaCode
from handlers.acts import check_code, village_codes
from handlers.acts.check_code import Checked
from handlers.acts.desk_rules import AT_SHELTERS
from handlers.acts.find_person import LOOK

LONGEST = 200
CAMERA: Mapping[str, str] = {
    **PAGE,
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=()",
}
"""This page alone may ask for the camera."""

pages = Pages()


@pages.on("GET /codes/check", *LOOK)
async def show(request: web.Request, _: Visitor) -> web.StreamResponse:
    """Show the page that checks codes."""
    return _page(request)


@pages.on("POST /codes/check", *LOOK)
async def check(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Check a code and show what came of it, for browsers without scripts."""
    try:
        return _page(request, await _checked(request, visitor))
    except BadInput:
        return _page(request, wrong="mistyped")
    except NotFound:
        return _page(request, wrong="unknown")


@pages.on("POST /codes/check.json", *LOOK)
async def check_as_json(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Check a code for the page, which has verified it by itself before."""
    try:
        found = await _checked(request, visitor)
    except (BadInput, NotFound) as error:
        what = "mistyped" if isinstance(error, BadInput) else "unknown"
        return machine_read({"wrong": what}, status=HTTPStatus.BAD_REQUEST)
    return machine_read(checked_out(found).model_dump(mode="json"))


@pages.on("GET /codes/kit.json", *LOOK)
async def kit(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Give keys, revoked handles and the time, and the word that forms of this session carry."""
    found = await village_codes.kit(request.app[HOUSE].office(), visitor.staff)
    return machine_read(
        {
            **kit_out(found).model_dump(mode="json"),
            "csrf": visitor.session.csrf,
            "area": visitor.staff.area,
        }
    )


@pages.on("POST /codes/people.json", *LOOK)
async def people(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Give the masked names of some villages, for a purpose, to compare without a network."""
    office, form = request.app[HOUSE].office(), await fields(request)
    villages = [AreaCode(one) for name, one in await pairs(request) if name == "village"]
    try:
        found = await village_codes.device_list(
            office, visitor.staff, villages, purpose=form.get("purpose", "")
        )
    except BadInput:
        return machine_read({"wrong": "purpose"}, status=HTTPStatus.BAD_REQUEST)
    return machine_read({"people": [known_out(one).model_dump(mode="json") for one in found]})


@pages.on("GET /codes/worker.js", *LOOK)
async def worker(_: web.Request, __: Visitor) -> web.StreamResponse:
    """Give the worker that keeps the page: only from here may it answer for this page."""
    return web.FileResponse(HERE / "static" / "codes" / "worker.js")


async def _checked(request: web.Request, visitor: Visitor) -> Checked:
    office, form = request.app[HOUSE].office(), await fields(request)
    said = form.get("code", "")[:LONGEST]
    return await check_code.check_code(office, visitor.staff, said)


def _page(request: web.Request, found: Checked | None = None, wrong: str = "") -> web.Response:
    places, visitor = request.app[HOUSE].office().release.places, request.get(VISITOR)
    response = page(
        request,
        "credentials/check.html",
        found=found,
        wrong=wrong,
        villages=places.villages(places.county),
        at_shelters=bool(visitor and visitor.staff.may(*AT_SHELTERS)),
    )
    response.headers.update(CAMERA)
    return response
