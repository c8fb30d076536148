"""Who waits for a human, and what was not answered well."""

from aiohttp import web

from bot.api.routes import STAFF_TOKEN, Routes, answer
from bot.api.staff.access import staff_of
from bot.api.staff.wire import UnansweredListOut, UnansweredOut, WaitingListOut, WaitingOut
from data.civic.talk.conversations import Conversation
from data.civic.talk.unanswered import UnansweredQuestion
from handlers.acts import read_unanswered, serve_citizen
from handlers.office import Office

routes = Routes(key=STAFF_TOKEN)


@routes.on("GET /staff/waiting", summary="List who waits for a human", answer=WaitingListOut)
async def waiting(request: web.Request) -> web.Response:
    """List the citizens of the own area who wait for a human or are served by one."""
    staff, office = await staff_of(request)
    found = await serve_citizen.waiting(office, staff)
    return answer(WaitingListOut(waiting=[_waits(office, one) for one in found]))


@routes.on("GET /staff/unanswered", summary="List what was not answered", answer=UnansweredListOut)
async def unanswered(request: web.Request) -> web.Response:
    """List the questions of the own area that were not answered well."""
    staff, office = await staff_of(request)
    found = await read_unanswered.unanswered(office, staff)
    return answer(UnansweredListOut(unanswered=[_question(office, one) for one in found]))


def _waits(office: Office, one: Conversation) -> WaitingOut:
    area = serve_citizen.area_of(office, one)
    return WaitingOut(
        conversation=one.key.id,
        channel=one.key.channel,
        area=area,
        area_name=office.release.places.full_name(area),
        attention=one.attention,
        since=one.attention_since,
        claimed_by=one.claimed_by,
        last_question=one.last_question,
    )


def _question(office: Office, one: UnansweredQuestion) -> UnansweredOut:
    return UnansweredOut(
        text=one.text,
        guess=one.guess,
        confidence=one.confidence,
        why=one.why,
        area=one.area,
        area_name=office.release.places.full_name(one.area),
        at=one.at,
    )
