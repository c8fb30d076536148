"""The telephone at a desk: what it needs without a network, and where it sends its scans."""

from http import HTTPStatus

from aiohttp import web
from pydantic import ValidationError

from bot.console.forms import fields
from bot.console.routes import Pages, Visitor
from bot.console.show import machine_read
from bot.doors import HOUSE
from bot.scanwire import BatchIn, VisitIn, batch_in, visit_in
from data.civic.errors import BadInput, Conflict, NotFound
from data.civic.privacy import mask_name
from handlers.acts import shelter_board
from handlers.acts.check_in import check
from handlers.acts.desk_rules import AT_SHELTERS
from handlers.acts.take_scans import take_scans

pages = Pages()


@pages.on("GET /codes/desk.json", *AT_SHELTERS)
async def desk(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Give the events that go on and the shelters of the own area, by name: nobody is named."""
    office, staff = request.app[HOUSE].office(), visitor.staff
    lines = await shelter_board.shelters(office, staff)
    events = await shelter_board.events(office, staff)
    return machine_read(
        {
            "at": office.clock.now().isoformat(),
            "events": [{"id": one.id, "name": one.name} for one in events],
            "shelters": [{"id": one.shelter.id, "name": one.shelter.name} for one in lines],
        }
    )


@pages.on("POST /codes/visit.json", *AT_SHELTERS)
async def visit(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Check in or out while there is a network; who finds no place is sent on."""
    office, form = request.app[HOUSE].office(), await fields(request)
    try:
        said = visit_in(VisitIn.model_validate_json(form.get("visit", "")))
        done = await check(office, visitor.staff, said)
    except (BadInput, Conflict, NotFound, ValidationError):
        return machine_read({"wrong": "visit"}, status=HTTPStatus.BAD_REQUEST)
    return machine_read(
        {
            "outcome": done.outcome,
            "names": done.names,
            "members": [
                {"id": one.person.id, "name": mask_name(one.person.name), "ticked": one.ticked}
                for one in done.members
            ],
            "inside": done.inside.people,
            "capacity": done.shelter.capacity.people if done.shelter else 0,
            "offers": [
                {"name": one.shelter.name, "phone": one.shelter.phone, "free": one.free.people}
                for one in done.offers
            ],
        }
    )


@pages.on("POST /codes/scans.json", *AT_SHELTERS)
async def scans(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Take in what the telephone kept; sent again it changes nothing."""
    office, form = request.app[HOUSE].office(), await fields(request)
    try:
        batch = batch_in(BatchIn.model_validate_json(form.get("batch", "")))
        merged = await take_scans(office, visitor.staff, batch)
    except (BadInput, ValidationError):
        return machine_read({"wrong": "batch"}, status=HTTPStatus.BAD_REQUEST)
    return machine_read(
        {
            "results": [{"id": one.id, "taken": one.taken} for one in merged.results],
            "inside": {shelter: places.people for shelter, places in merged.inside.items()},
        }
    )
