"""Open and close the accounts of staff, and give them a new way in."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.console.forms import fields, once
from bot.console.routes import Pages, Visitor
from bot.console.show import page, see_other
from bot.doors import HOUSE
from data.civic.errors import Conflict
from data.civic.people import Staff
from handlers.acts import manage_staff
from handlers.acts.manage_staff import MANAGE
from handlers.office import Office

pages = Pages()

Step = Callable[[Office, Staff, str], Awaitable[object]]


@pages.on("POST /staff/{login}/password", *MANAGE)
async def password(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Give a new first password; show it, once."""
    office, login, form = request.app[HOUSE].office(), _login(request), await fields(request)
    try:
        async with once(request, visitor, form) as first:
            if not first:
                return see_other(f"/staff/{login}?notice=sent")
            person, made = await manage_staff.reset_password(office, visitor.staff, login)
    except Conflict:
        return see_other(f"/staff/{login}?notice=late")
    return page(request, "first_password.html", person=person, password=made, why="reset")


@pages.on("POST /staff/{login}/second", *MANAGE)
async def second(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Take the second factor away."""
    return await _done(request, visitor, manage_staff.reset_second, "second")


@pages.on("POST /staff/{login}/sessions", *MANAGE)
async def sessions(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """End all sessions."""
    return await _done(request, visitor, manage_staff.end_sessions, "ended")


@pages.on("POST /staff/{login}/close", *MANAGE)
async def close(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Close the account."""
    return await _done(request, visitor, manage_staff.close, "closed")


@pages.on("POST /staff/{login}/reopen", *MANAGE)
async def reopen(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Open the account again."""
    return await _done(request, visitor, manage_staff.reopen, "reopened")


async def _done(
    request: web.Request, visitor: Visitor, step: Step, notice: str
) -> web.StreamResponse:
    login = _login(request)
    try:
        await step(request.app[HOUSE].office(), visitor.staff, login)
    except Conflict:
        notice = "late"
    return see_other(f"/staff/{login}?notice={notice}")


def _login(request: web.Request) -> str:
    return request.match_info["login"]
