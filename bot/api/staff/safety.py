"""Who has left, who is marked, who appeals; colours for those alone who bring people to safety."""

from collections.abc import Sequence

from aiohttp import web

from bot.api.bodies import read_json, read_query
from bot.api.routes import STAFF_TOKEN, Routes, answer
from bot.api.staff.access import staff_of
from bot.api.staff.safety_wire import (
    AppealAnswered,
    AppealAnswerIn,
    AppealOut,
    AppealsOut,
    AreaQuery,
    ChangesOut,
    ColourOut,
    ColourWanted,
    DayQuery,
    GapOut,
    GapsOut,
    GapsWanted,
    MarkIn,
    MarkOut,
    MovedBoardOut,
    MovedOut,
    MoveIn,
    MoveOut,
    MovesIn,
    MovesOut,
)
from data.civic.errors import BadInput, Conflict, NotFound, Refused
from data.civic.ids import AppealId, AreaCode, EventId, GridId, PersonId, StepId
from data.civic.people import Role, Staff
from handlers.acts import appeal, manual_changes, mark_person, move_person, my_colour
from handlers.acts import whereabouts_board as board
from handlers.acts.grid_duty import REPORT
from handlers.acts.move_person import Report
from handlers.acts.uninformed import COUNTS
from handlers.acts.whereabouts_board import Named
from handlers.office import Office

routes = Routes(key=STAFF_TOKEN)


@routes.on(
    "GET /staff/events/{event}/whereabouts",
    summary="Count who has left",
    query=AreaQuery,
    answer=MovedBoardOut,
)
async def counts(request: web.Request) -> web.Response:
    """Count moved and listed, village by village; nobody is named."""
    staff, office = await staff_of(request)
    staff.must(*COUNTS)
    asked = read_query(request, AreaQuery)
    area = AreaCode(asked.area) if asked.area else None
    found = await board.board(office, staff, _event(request), area=area)
    lines = [
        MovedOut(
            village=one.village,
            listed=one.listed,
            moved=one.moved,
            not_moved=one.not_moved,
            not_listed=one.not_listed,
            overdue=one.overdue,
            staying=one.staying,
            stages={stage.value: count for stage, count in one.stages.items()},
        )
        for one in found
    ]
    return answer(MovedBoardOut(lines=lines))


@routes.on(
    "POST /staff/events/{event}/whereabouts/names",
    summary="Name who has not left",
    body=GapsWanted,
    answer=GapsOut,
)
async def names(request: web.Request) -> web.Response:
    """Name who has not left, and who left without an order; the look is noted."""
    staff, office = await staff_of(request)
    staff.must(*REPORT)
    wanted = await read_json(request, GapsWanted)
    found = await board.names(
        office,
        staff,
        _event(request),
        village=AreaCode(wanted.village),
        grid=GridId(wanted.grid) if wanted.grid else None,
        purpose=wanted.purpose,
    )
    return answer(
        GapsOut(
            not_moved=_gaps(found.not_moved),
            not_listed=_gaps(found.not_listed),
            staying=_gaps(found.staying),
        )
    )


@routes.on(
    "POST /staff/events/{event}/whereabouts",
    summary="Record where people are",
    body=MovesIn,
    answer=MovesOut,
)
async def moves(request: web.Request) -> web.Response:
    """Take steps, each for itself: one that is refused stands in no other's way. Idempotent."""
    staff, office = await staff_of(request)
    staff.must(*REPORT, Role.SHELTER)
    said, event = await read_json(request, MovesIn), _event(request)
    done = [await _moved(office, staff, event, one, said.purpose) for one in said.moves]
    return answer(MovesOut(moves=done))


@routes.on(
    "POST /staff/events/{event}/colour",
    summary="See the colour of somebody whom one brings to safety",
    body=ColourWanted,
    answer=ColourOut,
)
async def colour(request: web.Request) -> web.Response:
    """Tell a colour and why to the person's own worker or shelter; the person sees the look."""
    staff, office = await staff_of(request)
    staff.must(Role.GRID, Role.SHELTER)
    wanted = await read_json(request, ColourWanted)
    found = await my_colour.of_person(
        office, staff, PersonId(wanted.person), event=_event(request), purpose=wanted.purpose
    )
    one = found.colouring
    return answer(
        ColourOut(
            person=wanted.person,
            colour=one.colour,
            moved=one.moved,
            silent=one.silent,
            unsettled=one.unsettled,
            reason=one.reason,
            since=found.since,
            deadline=one.facts.deadline,
            rules=one.rules,
            inputs=one.inputs,
        )
    )


