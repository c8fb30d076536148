"""Who may open a page: finds the visitor, asks for the role, refuses what others sent."""

from contextlib import suppress
from http import HTTPStatus
from urllib.parse import quote

from aiohttp import web

from bot.console import login
from bot.console.cookie import token_in
from bot.console.origin import SAFE, must_be_ours, must_carry
from bot.console.routes import PREFIX, Door, Page, Visitor
from bot.console.sent import pairs
from bot.console.show import TYPED, VISITOR, words_in
from bot.doors import HOUSE
from bot.errors import Handler
from data.civic.errors import BadInput, NotSignedIn, TooLarge
from data.civic.people import Staff
from handlers.acts import second_factor
from handlers.acts.sign_in import staff_of

LOGOUT = f"{PREFIX}/logout"


def guarded(page: Page | Door) -> Handler:
    """Put the guard before a page."""

    async def open_door(request: web.Request) -> web.StreamResponse:
        must_be_ours(request)
        if isinstance(page, Door):
            return await page.handler(request)
        try:
            visitor = request[VISITOR] = await _visitor(request)
        except NotSignedIn:
            return await _turned_away(request)
        await must_carry(request, visitor.session.csrf)
        if (due := _owed(request, visitor.staff)) and not page.path.startswith((due, LOGOUT)):
            return _led_to(request, due)
        visitor.staff.must(*page.roles)
        return await page.handler(request, visitor)

    return open_door


async def _visitor(request: web.Request) -> Visitor:
    """Find who sits before the browser.

    Raises:
        NotSignedIn: nobody has signed in, or the session has ended.
    """
    token = token_in(request)
    if token is None:
        raise NotSignedIn("no session: sign in")
    polled = "HX-Request" in request.headers
    staff, session = await staff_of(request.app[HOUSE].office(), token, polled=polled)
    return Visitor(staff=staff, session=session)


def _owed(request: web.Request, staff: Staff) -> str | None:
    """Tell the page that must be seen to before any other; None: nothing is owed."""
    if staff.must_change:
        return f"{PREFIX}/account/password"
    if request.app[HOUSE].settings.totp_required and second_factor.lacking(staff):
        return f"{PREFIX}/account/second"
    return None


def _led_to(request: web.Request, place: str) -> web.Response:
    """Lead to the page that is owed; a form that was sent is not carried out."""
    if "HX-Request" in request.headers:
        return web.Response(status=HTTPStatus.NO_CONTENT, headers={"HX-Redirect": place})
    return web.Response(status=HTTPStatus.SEE_OTHER, headers={"Location": place})


async def _turned_away(request: web.Request) -> web.StreamResponse:
    """Show the way to the login page; what a form sent was not done, and that is said.

    What was typed is kept with the request for the page that says so: a browser has nothing to go
    back to, since no page of staff may be stored.

    Raises:
        NotSignedIn: a form was sent.
    """
    if request.method not in SAFE:
        with suppress(BadInput, TooLarge):
            request[TYPED] = words_in(await pairs(request))
        raise NotSignedIn("the session has ended: nothing was done")
    place = f"{PREFIX}/login?next={quote(request.path_qs, safe='/')}"
    if "HX-Request" in request.headers:
        return web.Response(status=HTTPStatus.NO_CONTENT, headers={"HX-Redirect": place})
    if request.path == f"{PREFIX}/":
        return await login.show(request)
    return web.Response(status=HTTPStatus.SEE_OTHER, headers={"Location": place})
