"""The questions that the assistant did not answer well."""

from aiohttp import web

from bot.console.routes import Pages, Visitor
from bot.console.show import page
from bot.doors import HOUSE
from data.civic.talk.unanswered import Why
from handlers.acts.read_unanswered import READ
from handlers.acts.read_unanswered import unanswered as read

SHOWN = 200

pages = Pages()


@pages.on("GET /unanswered", *READ)
async def unanswered(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """List them, newest first, by reason and words if asked for."""
    office, wanted = request.app[HOUSE].office(), request.query
    words = wanted.get("q", "").strip()
    kept = [
        one
        for one in await read(office, visitor.staff)
        if wanted.get("why") in (None, "", one.why) and words in one.text
    ]
    return page(
        request,
        "unanswered.html",
        questions=kept[:SHOWN],
        more=len(kept) - SHOWN,
        intents=office.release.intents,
        reasons=tuple(Why),
        wanted=wanted,
    )
