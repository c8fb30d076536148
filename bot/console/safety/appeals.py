"""Appeals against the colour of a code: what waits, and the answer of another officer."""

from aiohttp import web

from bot.console.forms import fields, once
from bot.console.routes import Pages, Visitor
from bot.console.show import page, see_other
from bot.doors import HOUSE
from data.civic.errors import BadInput, Conflict
from data.civic.ids import AppealId
from data.civic.safety.appeals import LONGEST, Outcome
from handlers.acts import appeal
from handlers.acts.appeal import ANSWER

pages = Pages()


@pages.on("GET /appeals", *ANSWER)
async def waiting(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """List the appeals that nobody has answered, oldest first."""
    found = await appeal.waiting(request.app[HOUSE].office(), visitor.staff)
    return page(
        request,
        "safety/appeals.html",
        appeals=found,
        outcomes=tuple(Outcome),
        longest=LONGEST,
        notice=request.query.get("notice", ""),
    )


@pages.on("POST /appeals/{appeal}/answer", *ANSWER)
async def answer(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Answer an appeal; the citizen reads these words."""
    form, office = await fields(request), request.app[HOUSE].office()
    try:
        async with once(request, visitor, form) as first:
            if first:
                await appeal.answer(
                    office,
                    visitor.staff,
                    AppealId(request.match_info["appeal"]),
                    Outcome(form.get("outcome", "")),
                    form.get("words", ""),
                )
    except (BadInput, ValueError):
        return see_other("/appeals?notice=unfit")
    except Conflict:
        return see_other("/appeals?notice=conflict")
    return see_other("/appeals?notice=answered")
