"""Relief: hand out, book the shelves, and the closing report of an event."""

from aiohttp import web

from bot.console.forms import Form, done_once, fields
from bot.console.routes import Pages, Visitor
from bot.console.show import page
from bot.doors import HOUSE
from data.civic.errors import BadInput, Conflict, NotFound
from data.civic.ids import EventId, ShelterId
from data.civic.people import Staff
from data.civic.safety.relief import (
    LONGEST_NAME,
    LONGEST_REASON,
    MOST_LIMIT,
    AlreadyIssued,
    Booked,
    Per,
)
from handlers.acts import relief
from handlers.acts.relief import HAND_OUT, KEEP, Hand, ItemWish, SupplyWish
from handlers.acts.relief_codes import Shown
from handlers.office import Office

pages = Pages()


@pages.on("GET /relief", *KEEP)
async def events(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """List the events whose books can be seen."""
    office = request.app[HOUSE].office()
    found = await relief.open_events(office, visitor.staff)
    return page(request, "relief/events.html", events=found)


@pages.on("GET /relief/{event}", *KEEP)
async def books(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show the books of an event."""
    return await _books(request, visitor, notice=request.query.get("notice", ""))


@pages.on("POST /relief/{event}/issues", *HAND_OUT)
async def hand_out(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Hand something out; a refusal shows when and where the first was, and asks for a reason."""
    office, form = request.app[HOUSE].office(), await fields(request)
    event = _event(request)
    try:
        hand = _hand(form)
        issued = await relief.hand_out(office, visitor.staff, event, hand)
    except AlreadyIssued as refused:
        return await _books(request, visitor, notice="before", refused=refused, form=form)
    except BadInput:
        return await _books(request, visitor, notice="unfit", form=form)
    except NotFound:
        return await _books(request, visitor, notice="nobody", form=form)
    except Conflict:
        return await _books(request, visitor, notice="over", form=form)
    kept = {"shelter": issued.shelter, "item": issued.item}
    return await _books(request, visitor, notice="given", form=kept)


@pages.on("POST /relief/{event}/supplies", *KEEP)
async def book(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Book what was brought in or written off."""
    event = _event(request)

    async def deed(office: Office, staff: Staff, form: Form) -> object:
        wish = SupplyWish(
            shelter=ShelterId(form.get("shelter", "")),
            item=form.get("item", ""),
            kind=Booked(form.get("kind", "")),
            quantity=int(form.get("quantity", "")),
            reason=form.get("reason", ""),
        )
        return await relief.book(office, staff, event, wish)

    async def again(notice: str, form: Form) -> web.Response:
        told = {"unfit": "unbooked", "unknown": "gone", "conflict": "over"}[notice]
        return await _books(request, visitor, notice=told, form=form)

    back = f"/relief/{event}"
    return await done_once(request, visitor, deed, back=back, done="booked", again=again)


@pages.on("POST /relief/{event}/items", *KEEP)
async def set_item(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Say what is handed out, and how much each may have."""
    event = _event(request)

    async def deed(office: Office, staff: Staff, form: Form) -> object:
        wish = ItemWish(
            name=form.get("name", ""),
            unit=form.get("unit", ""),
            per=Per(form.get("per", "")),
            limit=int(form.get("limit", "")),
            days=int(form.get("days", "")),
        )
        return await relief.set_item(office, staff, event, wish)

    async def again(notice: str, form: Form) -> web.Response:
        told = {"unfit": "unset", "unknown": "gone", "conflict": "fixed"}[notice]
        return await _books(request, visitor, notice=told, form=form)

    back = f"/relief/{event}"
    return await done_once(request, visitor, deed, back=back, done="set", again=again)


def _hand(form: Form) -> Hand:
    try:
        quantity = int(form.get("quantity", ""))
    except ValueError as error:
        raise BadInput("quantity: a whole number") from error
    return Hand(
        id=form.get("key", ""),
        shelter=ShelterId(form.get("shelter", "")),
        item=form.get("item", ""),
        quantity=quantity,
        to=Shown(code=form.get("code", "").strip(), guest=form.get("guest", "").strip()),
        reason=form.get("reason", ""),
    )


async def _books(
    request: web.Request,
    visitor: Visitor,
    *,
    notice: str,
    refused: AlreadyIssued | None = None,
    form: Form | None = None,
) -> web.Response:
    office = request.app[HOUSE].office()
    shown = await relief.books(office, visitor.staff, _event(request))
    return page(
        request,
        "relief/books.html",
        books=shown,
        notice=notice,
        refused=refused,
        form=form or {},
        may_hand_out=visitor.staff.may(*HAND_OUT) and shown.event.open,
        most={
            "name": LONGEST_NAME,
            "reason": LONGEST_REASON,
            "limit": MOST_LIMIT,
        },
    )


def _event(request: web.Request) -> EventId:
    return EventId(request.match_info["event"])
