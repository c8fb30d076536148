"""What the loudspeakers of villages have to say, and who has read it out when."""

from aiohttp import web

from bot.console.forms import fields
from bot.console.routes import Pages, Visitor
from bot.console.show import page, see_other
from bot.console.warnings.informings import number_in
from bot.doors import HOUSE
from data.civic.errors import NotFound
from data.civic.ids import AreaCode
from handlers.acts import announce
from handlers.acts.grid_duty import REPORT

pages = Pages()


@pages.on("GET /informings/{informing}/announcements", *REPORT)
async def announcements(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """List what the villages of the own area have to read out."""
    office = request.app[HOUSE].office()
    found = await announce.listed(office, visitor.staff, number_in(request))
    notice = request.query.get("notice", "")
    return page(request, "warnings/announcements.html", told=found, notice=notice)


@pages.on("POST /informings/{informing}/announcements", *REPORT)
async def read_out(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Note that one was read out."""
    office, form, number = request.app[HOUSE].office(), await fields(request), number_in(request)
    address = f"/informings/{number}/announcements"
    try:
        await announce.read_out(office, visitor.staff, number, AreaCode(form.get("village", "")))
    except NotFound:
        return see_other(f"{address}?notice=gone")
    return see_other(f"{address}?notice=noted")
