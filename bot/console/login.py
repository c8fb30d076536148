"""Sign in and out: password, then code. No account has a default password; guessing is slowed."""

from datetime import timedelta
from http import HTTPStatus
from urllib.parse import quote

from aiohttp import web

from bot.console import cookie
from bot.console.forms import fields
from bot.console.routes import PREFIX, Pages, Visitor
from bot.console.show import page, see_other
from bot.console.whence import address_of, counted_as, seat_of
from bot.doors import HOUSE
from data.civic.errors import BadInput, Conflict, NotSignedIn, TooMany
from handlers.acts.sign_in import enter_code, half_session, sign_in, sign_out
from handlers.office import Office

WRONG_FROM_ONE_PLACE, WINDOW = 30, timedelta(minutes=15)
"""Wrong passwords that one address may send; a whole office may sit behind one address."""
LONGEST = 256


pages = Pages()


@pages.open("GET /login")
async def show(request: web.Request) -> web.StreamResponse:
    """Show the login page."""
    return _form(request, "login.html", "")


@pages.open("POST /login")
async def enter(request: web.Request) -> web.StreamResponse:
    """Take the password; say what is wrong on the same page."""
    form, office = await fields(request), request.app[HOUSE].office()
    name, password = (form.get(key, "")[:LONGEST] for key in ("login", "password"))
    try:
        await _count(request, office)
        token, session = await sign_in(office, name.strip().lower(), password, seat_of(request))
    except TooMany as error:
        return _locked(request, "login.html", error)
    except NotSignedIn:
        return _form(request, "login.html", "wrong", status=HTTPStatus.UNAUTHORIZED)
    except Conflict:
        return _form(request, "login.html", "again", status=HTTPStatus.CONFLICT)
    await _take_back(request, office)
    if session.half:
        return _kept(request, token, f"/login/code?next={quote(_next(request), safe='/')}")
    return _kept(request, token, _next(request).removeprefix(PREFIX))


@pages.open("GET /login/code")
async def ask(request: web.Request) -> web.StreamResponse:
    """Ask for the code, of one who has given the password."""
    try:
        await half_session(request.app[HOUSE].office(), cookie.token_in(request) or "")
    except NotSignedIn:
        return see_other("/login")
    return _form(request, "code.html", "")


@pages.open("POST /login/code")
async def enter_second(request: web.Request) -> web.StreamResponse:
    """Take the code; say what is wrong on the same page."""
    form, office = await fields(request), request.app[HOUSE].office()
    given = cookie.token_in(request) or ""
    try:
        token, _ = await enter_code(office, given, form.get("code", "")[:LONGEST])
    except TooMany as error:
        return _locked(request, "code.html", error)
    except NotSignedIn:
        return _form(request, "login.html", "late", status=HTTPStatus.UNAUTHORIZED)
    except BadInput:
        return _form(request, "code.html", "wrong", status=HTTPStatus.UNAUTHORIZED)
    except Conflict:
        return _form(request, "code.html", "again", status=HTTPStatus.CONFLICT)
    return _kept(request, token, _next(request).removeprefix(PREFIX))


@pages.on("POST /logout")
async def leave(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Sign out."""
    await sign_out(request.app[HOUSE].office(), visitor.session)
    response = see_other("/login")
    cookie.forget(request, response)
    return response


async def _count(request: web.Request, office: Office) -> None:
    """Count a try from this address before anything is compared.

    Raises:
        TooMany: too many wrong passwords came from here.
    """
    if await office.stores.counters.hit(_place(request, office), window=WINDOW) > (
        WRONG_FROM_ONE_PLACE
    ):
        raise TooMany("wrong passwords from here", retry_after_s=int(WINDOW.total_seconds()))


async def _take_back(request: web.Request, office: Office) -> None:
    """Count a right password for nothing: a whole office signs in at half past eight."""
    await office.stores.counters.take_back(_place(request, office), window=WINDOW)


def _place(request: web.Request, office: Office) -> str:
    address = counted_as(address_of(request))
    return f"login/{office.seal.keyed_hash('login-address', address)}"


def _kept(request: web.Request, token: str, path: str) -> web.Response:
    response = see_other(path)
    cookie.keep(request, response, token)
    return response


def _locked(request: web.Request, template: str, error: TooMany) -> web.Response:
    minutes = -(-error.retry_after_s // 60)
    status = HTTPStatus.TOO_MANY_REQUESTS
    return _form(request, template, "locked", minutes=minutes, status=status)


def _form(
    request: web.Request,
    template: str,
    problem: str,
    *,
    minutes: int = 0,
    status: int = HTTPStatus.OK,
) -> web.Response:
    values = {"problem": problem, "minutes": minutes, "next": _next(request)}
    return page(request, template, status=status, **values)


def _next(request: web.Request) -> str:
    """Tell where to go afterwards: a page of ours, else the first one."""
    wanted = request.query.get("next", "")
    fits = wanted.startswith(f"{PREFIX}/") and wanted.isascii() and wanted.isprintable()
    return wanted if fits and not wanted.startswith(f"{PREFIX}/login") else f"{PREFIX}/"
