"""Citizens who want a human: the list, the transcript, claim, answer, give back."""

from aiohttp import web

from bot.console.forms import fields
from bot.console.routes import Pages, Visitor
from bot.console.show import page, see_other
from bot.console.transcript import Draft, back, named, row_of, transcript_page
from bot.doors import HOUSE
from data.civic.errors import BadInput, Conflict
from data.civic.ids import StaffId
from data.civic.labels import Channel
from data.civic.people import Staff
from data.civic.talk.conversations import Attention, Conversation
from handlers.acts import serve_citizen
from handlers.acts.read_conversation import names_of
from handlers.acts.serve_citizen import SERVE

SHOWN = 200
MINE = "mine"

pages = Pages()


@pages.on("GET /waiting", *SERVE)
async def waiting(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """List who waits and who is served, by state, channel and person if asked for."""
    office, wanted = request.app[HOUSE].office(), request.query
    found = await serve_citizen.waiting(office, visitor.staff)
    kept = [
        one
        for one in found
        if wanted.get("state") in (None, "", one.attention)
        and wanted.get("channel") in (None, "", one.key.channel)
        and (wanted.get("whose") != MINE or _mine(one, visitor.staff))
    ]
    people = [who for one in kept[:SHOWN] for who in (one.claimed_by, StaffId(one.meant_for))]
    return page(
        request,
        "waiting.html",
        rows=[row_of(office, one) for one in kept[:SHOWN]],
        names=await names_of(office, people),
        more=len(kept) - SHOWN,
        states=(Attention.WAITING, Attention.HUMAN),
        channels=tuple(Channel),
        whose=(MINE,),
        wanted=wanted,
    )


@pages.on("GET /conversations/{handle}", *SERVE)
async def conversation(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show what was said, and what can be done."""
    return await transcript_page(request, visitor, notice=request.query.get("notice", ""))


@pages.on("POST /conversations/{handle}/claim", *SERVE)
async def claim(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Take the citizen."""
    office = request.app[HOUSE].office()
    try:
        await serve_citizen.claim(office, visitor.staff, named(request, office))
    except Conflict:
        return back(request, "late")
    return back(request, "")


@pages.on("POST /conversations/{handle}/answer", *SERVE)
async def answer(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Say something to the citizen; what cannot be sent stays on the page."""
    office, form = request.app[HOUSE].office(), await fields(request)
    text, key = form.get("text", ""), form.get("key", "")
    try:
        who = named(request, office)
        await serve_citizen.answer(office, visitor.staff, who, text=text, key=key)
    except BadInput:
        return await transcript_page(request, visitor, notice="unfit", draft=Draft(text=text))
    except Conflict:
        return await transcript_page(request, visitor, notice="late", draft=Draft(text=text))
    return back(request, "")


@pages.on("POST /conversations/{handle}/give-back", *SERVE)
async def give_back(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Let the assistant answer again."""
    office = request.app[HOUSE].office()
    try:
        await serve_citizen.give_back(office, visitor.staff, named(request, office))
    except Conflict:
        return back(request, "late")
    return see_other("/waiting")


def _mine(one: Conversation, staff: Staff) -> bool:
    """Say whether this member of staff serves the citizen, or is meant to."""
    meant = one.meant_for in (staff.id, staff.department or staff.id)
    return one.claimed_by == staff.id or meant
