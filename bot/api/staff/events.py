"""Events and what the county decides: opened, drafted with a preview, signed by another."""

from collections.abc import Iterable
from typing import assert_never

from aiohttp import web

from bot.api.bodies import read_json
from bot.api.routes import STAFF_TOKEN, Routes, answer
from bot.api.staff.access import staff_of
from bot.api.staff.warning_wire import (
    BodyIn,
    DecisionKind,
    DecisionOut,
    DecisionsOut,
    EndIn,
    EventOut,
    EventsOut,
    LiftIn,
    NewDecision,
    NewEvent,
    NoticeIn,
    OrderIn,
    PreviewOut,
    ReachOut,
    ResponseIn,
    ReturnIn,
    SignatureIn,
    ToldOut,
)
from data.civic.errors import BadInput
from data.civic.ids import AreaCode, DecisionId, EventId, NoticeId, OrderId, ResponseId
from data.civic.people import Role
from data.civic.warning.decisions import (
    Body,
    Decision,
    EndNotice,
    IssueNotice,
    IssueOrder,
    LiftOrder,
    ReleaseReturn,
    SetResponse,
)
from data.civic.warning.events import Event
from data.civic.warning.orders import Tier
from handlers.acts import decide, open_event, read_events
from handlers.acts.read_events import Told

routes = Routes(key=STAFF_TOKEN)


@routes.on("GET /staff/events", summary="List events", answer=EventsOut)
async def events(request: web.Request) -> web.Response:
    """List the events of the own area."""
    staff, office = await staff_of(request)
    found = await read_events.events(office, staff)
    return answer(EventsOut(events=[_event(one) for one in found]))


@routes.on("POST /staff/events", summary="Open an event", body=NewEvent, answer=EventOut)
async def open_one(request: web.Request) -> web.Response:
    """Open an event; the chief alone does."""
    staff, office = await staff_of(request)
    staff.must(Role.CHIEF)
    said = await read_json(request, NewEvent)
    areas = _codes(said.areas)
    made = await open_event.open_event(office, staff, name=said.name, areas=areas, drill=said.drill)
    return answer(_event(made))


@routes.on("POST /staff/events/{event}/close", summary="Close an event", answer=EventOut)
async def close(request: web.Request) -> web.Response:
    """Close an event in which nothing is in force any more."""
    staff, office = await staff_of(request)
    return answer(_event(await open_event.close_event(office, staff, _event_id(request))))


@routes.on(
    "POST /staff/events/{event}/preview",
    summary="Preview a decision",
    body=NewDecision,
    answer=PreviewOut,
)
async def preview(request: web.Request) -> web.Response:
    """Tell what a decision would say and whom it would reach; nothing is kept."""
    staff, office = await staff_of(request)
    staff.must(*decide.WRITE)
    said = await read_json(request, NewDecision)
    one = await read_events.draft_of(
        office, staff, _event_id(request), body=_body(said.body), text=said.text
    )
    found = await read_events.told_of(office, staff, one)
    return answer(PreviewOut(told=[_told(each) for each in found]))


@routes.on(
    "POST /staff/events/{event}/decisions",
    summary="Draft a decision",
    body=NewDecision,
    answer=DecisionOut,
)
async def draft(request: web.Request) -> web.Response:
    """Keep a draft, signed by its author."""
    staff, office = await staff_of(request)
    staff.must(*decide.WRITE)
    said = await read_json(request, NewDecision)
    made = await decide.draft(
        office, staff, event=_event_id(request), body=_body(said.body), text=said.text
    )
    return answer(_decision(made))


@routes.on("GET /staff/decisions", summary="List what waits for signing", answer=DecisionsOut)
async def unsigned(request: web.Request) -> web.Response:
    """List drafts and open points, in earnest and of drills."""
    staff, office = await staff_of(request)
    found = [
        *await decide.unsigned(office, staff),
        *await decide.unsigned(office, staff, drill=True),
    ]
    return answer(DecisionsOut(decisions=[_decision(one) for one in found]))


