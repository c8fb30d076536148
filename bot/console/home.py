"""The first page: how many wait, what is dangerous, what was not answered."""

from aiohttp import web

from bot.console.routes import Pages, Visitor
from bot.console.setting_up import setting_up_of
from bot.console.show import page
from bot.console.warnings.cards import cards_of
from bot.doors import HOUSE
from data.civic.talk.conversations import Attention
from handlers.acts import (
    awaiting_signature,
    draft_checks,
    read_inbox,
    reminders,
    returned,
    see_ticket,
    serve_citizen,
)

pages = Pages()


@pages.on("GET /")
async def home(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Count what waits for this member of staff; None: nothing of this person's roles."""
    office, staff = request.app[HOUSE].office(), visitor.staff
    waiting = tickets = questions = None
    if staff.may(*serve_citizen.SERVE):
        waiting = await serve_citizen.waiting(office, staff)
    if staff.may(*see_ticket.SEE):
        tickets = await see_ticket.unfinished(office, staff)
    if staff.may(*read_inbox.READ):
        questions = await read_inbox.waiting(office, staff)
    due = await reminders.waiting(office, staff) if staff.may(*reminders.READ) else None
    to_sign = None
    if staff.may(*draft_checks.SIGN):
        to_sign = await awaiting_signature.waiting(office, staff)
    return page(
        request,
        "home.html",
        waiting=None
        if waiting is None
        else [one for one in waiting if one.attention is Attention.WAITING],
        mine=[one for one in waiting or () if one.claimed_by == staff.id],
        tickets=tickets,
        dangers=[one for one in tickets or () if see_ticket.waits_in_danger(one)],
        questions=questions,
        due=due,
        emergency=await cards_of(office, staff),
        to_sign=to_sign,
        setting_up=await setting_up_of(office, staff),
        toured="toured" in request.query,
        returned=await returned.by_itself(office, staff) if staff.may(*returned.READ) else None,
    )
