"""Accounts of staff, for administrators: the list, a new one, one to be changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from bot.console.forms import fields, once
from bot.console.routes import Pages, Visitor
from bot.console.show import page, see_other
from bot.doors import HOUSE
from data.civic.errors import BadInput, Conflict
from data.civic.ids import AreaCode
from data.civic.people import Role, Staff
from handlers.acts import manage_staff
from handlers.acts.manage_staff import MANAGE, NAME_CHARS, Change
from handlers.acts.staff_accounts import LOGIN
from handlers.office import Office

SHOWN = 200

pages = Pages()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What an account can be given: all roles, the areas within the own one."""

    areas: tuple[AreaCode, ...]
    roles: tuple[Role, ...] = tuple(Role)
    most: int = NAME_CHARS


@pages.on("GET /staff", *MANAGE)
async def staff(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """List the accounts, by role, state and words if asked for."""
    office, wanted = request.app[HOUSE].office(), request.query
    found = await manage_staff.everybody(office, visitor.staff)
    kept = [one for one in found if _wanted(one, wanted, office.clock.now())]
    return page(
        request,
        "staff.html",
        people=kept[:SHOWN],
        more=len(kept) - SHOWN,
        roles=tuple(Role),
        states=("open", "closed", "locked"),
        wanted=wanted,
    )


@pages.on("GET /new-staff", *MANAGE)
async def new(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Ask who is new."""
    return _new_page(request, visitor, {})


@pages.on("POST /new-staff", *MANAGE)
async def hire(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Add an account; show its first password, once."""
    office, form = request.app[HOUSE].office(), await fields(request)
    login = form.get("login", "").strip().lower()
    try:
        async with once(request, visitor, form) as first:
            if not first:
                return see_other("/staff")
            made, password = await manage_staff.hire(office, visitor.staff, login, _change(form))
    except BadInput:
        wrong = "login" if not LOGIN.fullmatch(login) else "unfit"
        return _new_page(request, visitor, form, wrong)
    except Conflict:
        return _new_page(request, visitor, form, "taken")
    return page(request, "first_password.html", person=made, password=password, why="new")


@pages.on("GET /staff/{login}", *MANAGE)
async def one(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show an account, and what can be done with it."""
    return await _person_page(request, visitor, request.query.get("notice", ""))


@pages.on("POST /staff/{login}", *MANAGE)
async def change(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Change name, roles, area and department."""
    office, form, login = request.app[HOUSE].office(), await fields(request), _login(request)
    shown = form.get("version", "")
    version = int(shown) if shown.isascii() and shown.isdigit() else -1
    try:
        await manage_staff.change(office, visitor.staff, login, _change(form), version=version)
    except BadInput:
        return await _person_page(request, visitor, "unfit")
    except Conflict:
        return await _person_page(request, visitor, "late")
    return see_other(f"/staff/{login}?notice=changed")


async def _person_page(request: web.Request, visitor: Visitor, notice: str) -> web.Response:
    office, login = request.app[HOUSE].office(), _login(request)
    person = await manage_staff.find(office, visitor.staff, login)
    return page(
        request,
        "person.html",
        person=person,
        sessions=await manage_staff.sessions_of(office, visitor.staff, login),
        own=person.id == visitor.staff.id,
        notice=notice,
        can=_choices(office, visitor.staff),
    )


def _new_page(
    request: web.Request, visitor: Visitor, form: Mapping[str, str], problem: str = ""
) -> web.Response:
    can = _choices(request.app[HOUSE].office(), visitor.staff)
    return page(request, "new_staff.html", form=form, problem=problem, can=can)


def _choices(office: Office, by: Staff) -> Choices:
    areas = [code for code in office.release.places.areas if by.may(*MANAGE, area=code)]
    return Choices(areas=tuple(sorted(areas)))


def _change(form: Mapping[str, str]) -> Change:
    return Change(
        name=form.get("name", "").strip(),
        roles=frozenset(role for role in Role if f"role.{role}" in form),
        area=AreaCode(form.get("area", "")),
        department=form.get("department", "").strip(),
    )


def _wanted(one: Staff, wanted: Mapping[str, str], now: datetime) -> bool:
    words, state = wanted.get("q", "").strip().lower(), wanted.get("state", "")
    role = wanted.get("role", "")
    locked = one.locked_until is not None and now < one.locked_until
    states = {"open": one.active, "closed": not one.active, "locked": locked}
    return (
        (not role or role in one.roles)
        and states.get(state, True)
        and (not words or words in f"{one.login} {one.name} {one.department}".lower())
    )


def _login(request: web.Request) -> str:
    return request.match_info["login"]
