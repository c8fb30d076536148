"""Appeals against the colour of a code: what waits, and the answer of another officer."""

from collections.abc import Mapping

from aiohttp import web

from bot.console.forms import Form, done_once
from bot.console.routes import Pages, Visitor
from bot.console.show import page
from bot.doors import HOUSE
from data.civic.ids import AppealId
from data.civic.people import Staff
from data.civic.safety.appeals import LONGEST, Outcome
from handlers.acts import appeal
from handlers.acts.appeal import ANSWER
from handlers.office import Office

pages = Pages()


@pages.on("GET /appeals", *ANSWER)
async def waiting(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """List the appeals that nobody has answered, oldest first."""
    return await _page(request, visitor, request.query.get("notice", ""))


@pages.on("POST /appeals/{appeal}/answer", *ANSWER)
async def answer(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Answer an appeal; the citizen reads these words."""
    id_ = AppealId(request.match_info["appeal"])

    async def deed(office: Office, staff: Staff, form: Form) -> object:
        outcome, words = Outcome(form.get("outcome", "")), form.get("words", "")
        return await appeal.answer(office, staff, id_, outcome, words)

    async def again(notice: str, form: Form) -> web.Response:
        return await _page(request, visitor, notice, {id_: form})

    return await done_once(request, visitor, deed, back="/appeals", done="answered", again=again)


async def _page(
    request: web.Request,
    visitor: Visitor,
    notice: str,
    typed: Mapping[AppealId, Form] | None = None,
) -> web.Response:
    return page(
        request,
        "safety/appeals.html",
        appeals=await appeal.waiting(request.app[HOUSE].office(), visitor.staff),
        outcomes=tuple(Outcome),
        longest=LONGEST,
        typed=typed or {},
        notice=notice,
    )
