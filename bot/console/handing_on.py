"""A conversation goes to a colleague, back to the line, or is taken over; a guide is quoted."""

from aiohttp import web

from bot.console.forms import fields
from bot.console.routes import Pages, Visitor
from bot.console.show import see_other
from bot.console.transcript import Draft, back, named, transcript_page
from bot.doors import HOUSE
from data.civic.errors import BadInput, Conflict, Refused
from handlers.acts import hand_on, quote_guide
from handlers.acts.serve_citizen import SERVE, area_of, find

pages = Pages()


@pages.on("POST /conversations/{handle}/hand-on", *SERVE)
async def transfer(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Put the citizen back in the line, for a colleague, a department or anybody."""
    office, form = request.app[HOUSE].office(), await fields(request)
    to, remark = form.get("to", ""), form.get("remark", "")
    try:
        who = named(request, office)
        await hand_on.hand_on(office, visitor.staff, who, to=to, remark=remark)
    except BadInput:
        return back(request, "nobody")
    except Conflict:
        return back(request, "late")
    return see_other("/waiting?notice=handed")


@pages.on("POST /conversations/{handle}/take-over", *SERVE)
async def take_over(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Hold the conversation in the place of a colleague who is away."""
    office = request.app[HOUSE].office()
    try:
        await hand_on.take_over(office, visitor.staff, named(request, office))
    except (Conflict, Refused):
        return back(request, "late")
    return back(request, "")


@pages.on("POST /conversations/{handle}/quote", *SERVE)
async def quote(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Look for a guide, open one, put its words into the answer; nothing is sent."""
    office, form = request.app[HOUSE].office(), await fields(request)
    one = await find(office, visitor.staff, named(request, office))
    words, guide, insert = (form.get(key, "") for key in ("words", "guide", "insert"))
    pieces = quote_guide.pieces(office, visitor.staff, guide, area_of(office, one)) if guide else ()
    chosen = next((piece.text for piece in pieces if piece.name == insert), "")
    searched = bool(words.strip()) and not guide
    draft = Draft(
        text="\n".join(part for part in (form.get("text", "").strip(), chosen) if part),
        words=words,
        hits=quote_guide.search(office, visitor.staff, words) if searched else (),
        searched=searched,
        guide=guide,
        pieces=pieces,
    )
    return await transcript_page(request, visitor, draft=draft)
