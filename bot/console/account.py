"""The own account: password, and where one is signed in."""

from aiohttp import web

from bot.console import cookie
from bot.console.forms import fields
from bot.console.renewal import renew
from bot.console.routes import Pages, Visitor
from bot.console.show import page, see_other
from bot.doors import HOUSE
from data.civic.errors import BadInput, Conflict, TooMany
from handlers.acts import second_factor, sessions
from handlers.acts.own_account import change_password
from handlers.acts.staff_accounts import FEWEST, SHORTEST, UnfitPassword

LONGEST = 256

pages = Pages()


@pages.on("GET /account")
async def account(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show who one is here, and where one is signed in."""
    house = request.app[HOUSE]
    required = house.settings.totp_required and visitor.staff.roles & second_factor.MUST_HAVE
    return page(
        request,
        "account.html",
        sessions=await sessions.mine(house.office(), visitor.staff),
        required=bool(required),
        notice=request.query.get("notice", ""),
    )


@pages.on("GET /account/password")
async def password(request: web.Request, _: Visitor) -> web.StreamResponse:
    """Ask for another password."""
    return _password_page(request)


@pages.on("POST /account/password")
async def take_password(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Take another password; all sessions but this one end, and this one goes on renewed."""
    office, form = request.app[HOUSE].office(), await fields(request)
    present, new, again = (form.get(name, "")[:LONGEST] for name in ("present", "new", "again"))
    if new != again:
        return _password_page(request, "differ")
    try:
        await change_password(office, visitor.staff, present, new)
    except UnfitPassword:
        return _password_page(request, "unfit")
    except BadInput:
        return _password_page(request, "wrong")
    except TooMany:
        return _password_page(request, "locked")
    except Conflict:
        return _password_page(request, "late")
    token = await renew(request, visitor)
    response = see_other("/account?notice=password")
    cookie.keep(request, response, token)
    return response


@pages.on("POST /account/sessions/end")
async def end_session(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """End one of the own sessions."""
    form = await fields(request)
    office = request.app[HOUSE].office()
    await sessions.end_one(office, visitor.staff, form.get("session", ""))
    return see_other("/account?notice=ended")


@pages.on("POST /account/sessions/end-all")
async def end_sessions(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """End all of the own sessions, this one too."""
    await sessions.end_all(request.app[HOUSE].office(), visitor.staff)
    response = see_other("/login")
    cookie.forget(request, response)
    return response


def _password_page(request: web.Request, problem: str = "") -> web.Response:
    return page(request, "password.html", problem=problem, shortest=SHORTEST, fewest=FEWEST)
