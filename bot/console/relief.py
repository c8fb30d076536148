"""Relief: hand out, book the shelves, and the closing report of an event."""

from collections.abc import Mapping

from aiohttp import web

from bot.console.forms import fields, once
from bot.console.routes import Pages, Visitor
from bot.console.show import page, see_other
from bot.doors import HOUSE
from data.civic.errors import BadInput, Conflict, NotFound
from data.civic.ids import EventId
from data.civic.safety.relief import (
    LONGEST_NAME,
    LONGEST_REASON,
    MOST_LIMIT,
    AlreadyIssued,
    Booked,
    Issue,
    Per,
)
from handlers.acts import relief
from handlers.acts.relief import HAND_OUT, KEEP, LONGEST_SHELTER, Hand, ItemWish, SupplyWish
from handlers.acts.relief_codes import Shown

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
        return await _books(request, visitor, notice="before", before=refused.before, form=form)
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
    office, form, event = request.app[HOUSE].office(), await fields(request), _event(request)
    try:
        wish = SupplyWish(
            shelter=form.get("shelter", ""),
            item=form.get("item", ""),
            kind=Booked(form.get("kind", "")),
            quantity=int(form.get("quantity", "")),
            reason=form.get("reason", ""),
        )
        async with once(request, visitor, form) as first:
            if first:
                await relief.book(office, visitor.staff, event, wish)
    except (BadInput, ValueError):
        return see_other(f"/relief/{event}?notice=unbooked")
    except NotFound:
        return see_other(f"/relief/{event}?notice=gone")
    except Conflict:
        return see_other(f"/relief/{event}?notice=over")
    return see_other(f"/relief/{event}?notice=booked")


@pages.on("POST /relief/{event}/items", *KEEP)
async def set_item(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Say what is handed out, and how much each may have."""
    office, form, event = request.app[HOUSE].office(), await fields(request), _event(request)
    try:
        wish = ItemWish(
            name=form.get("name", ""),
            unit=form.get("unit", ""),
            per=Per(form.get("per", "")),
            limit=int(form.get("limit", "")),
            days=int(form.get("days", "")),
        )
        await relief.set_item(office, visitor.staff, event, wish)
    except (BadInput, ValueError):
        return see_other(f"/relief/{event}?notice=unset")
    except NotFound:
        return see_other("/relief")
    except Conflict:
        return see_other(f"/relief/{event}?notice=over")
    return see_other(f"/relief/{event}?notice=set")


def _hand(form: Mapping[str, str]) -> Hand:
    try:
        quantity = int(form.get("quantity", ""))
    except ValueError as error:
        raise BadInput("quantity: a whole number") from error
    return Hand(
        id=form.get("key", ""),
        shelter=form.get("shelter", ""),
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
    before: tuple[Issue, ...] = (),
    form: Mapping[str, str] | None = None,
) -> web.Response:
    office = request.app[HOUSE].office()
    shown = await relief.books(office, visitor.staff, _event(request))
    return page(
        request,
        "relief/books.html",
        books=shown,
        notice=notice,
        before=before,
        form=form or {},
        may_hand_out=visitor.staff.may(*HAND_OUT) and shown.event.open,
        most={
            "name": LONGEST_NAME,
            "reason": LONGEST_REASON,
            "limit": MOST_LIMIT,
            "shelter": LONGEST_SHELTER,
        },
    )


def _event(request: web.Request) -> EventId:
    return EventId(request.match_info["event"])
