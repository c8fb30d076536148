"""Relief: what is handed out at the shelters, and the books of an event."""

from aiohttp import web

from bot.api.bodies import read_json, read_query
from bot.api.routes import STAFF_TOKEN, Routes, answer
from bot.api.staff.access import staff_of
from bot.api.staff.relief_wire import (
    BooksQuery,
    ExtraOut,
    IssueIn,
    IssueOut,
    ItemIn,
    ItemOut,
    LineOut,
    ReliefBooksOut,
    SupplyIn,
)
from data.civic.ids import EventId, PersonId, ShelterId
from data.civic.people import Staff
from data.civic.safety.relief import Item
from handlers.acts import relief
from handlers.acts.relief import HAND_OUT, KEEP, Hand, ItemWish, SupplyWish
from handlers.acts.relief_codes import Shown
from handlers.office import Office

routes = Routes(key=STAFF_TOKEN)


@routes.on(
    "GET /staff/relief",
    summary="See the books of an event",
    query=BooksQuery,
    answer=ReliefBooksOut,
)
async def books(request: web.Request) -> web.Response:
    """Show what was brought in, handed out and is left; no person stands in it."""
    staff, office = await staff_of(request)
    staff.must(*KEEP)
    wanted = read_query(request, BooksQuery)
    return answer(await _books(office, staff, EventId(wanted.event)))


@routes.on(
    "POST /staff/relief/items", summary="Say what is handed out", body=ItemIn, answer=ItemOut
)
async def set_item(request: web.Request) -> web.Response:
    """Enter an item with its limit; the same name again changes it."""
    staff, office = await staff_of(request)
    staff.must(*KEEP)
    said = await read_json(request, ItemIn)
    wish = ItemWish(name=said.name, unit=said.unit, per=said.per, limit=said.limit, days=said.days)
    return answer(_item(await relief.set_item(office, staff, EventId(said.event), wish)))


@routes.on(
    "POST /staff/relief/supplies",
    summary="Book a shelf",
    body=SupplyIn,
    answer=ReliefBooksOut,
)
async def book(request: web.Request) -> web.Response:
    """Book what was brought in or written off; sending it twice changes nothing."""
    staff, office = await staff_of(request)
    staff.must(*KEEP)
    said = await read_json(request, SupplyIn)
    event = EventId(said.event)
    wish = SupplyWish(
        id=said.id,
        shelter=ShelterId(said.shelter),
        item=said.item,
        kind=said.kind,
        quantity=said.quantity,
        reason=said.reason,
    )
    await relief.book(office, staff, event, wish)
    return answer(await _books(office, staff, event))


@routes.on("POST /staff/relief/issues", summary="Hand something out", body=IssueIn, answer=IssueOut)
async def hand_out(request: web.Request) -> web.Response:
    """Hand something out; 409 says how many are still due, when and where others were."""
    staff, office = await staff_of(request)
    staff.must(*HAND_OUT)
    said = await read_json(request, IssueIn)
    person = PersonId(said.person) if said.person is not None else None
    hand = Hand(
        id=said.id,
        shelter=ShelterId(said.shelter),
        item=said.item,
        quantity=said.quantity,
        to=Shown(code=said.code, person=person, guest=said.guest),
        reason=said.reason,
        device=said.device,
    )
    issued = await relief.hand_out(office, staff, EventId(said.event), hand)
    return answer(
        IssueOut(
            id=issued.id,
            shelter=issued.shelter,
            item=issued.item,
            quantity=issued.quantity,
            at=issued.at,
            reason=issued.reason,
        )
    )


async def _books(office: Office, staff: Staff, event: EventId) -> ReliefBooksOut:
    found = await relief.books(office, staff, event)
    return ReliefBooksOut(
        event=found.event.id,
        open=found.event.open,
        items=[_item(one) for one in found.items],
        lines=[
            LineOut(
                shelter=one.shelter,
                item=one.item,
                brought_in=one.brought_in,
                issued=one.issued,
                written_off=one.written_off,
                left=one.left,
            )
            for one in found.lines
        ],
        extra=[
            ExtraOut(
                shelter=one.shelter,
                item=one.item,
                quantity=one.quantity,
                reason=one.reason,
                at=one.at,
            )
            for one in found.extra
        ],
    )


def _item(one: Item) -> ItemOut:
    return ItemOut(
        item=one.id, name=one.name, unit=one.unit, per=one.per, limit=one.limit, days=one.days
    )