@routes.on(
    "POST /staff/events/{event}/marks",
    summary="Mark somebody of the own grid who needs help",
    body=MarkIn,
    answer=MarkOut,
)
async def mark(request: web.Request) -> web.Response:
    """Mark one person towards more help; there is no call the other way. Idempotent."""
    staff, office = await staff_of(request)
    staff.must(Role.GRID)
    said = await read_json(request, MarkIn)
    made = await mark_person.mark(
        office,
        staff,
        PersonId(said.person),
        event=_event(request),
        kind=said.kind,
        purpose=said.purpose,
    )
    return answer(MarkOut(person=said.person, kind=made.kind, at=made.at))


@routes.on("GET /staff/appeals", summary="List appeals that wait", answer=AppealsOut)
async def appeals(request: web.Request) -> web.Response:
    """List the appeals of the own area that nobody has answered."""
    staff, office = await staff_of(request)
    waiting = [
        AppealOut(
            id=one.id,
            person=one.person,
            village=one.village,
            colour=one.shown.colour,
            reason=one.shown.reason,
            words=one.words,
            at=one.at,
        )
        for one in await appeal.waiting(office, staff)
    ]
    return answer(AppealsOut(appeals=waiting))


@routes.on(
    "POST /staff/appeals/{appeal}/answer",
    summary="Answer an appeal",
    body=AppealAnswerIn,
    answer=AppealAnswered,
)
async def answer_appeal(request: web.Request) -> web.Response:
    """Answer an appeal as an officer whom it is not about. Idempotent."""
    staff, office = await staff_of(request)
    staff.must(*appeal.ANSWER)
    said, which = await read_json(request, AppealAnswerIn), request.match_info["appeal"]
    await appeal.answer(office, staff, AppealId(which), said.outcome, said.words)
    return answer(AppealAnswered(id=which, outcome=said.outcome))


@routes.on(
    "GET /staff/manual-changes",
    summary="Count what was changed by hand on a day",
    query=DayQuery,
    answer=ChangesOut,
)
async def changes(request: web.Request) -> web.Response:
    """Count the marks, lists and appeals of a day; the look is noted."""
    staff, office = await staff_of(request)
    staff.must(*manual_changes.READ)
    day = read_query(request, DayQuery).day
    found = await manual_changes.of_day(office, staff, day)
    return answer(
        ChangesOut(
            day=day,
            marks=len(found.marks),
            lists=len(found.lists),
            appeals=len(found.appeals),
            by_officer={str(who): count for who, count in found.by_officer.items()},
        )
    )


async def _moved(
    office: Office, staff: Staff, event: EventId, one: MoveIn, purpose: str
) -> MoveOut:
    try:
        report = Report(
            id=StepId(f"{staff.id}/{one.id}"),
            event=event,
            person=PersonId(one.person),
            stage=one.stage,
            at=one.at,
            village=AreaCode(one.village) if one.village else None,
            helper=one.helper,
        )
        standing = await move_person.by_staff(office, staff, report, purpose=purpose)
    except (BadInput, Conflict, NotFound, Refused) as error:
        return MoveOut(person=one.person, stage=None, error=str(error))
    return MoveOut(person=one.person, stage=standing.stage, error="")


def _gaps(people: Sequence[Named]) -> list[GapOut]:
    return [
        GapOut(
            person=one.person.id,
            name=one.person.name,
            phone=one.person.phone,
            address=one.household.address if one.household else "",
            mobility=one.person.mobility,
            stage=one.standing.stage,
            by=one.standing.last.by if one.standing.last else None,
            at=one.standing.last.at if one.standing.last else None,
            stays=one.standing.village,
            deadline=one.deadline,
            overdue=one.overdue,
        )
        for one in people
    ]


def _event(request: web.Request) -> EventId:
    return EventId(request.match_info["event"])