@routes.on(
    "POST /staff/decisions/{decision}/sign",
    summary="Sign a decision",
    body=SignatureIn,
    answer=DecisionOut,
)
async def sign(request: web.Request) -> web.Response:
    """Sign as the second person; with a reason, as its author alone."""
    staff, office = await staff_of(request)
    staff.must(*decide.WRITE)
    said, id_ = await read_json(request, SignatureIn), _decision_id(request)
    if not said.override_reason:
        return answer(_decision(await decide.approve(office, staff, id_, digest=said.digest)))
    reason = said.override_reason
    done = await decide.override(office, staff, id_, digest=said.digest, reason=reason)
    return answer(_decision(done))


@routes.on("POST /staff/decisions/{decision}/discard", summary="Discard", answer=DecisionOut)
async def discard(request: web.Request) -> web.Response:
    """Throw a draft away."""
    staff, office = await staff_of(request)
    return answer(_decision(await decide.discard(office, staff, _decision_id(request))))


def _body(said: BodyIn) -> Body:
    match said:
        case ResponseIn():
            return _response(said)
        case OrderIn():
            return IssueOrder(
                tiers=tuple(
                    Tier(areas=_codes(one.areas), tags=frozenset(one.tags), deadline=one.deadline)
                    for one in said.tiers
                )
            )
        case LiftIn():
            return LiftOrder(order=OrderId(said.order), areas=_codes(said.areas))
        case ReturnIn():
            return ReleaseReturn(order=OrderId(said.order), villages=_codes(said.villages))
        case NoticeIn():
            return IssueNotice(
                areas=_codes(said.areas),
                title=said.title,
                expires_at=said.expires_at,
                corrects=NoticeId(said.corrects) if said.corrects else None,
            )
        case EndIn():
            return EndNotice(notice=NoticeId(said.notice))
        case _:
            assert_never(said)


def _response(said: ResponseIn) -> SetResponse:
    if bool(said.areas) is bool(said.response):
        raise BadInput("a new response needs areas, one that stands is named: give one of both")
    if said.level is None and not said.response:
        raise BadInput("name the response that ends")
    response = ResponseId(said.response) if said.response else None
    return SetResponse(areas=_codes(said.areas), response=response, level=said.level)


def _codes(areas: Iterable[str]) -> tuple[AreaCode, ...]:
    return tuple(AreaCode(one) for one in dict.fromkeys(areas))


def _event_id(request: web.Request) -> EventId:
    return EventId(request.match_info["event"])


def _decision_id(request: web.Request) -> DecisionId:
    return DecisionId(request.match_info["decision"])


def _event(one: Event) -> EventOut:
    return EventOut(
        id=one.id,
        name=one.name,
        drill=one.drill,
        areas=list(one.areas),
        opened_at=one.opened_at,
        closed_at=one.closed_at,
    )


def _told(one: Told) -> ToldOut:
    reach, words = one.reach, one.words
    return ToldOut(
        areas=list(one.areas),
        reach=ReachOut(
            people=reach.people,
            without_phone=reach.without_phone,
            without_worker=reach.without_worker,
            unsettled=reach.unsettled,
        )
        if reach
        else None,
        text=words.text,
        sms=words.sms,
        voice=words.voice,
        door=words.door,
        loudspeaker=words.loudspeaker,
    )


def _decision(one: Decision) -> DecisionOut:
    return DecisionOut(
        id=one.id,
        event=one.event,
        kind=_kind(one.body),
        text=one.text,
        digest=one.digest,
        state=one.state,
        open_point=one.open_point,
        author=one.author.by,
        approver=one.approver.by if one.approver else None,
        issued_at=one.issued_at,
        problem=one.problem,
    )


def _kind(body: Body) -> DecisionKind:
    match body:
        case SetResponse():
            return "response"
        case IssueOrder():
            return "order"
        case LiftOrder():
            return "lift"
        case ReleaseReturn():
            return "return"
        case IssueNotice():
            return "notice"
        case EndNotice():
            return "end"
        case _:
            assert_never(body)
