"""Citizens who want a human: the list, the transcript, claim, answer, give back."""

from dataclasses import dataclass

from aiohttp import web

from bot.console.forms import fields
from bot.console.handles import conversation_of, handle_of, nickname
from bot.console.routes import Pages, Visitor
from bot.console.show import page, see_other
from bot.doors import HOUSE
from data.civic.errors import BadInput, Conflict
from data.civic.ids import AreaCode, ConversationId
from data.civic.labels import Channel
from data.civic.talk.conversations import Attention, Conversation
from handlers.acts import serve_citizen
from handlers.acts.read_conversation import names_of, read
from handlers.acts.serve_citizen import SERVE, area_of
from handlers.acts.tell_citizen import LONGEST
from handlers.office import Office

SHOWN = 200

pages = Pages()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A citizen as the list shows one."""

    handle: str
    nickname: str
    area: AreaCode
    conversation: Conversation


@pages.on("GET /waiting", *SERVE)
async def waiting(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """List who waits and who is served, by state and channel if asked for."""
    office, wanted = request.app[HOUSE].office(), request.query
    found = await serve_citizen.waiting(office, visitor.staff)
    kept = [
        one
        for one in found
        if wanted.get("state") in (None, "", one.attention)
        and wanted.get("channel") in (None, "", one.key.channel)
    ]
    return page(
        request,
        "waiting.html",
        rows=[_row(office, one) for one in kept[:SHOWN]],
        names=await names_of(office, [one.claimed_by for one in kept[:SHOWN]]),
        more=len(kept) - SHOWN,
        states=(Attention.WAITING, Attention.HUMAN),
        channels=tuple(Channel),
        wanted=wanted,
    )


@pages.on("GET /conversations/{handle}", *SERVE)
async def conversation(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show what was said, and what can be done; a citizen who is gone leads back to the list."""
    office = request.app[HOUSE].office()
    try:
        transcript = await read(office, visitor.staff, _named(request, office))
    except Conflict:
        return _gone(request)
    return page(
        request,
        "conversation.html",
        row=_row(office, transcript.conversation),
        transcript=transcript,
        guides=office.release.guides,
        key=office.ids.new(),
        longest=LONGEST,
        notice=request.query.get("notice", ""),
    )


@pages.on("POST /conversations/{handle}/claim", *SERVE)
async def claim(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Take the citizen."""
    office = request.app[HOUSE].office()
    try:
        await serve_citizen.claim(office, visitor.staff, _named(request, office))
    except Conflict:
        return _back(request, "late")
    return _back(request, "")


@pages.on("POST /conversations/{handle}/answer", *SERVE)
async def answer(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Say something to the citizen."""
    office, form = request.app[HOUSE].office(), await fields(request)
    text, key = form.get("text", ""), form.get("key", "")
    try:
        named = _named(request, office)
        await serve_citizen.answer(office, visitor.staff, named, text=text, key=key)
    except BadInput:
        return _back(request, "unfit")
    except Conflict:
        return _back(request, "late")
    return _back(request, "")


@pages.on("POST /conversations/{handle}/give-back", *SERVE)
async def give_back(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Let the assistant answer again."""
    office = request.app[HOUSE].office()
    try:
        await serve_citizen.give_back(office, visitor.staff, _named(request, office))
    except Conflict:
        return _back(request, "late")
    return see_other("/waiting")


def _named(request: web.Request, office: Office) -> ConversationId:
    return conversation_of(office, request.match_info["handle"])


def _row(office: Office, one: Conversation) -> Row:
    return Row(
        handle=handle_of(office, one.key.id),
        nickname=nickname(office, one.key.id),
        area=area_of(office, one),
        conversation=one,
    )


def _back(request: web.Request, notice: str) -> web.Response:
    """Show the page again: from the top with what went wrong, or where the newest words stand."""
    query = f"?notice={notice}" if notice else "#reply"
    return see_other(f"/conversations/{request.match_info['handle']}{query}")


def _gone(request: web.Request) -> web.Response:
    """Lead back to the list, also a page that only asks for what is new."""
    response = see_other("/waiting")
    if "HX-Request" in request.headers:
        response = web.Response(status=204, headers={"HX-Redirect": response.headers["Location"]})
    return response
