"""Warnings that were sent to a citizen's family: list them, confirm them, say that one is safe."""

from datetime import datetime
from typing import Annotated, Literal

from aiohttp import web
from pydantic import Field

from bot.api.bodies import read_json
from bot.api.citizen.sessions import session_of
from bot.api.routes import Routes, answer
from bot.api.wire import Wire
from bot.doors import HOUSE
from data.civic.errors import NotFound, Refused
from data.civic.ids import PersonId
from data.civic.knowing.releases import Release
from data.civic.safety.rosters import MOST_IDS
from data.civic.sending.informing import InformingKind
from data.civic.sending.rows import Said
from handlers import relations
from handlers.acts import answer_by_page
from handlers.acts.answer_by_page import Asked
from handlers.acts.answer_warning import Answered
from handlers.received import words_for
from handlers.wording import say

routes = Routes()

Warned = Annotated[int, Field(gt=0, lt=1 << 23)]
Somebody = Annotated[int, Field(gt=0, lt=MOST_IDS)]


class WarningAnswer(Wire):
    """What is answered to which warning; the same again changes nothing."""

    warning: Warned
    said: Literal["received", "safe", "stays"]
    """`stays`: will not leave; a grid worker comes."""
    person: Somebody | None = None
    """For whom, with the household; without it for who is registered in this session."""


class VisitOut(Wire):
    """Who comes to the door."""

    name: str
    phone: str


class WarningAnswered(Wire):
    """How it stands after an answer; `first`: this answer is the one that counts."""

    warning: int
    first: bool
    said: Said
    at: datetime
    visit: VisitOut | None
    text: str
    plain: str
    speech: str


class PersonAsked(Wire):
    """Somebody of the family, and the answer that stands, if any."""

    person: int
    name: str
    said: Said | None
    at: datetime | None


class WarningSent(Wire):
    """A warning and who of the family is informed of it."""

    warning: int
    kind: InformingKind
    drill: bool
    text: str
    at: datetime
    people: list[PersonAsked]


class WarningsSent(Wire):
    """Newest first."""

    warnings: list[WarningSent]


@routes.on(
    "GET /confirmations",
    summary="List the warnings sent to my family, and who has answered",
    answer=WarningsSent,
)
async def sent(request: web.Request) -> web.Response:
    """List what the people registered in this session are being informed of."""
    session = await session_of(request)
    office = request.app[HOUSE].office()
    found = await answer_by_page.asked(office, session.key.id)
    numbers = dict.fromkeys(one.informing.id for one in found)
    alike = [[one for one in found if one.informing.id == number] for number in numbers]
    return answer(WarningsSent(warnings=[_sent(some) for some in alike]))


@routes.on(
    "POST /confirmations",
    summary="Confirm a warning, or say that the household is safe or stays",
    body=WarningAnswer,
    answer=WarningAnswered,
)
async def said(request: web.Request) -> web.Response:
    """Write an answer for a household; answered when it is durable. Idempotent."""
    session = await session_of(request)
    told = await read_json(request, WarningAnswer)
    office = request.app[HOUSE].office()
    try:
        done = await answer_by_page.answer(
            office,
            session.key.id,
            informing=told.warning,
            said=Said(told.said),
            person=PersonId(told.person) if told.person else None,
        )
    except (NotFound, Refused) as error:  # which of both is nobody's business
        words = say(office.release, "answer_none", hotline=office.release.rules.hotline)
        raise NotFound(words.full) from error
    return answer(_answered(office.release, Said(told.said), done))


def _answered(release: Release, said: Said, done: Answered) -> WarningAnswered:
    words, confirmed = words_for(release, said, done), done.confirmed
    worker = confirmed.visit_by
    return WarningAnswered(
        warning=done.informing.id,
        first=confirmed.first,
        said=confirmed.confirmation.said,
        at=confirmed.confirmation.at,
        visit=VisitOut(name=worker.name, phone=worker.phone) if worker else None,
        text=words.full,
        plain=words.plain,
        speech=words.spoken,
    )


def _sent(some: list[Asked]) -> WarningSent:
    informing = some[0].informing
    return WarningSent(
        warning=informing.id,
        kind=informing.kind,
        drill=informing.drill,
        text=informing.words.text,
        at=informing.created_at,
        people=[_person(one) for one in some],
    )


def _person(one: Asked) -> PersonAsked:
    stands = one.row.confirmation
    return PersonAsked(
        person=one.person.id,
        name=relations.masked(one.person.name),
        said=stands.said if stands else None,
        at=stands.at if stands else None,
    )
