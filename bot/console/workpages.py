"""How far a draft is on its way to the citizens: a part of its page that keeps itself fresh."""

from aiohttp import web

from bot.console.drafts import draft_named
from bot.console.routes import Pages, Visitor
from bot.console.show import page, see_other
from bot.doors import HOUSE, WORKSHOP
from handlers.acts import drafts
from handlers.acts.drafts import READ

pages = Pages()


@pages.on("GET /drafts/{draft}/progress", *READ)
async def progress(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show how far publishing or preparing is; without a script the draft's page tells it."""
    office = request.app[HOUSE].office()
    draft = await drafts.find(office, visitor.staff, draft_named(request))
    if "HX-Request" not in request.headers:
        return see_other(f"/drafts/{draft.id}")
    making = request.app[WORKSHOP].progress(draft)
    shown = page(request, "progress.html", draft=draft, making=making)
    if request.query.get("was", draft.state) != draft.state:
        shown.headers["HX-Refresh"] = "true"  # the buttons around it are others now
    return shown
