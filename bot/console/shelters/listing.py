"""The registry of shelters: who is where, open and close, enter, edit, inspect, import."""

import asyncio
from collections.abc import Sequence
from datetime import date

from aiohttp import web

from bot.console.forms import Form, done_once, fields
from bot.console.routes import Pages, Visitor
from bot.console.sent import file_sent
from bot.console.show import page, see_other
from bot.doors import HOUSE
from bot.workbooks.shelters import read_shelters
from data.civic.errors import BadInput, Conflict, Mistake, Mistakes, TooLarge
from data.civic.ids import AreaCode, ShelterId
from data.civic.people import Role, Staff
from data.civic.safety.shelters import Capacity, Shelter, ShelterLevel, ShelterState
from data.civic.shapes import Point
from data.content.shelter_words import shelter_words
from handlers.acts import shelter_board, shelters
from handlers.acts.import_shelters import SheltersImported, import_shelters
from handlers.acts.shelters import ARRANGE, RUN, SEE
from handlers.office import Office

SHOWN = 200
"""Mistakes on the page."""
pages = Pages()


@pages.on("GET /shelters", *SEE)
async def overview(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """List the shelters of the own area with who is inside."""
    return await _page(request, visitor, request.query.get("notice", ""))


@pages.on("POST /shelters/state", *RUN, Role.SHELTER)
async def turn(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Open or close a shelter, hold it ready, or find it unsafe."""
    return await done_once(request, visitor, _turn, back="/shelters")


@pages.on("POST /shelters/inspect", *ARRANGE)
async def inspect(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Enter a new inspection."""
    return await done_once(request, visitor, _inspect, back="/shelters")


@pages.on("POST /shelters", *ARRANGE)
async def enter(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Enter a shelter."""
    return await done_once(request, visitor, _enter, back="/shelters")


@pages.on("POST /shelters/edit", *ARRANGE)
async def edit(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Change what is known of a shelter."""
    return await done_once(request, visitor, _edit, back="/shelters")


@pages.on("POST /shelters/import", *ARRANGE)
async def send(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Try a file of shelters, or write it; with mistakes nothing is changed."""
    try:
        file = await file_sent(request, "file")
        form, words = await fields(request), shelter_words()
        rows = await asyncio.to_thread(read_shelters, file.name, file.content, words)
        done = await import_shelters(
            request.app[HOUSE].office(),
            visitor.staff,
            rows,
            words,
            purpose=form.get("purpose", ""),
            dry_run="write" not in form,
        )
    except TooLarge:
        return see_other("/shelters?notice=large")
    except Mistakes as error:
        return await _page(request, visitor, "unread", mistakes=error.mistakes)
    except Conflict:
        return see_other("/shelters?notice=late")
    except BadInput:
        return see_other("/shelters?notice=nofile")
    return await _page(request, visitor, "", done=done, mistakes=done.mistakes)


async def _page(
    request: web.Request,
    visitor: Visitor,
    notice: str,
    *,
    done: SheltersImported | None = None,
    mistakes: Sequence[Mistake] = (),
) -> web.Response:
    office, staff = request.app[HOUSE].office(), visitor.staff
    places = office.release.places
    return page(
        request,
        "shelters/list.html",
        lines=await shelter_board.shelters(office, staff),
        events=await shelter_board.events(office, staff),
        areas=[places.areas[staff.area], *places.descendants(staff.area)]
        if staff.area in places.areas
        else [],
        today=shelters.today(office),
        may_run=staff.may(*RUN),
        may_arrange=staff.may(*ARRANGE),
        notice=notice,
        done=done,
        mistakes=mistakes[:SHOWN],
        more=len(mistakes) - SHOWN,
    )


async def _turn(office: Office, staff: Staff, form: Form) -> object:
    to = ShelterState(form.get("to", ""))
    return await shelters.turn(office, staff, _id(form), to, why=form.get("why", ""))


async def _inspect(office: Office, staff: Staff, form: Form) -> object:
    until = date.fromisoformat(form.get("until", ""))
    return await shelters.inspected(office, staff, _id(form), until=until)


async def _enter(office: Office, staff: Staff, form: Form) -> object:
    return await shelters.enter(office, staff, _read(form))


async def _edit(office: Office, staff: Staff, form: Form) -> object:
    return await shelters.edit(office, staff, _read(form), seen=int(form.get("seen", "")))


def _id(form: Form) -> ShelterId:
    return ShelterId(form.get("shelter", ""))


def _read(form: Form) -> Shelter:
    lon, lat = form.get("lon", ""), form.get("lat", "")
    return Shelter(
        id=_id(form),
        name=form.get("name", "").strip(),
        level=ShelterLevel(form.get("level", "")),
        area=AreaCode(form.get("area", "")),
        point=Point(float(lon), float(lat)) if lon or lat else None,
        capacity=Capacity(
            people=int(form.get("people", "")),
            beds=_number(form, "beds"),
            wheelchairs=_number(form, "wheelchairs"),
        ),
        pets="pets" in form,
        step_free="step_free" in form,
        phone=form.get("phone", "").strip(),
        in_charge=form.get("in_charge", "").strip(),
        inspected_until=date.fromisoformat(form.get("until", "")),
    )


def _number(form: Form, name: str) -> int | None:
    said = form.get(name, "").strip()
    return int(said) if said else None
