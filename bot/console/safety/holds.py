"""What becomes of each event's personal data: until when it stands, who holds it, what went."""

from collections.abc import Awaitable, Callable, Sequence

from aiohttp import web

from bot.console.forms import fields, once
from bot.console.routes import Pages, Visitor
from bot.console.show import page, see_other
from bot.doors import HOUSE
from data.civic.errors import BadInput, Conflict, NotFound
from data.civic.ids import EventId, StaffId
from data.civic.safety.aftermath import LONGEST_REASON, UNSIGNED, EventFile
from data.civic.warning.events import Event
from handlers.acts import hold_event
from handlers.acts.hold_event import APPROVE, ASK, SEE
from handlers.acts.read_conversation import names_of

pages = Pages()


@pages.on("GET /holds", *SEE)
async def files(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """List what stands of closed events until when, who holds it, and what was destroyed."""
    office, staff = request.app[HOUSE].office(), visitor.staff
    found = await hold_event.files(office, staff)
    now = office.clock.now()
    return page(
        request,
        "safety/holds.html",
        files=[(one, event, one.held(now)) for one, event in found],
        records=await hold_event.records(office, staff),
        names=await names_of(office, _hands(found)),
        may_ask=staff.may(*ASK),
        may_approve=staff.may(*APPROVE),
        longest=LONGEST_REASON,
        waits_days=UNSIGNED.days,
        notice=request.query.get("notice", ""),
    )


@pages.on("POST /holds/{event}/ask", *ASK)
async def ask(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Ask that nothing of an event be destroyed."""
    office, form = request.app[HOUSE].office(), await fields(request)
    reason = form.get("reason", "")

    async def act() -> None:
        async with once(request, visitor, form) as first:
            if first:
                await hold_event.ask(office, visitor.staff, _event(request), reason)

    return await _done(act, "asked")


@pages.on("POST /holds/{event}/approve", *APPROVE)
async def approve(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Approve what another has asked for."""
    office = request.app[HOUSE].office()

    async def act() -> None:
        await hold_event.approve(office, visitor.staff, _event(request))

    return await _done(act, "approved")


@pages.on("POST /holds/{event}/end", *APPROVE)
async def end(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """End a hold: what is due goes within the hour."""
    office = request.app[HOUSE].office()

    async def act() -> None:
        await hold_event.end(office, visitor.staff, _event(request))

    return await _done(act, "ended")


async def _done(act: Callable[[], Awaitable[None]], notice: str) -> web.Response:
    """Do it, and say on the list what came of it."""
    try:
        await act()
    except BadInput:
        return see_other("/holds?notice=unfit")
    except (Conflict, NotFound):
        return see_other("/holds?notice=conflict")
    return see_other(f"/holds?notice={notice}")


def _hands(found: Sequence[tuple[EventFile, Event | None]]) -> list[StaffId]:
    """Tell whose names the list needs."""
    holds = [hold for file, _ in found for hold in file.holds]
    hands = {hand for one in holds for hand in (one.asked_by, one.approved_by, one.ended_by)}
    return sorted(one for one in hands if one)


def _event(request: web.Request) -> EventId:
    return EventId(request.match_info["event"])
