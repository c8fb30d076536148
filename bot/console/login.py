"""Sign in and out. No account has a default password; who guesses is slowed."""

import asyncio
from datetime import timedelta
from http import HTTPStatus

from aiohttp import web

from bot.console import cookie
from bot.console.forms import fields
from bot.console.routes import PREFIX, Pages, Visitor
from bot.console.show import page, see_other
from bot.doors import HOUSE
from data.civic.errors import Conflict, NotSignedIn, TooMany
from handlers.acts.sign_in import sign_in, sign_out
from handlers.office import Office

WRONG_FROM_ONE_PLACE, WINDOW = 30, timedelta(minutes=15)
"""Wrong passwords that one address may send; a whole office may sit behind one address."""
LONGEST = 256

TURN = web.AppKey("login-turn", asyncio.Lock)
"""Logins are tried one after the other, so that a burst of guesses is counted rightly."""

pages = Pages()


@pages.open("GET /login")
async def show(request: web.Request) -> web.StreamResponse:
    """Show the login page."""
    return _form(request, "")


@pages.open("POST /login")
async def enter(request: web.Request) -> web.StreamResponse:
    """Sign in; say what is wrong on the same page."""
    form, office = await fields(request), request.app[HOUSE].office()
    name, password = (form.get(key, "")[:LONGEST] for key in ("login", "password"))
    try:
        async with request.app[TURN]:
            token = await _try(request, office, name.strip().lower(), password)
    except TooMany as error:
        minutes = -(-error.retry_after_s // 60)
        return _form(request, "locked", minutes=minutes, status=HTTPStatus.TOO_MANY_REQUESTS)
    except NotSignedIn:
        return _form(request, "wrong", status=HTTPStatus.UNAUTHORIZED)
    except Conflict:
        return _form(request, "again", status=HTTPStatus.CONFLICT)
    response = see_other(_next(request).removeprefix(PREFIX))
    cookie.keep(request, response, token)
    return response


@pages.on("POST /logout")
async def leave(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Sign out."""
    await sign_out(request.app[HOUSE].office(), visitor.session)
    response = see_other("/login")
    cookie.forget(request, response)
    return response


async def _try(request: web.Request, office: Office, name: str, password: str) -> str:
    address = office.seal.keyed_hash("login-address", request.remote or "")
    key = f"login/{address}"
    if await office.stores.counters.count(key, window=WINDOW) >= WRONG_FROM_ONE_PLACE:
        raise TooMany("wrong passwords from here", retry_after_s=int(WINDOW.total_seconds()))
    try:
        token, _ = await sign_in(office, name, password)
    except NotSignedIn:
        await office.stores.counters.hit(key, window=WINDOW)
        raise
    return token


def _form(
    request: web.Request, problem: str, *, minutes: int = 0, status: int = HTTPStatus.OK
) -> web.Response:
    values = {"problem": problem, "minutes": minutes, "next": _next(request)}
    return page(request, "login.html", status=status, **values)


def _next(request: web.Request) -> str:
    """Tell where to go afterwards: a page of ours, else the first one."""
    wanted = request.query.get("next", "")
    fits = wanted.startswith(f"{PREFIX}/") and wanted.isascii() and wanted.isprintable()
    return wanted if fits and not wanted.endswith("/login") else f"{PREFIX}/"
