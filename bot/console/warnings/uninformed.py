"""Who is not informed: counts live by town, village and grid; names and doors for a purpose."""

from collections.abc import Mapping
from urllib.parse import quote

from aiohttp import web

from bot.console.forms import fields
from bot.console.routes import Pages, Visitor
from bot.console.show import page, see_other
from bot.console.warnings.informings import number_in
from bot.doorlist import door_list_out
from bot.doors import HOUSE
from data.civic.errors import BadInput
from data.civic.ids import AreaCode, GridId, PersonId
from data.civic.sending.rows import By, Manner, Said
from handlers.acts import confirm, read_informings, uninformed
from handlers.acts.confirm import Answer
from handlers.acts.door_lists import DoorList, door_list
from handlers.acts.grid_duty import EVERYBODY, REPORT, answers_for
from handlers.acts.uninformed import COUNTS, Level

pages = Pages()

LEVELS: Mapping[str, Level] = {"town": Level.TOWN, "village": Level.VILLAGE, "grid": Level.GRID}


@pages.on("GET /uninformed", *COUNTS)
async def board(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Count who is not informed, area by area in the order of their codes."""
    office, staff, query = request.app[HOUSE].office(), visitor.staff, request.query
    listed = await read_informings.listed(office, staff)
    wanted, number = query.get("informing", ""), None
    if wanted.isascii() and wanted.isdigit() and len(wanted) < 8:
        number = int(wanted)
    elif listed:
        number = next((one.id for one in listed if one.state == "sending"), listed[0].id)
    area = AreaCode(query.get("area") or staff.area)
    level = _level(query.get("level", ""), area)
    found = None
    if number is not None:
        found = await uninformed.board(office, staff, number, level=level, area=area)
    grids = await office.stores.grids.within(area) if level is Level.GRID else []
    return page(
        request,
        "warnings/uninformed.html",
        informings=listed,
        board=found,
        area=area,
        above=_above(area, staff.area),
        chosen=query.get("grid", ""),
        level=level.name.lower(),
        levels=tuple(LEVELS),
        grids={one.id: one for one in grids},
        mine={one.id for one in grids if answers_for(staff, one)},
        may_name=staff.may(*REPORT),
        may_list=staff.may(*EVERYBODY),
        notice=query.get("notice", ""),
    )


@pages.on("POST /uninformed/{informing}/names", *REPORT)
async def names(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Name who of a village or grid is not informed; the look is noted with its purpose."""
    office, form, number = request.app[HOUSE].office(), await fields(request), number_in(request)
    village, grid = AreaCode(form.get("village", "")), form.get("grid")
    try:
        found = await uninformed.names(
            office,
            visitor.staff,
            number,
            village=village,
            grid=GridId(grid) if grid else None,
            purpose=form.get("purpose", ""),
        )
    except BadInput:
        return see_other(f"/uninformed?informing={number}&area={quote(village)}&notice=purpose")
    return page(
        request,
        "warnings/names.html",
        found=found,
        number=number,
        village=village,
        grid=grid or "",
        purpose=form.get("purpose", ""),
    )


@pages.on("POST /uninformed/{informing}/not-scanned", *REPORT)
async def not_scanned(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Name who of a village was reported as moved and scanned nowhere; the look is noted."""
    office, form, number = request.app[HOUSE].office(), await fields(request), number_in(request)
    village, purpose = AreaCode(form.get("village", "")), form.get("purpose", "")
    try:
        found = await uninformed.not_scanned(
            office, visitor.staff, number, village=village, purpose=purpose
        )
    except BadInput:
        return see_other(f"/uninformed?informing={number}&area={quote(village)}&notice=purpose")
    return page(
        request,
        "warnings/not_scanned.html",
        found=found,
        number=number,
        village=village,
        purpose=purpose,
    )


@pages.on("POST /uninformed/{informing}/doors", *REPORT)
async def doors(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show the door list of a grid, fit to be printed; or give it as a file for offline use."""
    form, number = await fields(request), number_in(request)
    try:
        found = await _doors(request, visitor, form)
    except BadInput:
        return see_other(f"/uninformed?informing={number}&notice=purpose")
    if "file" in form:
        places = request.app[HOUSE].office().release.places
        name = f"doors-{number}-{found.grid.id}.json"
        return web.Response(
            body=door_list_out(found, places).model_dump_json().encode(),
            content_type="application/json",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )
    return page(
        request,
        "warnings/doors.html",
        list=found,
        number=number,
        purpose=form.get("purpose", ""),
        answer=None,
    )


@pages.on("POST /uninformed/{informing}/confirm", *REPORT)
async def confirm_at_the_door(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Note what somebody said at the door or on the telephone, and show the list again."""
    office, form, number = request.app[HOUSE].office(), await fields(request), number_in(request)
    said, manner = form.get("said", ""), form.get("manner", "")
    try:
        answer = Answer(
            informing=number,
            person=PersonId(int(form.get("person", ""))),
            said=Said(said),
            manner=Manner(manner),
            by=By.STAFF,
        )
        purpose = form.get("purpose", "")
        await confirm.by_staff(office, visitor.staff, answer, purpose=purpose)
        found = await _doors(request, visitor, form)
    except (BadInput, ValueError):
        return see_other(f"/uninformed?informing={number}&notice=purpose")
    return page(
        request,
        "warnings/doors.html",
        list=found,
        number=number,
        purpose=form.get("purpose", ""),
        answer=answer,
    )


async def _doors(request: web.Request, visitor: Visitor, form: Mapping[str, str]) -> DoorList:
    office, number = request.app[HOUSE].office(), number_in(request)
    purpose, grid = form.get("purpose", ""), GridId(form.get("grid", ""))
    return await door_list(office, visitor.staff, number, grid, purpose=purpose)


def _above(area: AreaCode, own: AreaCode) -> tuple[AreaCode, ...]:
    """Name the areas around one, from the visitor's own down; none: it is the own."""
    if area == own:
        return ()
    return (own, *(AreaCode(area[:n]) for n in (9,) if len(own) < n < len(area)))


def _level(said: str, area: AreaCode) -> Level:
    """Choose how far counts are divided: one step below the area, if nothing is said."""
    if said in LEVELS:
        return LEVELS[said]
    below = {6: Level.TOWN, 9: Level.VILLAGE}
    return below.get(len(area), Level.GRID)
