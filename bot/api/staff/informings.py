"""Who is informed: progress, names and doors for a purpose, and answers from the doors."""

from aiohttp import web

from bot.api.bodies import read_json, read_query
from bot.api.routes import STAFF_TOKEN, Routes, answer
from bot.api.staff.access import staff_of
from bot.api.staff.informing_wire import (
    BoardOut,
    BoardQuery,
    ConfirmationIn,
    ConfirmationOut,
    ConfirmationsIn,
    ConfirmationsOut,
    CountsOut,
    DoorsWanted,
    InformingOut,
    InformingsOut,
    NamesOut,
    NamesWanted,
)
from bot.doorlist import DoorListOut, door_list_out, doors_out
from data.civic.errors import BadInput, NotFound, Refused
from data.civic.ids import AreaCode, GridId, PersonId
from data.civic.people import Staff
from data.civic.sending.informing import Informing
from data.civic.sending.rows import By
from handlers.acts import confirm, inform, read_informings, uninformed
from handlers.acts.confirm import Answer
from handlers.acts.door_lists import door_list
from handlers.acts.grid_duty import REPORT
from handlers.acts.uninformed import COUNTS, Level, Line
from handlers.office import Office

routes = Routes(key=STAFF_TOKEN)


@routes.on("GET /staff/informings", summary="List informings", answer=InformingsOut)
async def informings(request: web.Request) -> web.Response:
    """List the informings for the own area."""
    staff, office = await staff_of(request)
    found = await read_informings.listed(office, staff)
    return answer(InformingsOut(informings=[_informing(one) for one in found]))


@routes.on(
    "GET /staff/informings/{informing}/board",
    summary="Count who is not informed",
    query=BoardQuery,
    answer=BoardOut,
)
async def board(request: web.Request) -> web.Response:
    """Count who is informed and who is not; nobody is named."""
    staff, office = await staff_of(request)
    staff.must(*COUNTS)
    number, asked = number_in(request), read_query(request, BoardQuery)
    area = AreaCode(asked.area) if asked.area else None
    found = await read_informings.progress(
        office, staff, number, level=Level[asked.level.upper()], area=area
    )
    counted = found.board
    return answer(
        BoardOut(
            informing=_informing(counted.informing),
            at=counted.at,
            total=_counts(counted.total),
            lines=[_counts(one) for one in counted.lines],
            sent={rung.name.lower(): gone.sent for rung, gone in found.by_way.items()},
            refused={rung.name.lower(): gone.refused for rung, gone in found.by_way.items()},
        )
    )


@routes.on("POST /staff/informings/{informing}/cancel", summary="Stop", answer=InformingOut)
async def cancel(request: web.Request) -> web.Response:
    """Send nothing more."""
    staff, office = await staff_of(request)
    staff.must(*inform.MAY_STOP)
    return answer(_informing(await inform.cancel(office, staff, number_in(request))))


@routes.on("POST /staff/informings/{informing}/resume", summary="Go on", answer=InformingOut)
async def resume(request: web.Request) -> web.Response:
    """Go on after a stop."""
    staff, office = await staff_of(request)
    staff.must(*inform.MAY_STOP)
    return answer(_informing(await inform.resume(office, staff, number_in(request))))


@routes.on(
    "POST /staff/informings/{informing}/names",
    summary="Name who is not informed",
    body=NamesWanted,
    answer=NamesOut,
)
async def names(request: web.Request) -> web.Response:
    """Name who of a village or grid is not informed; the look is noted with its purpose."""
    staff, office = await staff_of(request)
    staff.must(*REPORT)
    number, wanted = number_in(request), await read_json(request, NamesWanted)
    found = await uninformed.names(
        office,
        staff,
        number,
        village=AreaCode(wanted.village),
        grid=GridId(wanted.grid) if wanted.grid else None,
        purpose=wanted.purpose,
    )
    return answer(NamesOut(people=doors_out(found, office.release.places)))


@routes.on(
    "POST /staff/informings/{informing}/doors",
    summary="Take the door list of a grid along",
    body=DoorsWanted,
    answer=DoorListOut,
)
async def doors(request: web.Request) -> web.Response:
    """Write the door list of a grid as it is now, for offline use."""
    staff, office = await staff_of(request)
    staff.must(*REPORT)
    number, wanted = number_in(request), await read_json(request, DoorsWanted)
    grid = GridId(wanted.grid)
    found = await door_list(office, staff, number, grid, purpose=wanted.purpose)
    return answer(door_list_out(found, office.release.places))


@routes.on(
    "POST /staff/informings/{informing}/confirmations",
    summary="Hand in answers from the doors",
    body=ConfirmationsIn,
    answer=ConfirmationsOut,
)
async def confirmations(request: web.Request) -> web.Response:
    """Take answers, each for itself: one that is refused stands in no other's way. Idempotent."""
    staff, office = await staff_of(request)
    staff.must(*REPORT)
    number, said = number_in(request), await read_json(request, ConfirmationsIn)
    await office.stores.informings.must(number)
    done = [await _taken(office, staff, number, one, said.purpose) for one in said.confirmations]
    return answer(ConfirmationsOut(confirmations=done))


async def _taken(
    office: Office, staff: Staff, number: int, one: ConfirmationIn, purpose: str
) -> ConfirmationOut:
    told = Answer(
        informing=number,
        person=PersonId(one.person),
        said=one.said,
        manner=one.manner,
        by=By.STAFF,
    )
    try:
        done = await confirm.by_staff(office, staff, told, purpose=purpose)
    except (BadInput, NotFound, Refused) as error:
        return ConfirmationOut(person=one.person, first=False, visit_by="", error=str(error))
    worker = done.visit_by.name if done.visit_by else ""
    return ConfirmationOut(person=one.person, first=done.first, visit_by=worker, error="")


def number_in(request: web.Request) -> int:
    """Read the number of an informing.

    Raises:
        NotFound: it is none.
    """
    text = request.match_info["informing"]
    if not (text.isascii() and text.isdigit() and len(text) < 8):
        raise NotFound("there is no such informing: see the list")
    return int(text)


def _informing(one: Informing) -> InformingOut:
    return InformingOut(
        id=one.id,
        kind=one.kind,
        state=one.state,
        drill=one.drill,
        planned=one.planned,
        created_at=one.created_at,
        of=one.of,
    )


def _counts(one: Line) -> CountsOut:
    return CountsOut(
        area=one.area,
        grid=one.grid,
        people=one.people,
        informed=one.informed,
        uninformed=one.uninformed,
        with_worker=one.with_worker,
        not_scanned=one.not_scanned,
        states={state.name.lower(): count for state, count in one.states.items()},
    )
