"""The registry of shelters: who is where, open and close, enter, edit, inspect, import."""

import asyncio

from aiohttp import web

from bot.console.forms import Form, done_once
from bot.console.importing import Taken, taken
from bot.console.routes import Pages, Visitor
from bot.console.sent import SentFile
from bot.console.shelters.entry import form_of, id_in, shelter_in
from bot.console.show import page
from bot.console.warnings import row_mistakes
from bot.doors import HOUSE
from bot.workbooks.shelters import read_shelters
from data.civic.calendar import day_in
from data.civic.people import Role, Staff
from data.civic.safety.shelters import ShelterState
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

    async def again(notice: str, form: Form) -> web.Response:
        return await _page(request, visitor, notice, entry=form)

    return await done_once(request, visitor, _enter, back="/shelters", again=again)


@pages.on("POST /shelters/edit", *ARRANGE)
async def edit(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Change what is known of a shelter; who was overtaken compares, and saves once more."""

    async def again(notice: str, form: Form) -> web.Response:
        overtaken = notice == "conflict"
        typed = {name: said for name, said in form.items() if not (overtaken and name == "seen")}
        return await _page(request, visitor, "changed" if overtaken else notice, edit=typed)

    return await done_once(request, visitor, _edit, back="/shelters", again=again)


@pages.on("POST /shelters/import", *ARRANGE)
async def send(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Try a file of shelters, or write it; with mistakes in it nothing is changed."""
    office, words = request.app[HOUSE].office(), shelter_words()

    async def deed(file: SentFile, form: Form) -> SheltersImported:
        rows = await asyncio.to_thread(read_shelters, file.name, file.content, words)
        purpose, dry_run = form.get("purpose", ""), "write" not in form
        return await import_shelters(
            office, visitor.staff, rows, words, purpose=purpose, dry_run=dry_run
        )

    took = await taken(request, deed)
    return await _page(request, visitor, took.notice, took=took)


async def _page(
    request: web.Request,
    visitor: Visitor,
    notice: str,
    *,
    took: Taken[SheltersImported] | None = None,
    entry: Form | None = None,
    edit: Form | None = None,
) -> web.Response:
    office, staff = request.app[HOUSE].office(), visitor.staff
    places, took = office.release.places, took or Taken()
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
        entry=entry or {},
        edit=edit or {},
        form_of=form_of,
        done=took.done,
        purpose=took.purpose,
        mistakes=row_mistakes.told(took.mistakes[:SHOWN]),
        more=len(took.mistakes) - SHOWN,
    )


async def _turn(office: Office, staff: Staff, form: Form) -> object:
    to = ShelterState(form.get("to", ""))
    return await shelters.turn(office, staff, id_in(form), to, why=form.get("why", ""))


async def _inspect(office: Office, staff: Staff, form: Form) -> object:
    until = day_in(form.get("until", ""))
    return await shelters.inspected(office, staff, id_in(form), until=until)


async def _enter(office: Office, staff: Staff, form: Form) -> object:
    return await shelters.enter(office, staff, shelter_in(form))


async def _edit(office: Office, staff: Staff, form: Form) -> object:
    return await shelters.edit(office, staff, shelter_in(form), seen=int(form.get("seen", "")))
