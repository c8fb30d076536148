"""The citizen's applications: look one up, list those looked up before."""

from aiohttp import web

from bot.api.bodies import read_json
from bot.api.citizen.sessions import session_of
from bot.api.routes import Routes, answer
from bot.api.wire import CaseLookUp, CaseOut, CasesOut
from bot.doors import HOUSE
from data.civic.errors import NotFound
from data.civic.knowing.cases import Case
from data.civic.knowing.releases import Release
from handlers.acts.look_up_case import look_up
from handlers.case_words import in_words
from handlers.wording import say

MOST = 20

routes = Routes()


@routes.on("POST /cases/lookup", summary="Look up an application", body=CaseLookUp, answer=CaseOut)
async def find(request: web.Request) -> web.Response:
    """Tell the state; a wrong pair and an unknown number are the same 404."""
    session = await session_of(request)
    wanted = await read_json(request, CaseLookUp)
    office = request.app[HOUSE].office()
    case = await look_up(office, session.key, number=wanted.number, last_four=wanted.last_four)
    if case is None:
        words = say(office.release, "case_unknown", hotline=office.release.rules.hotline)
        raise NotFound(words.full)
    return answer(_out(office.release, case))


@routes.on("GET /cases", summary="List my applications", answer=CasesOut)
async def mine(request: web.Request) -> web.Response:
    """List the applications that this citizen has looked up rightly before."""
    session = await session_of(request)
    house = request.app[HOUSE]
    found = await house.stores.cases.of(session.key.id, MOST)
    return answer(CasesOut(cases=[_out(house.office().release, one) for one in found]))


def _out(release: Release, case: Case) -> CaseOut:
    return CaseOut(
        number=case.number,
        title=case.title,
        state=case.state,
        words=in_words(release, case).full,
        changed_at=case.changed_at,
        due_on=case.due_on.isoformat() if case.due_on else None,
    )
