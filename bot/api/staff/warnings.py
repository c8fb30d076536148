"""Warnings: what is in force, the feeds, and messages that wait for a person."""

from aiohttp import web

from bot.api.bodies import read_json
from bot.api.routes import STAFF_TOKEN, Routes, answer
from bot.api.staff.access import staff_of
from bot.api.staff.warning_wire import (
    ArrivalOut,
    ArrivalsOut,
    FeedOut,
    FeedsOut,
    HoldDecision,
    InForceOut,
    SignalOut,
    SilenceOut,
    TownOut,
)
from data.civic.ids import AreaCode, ArrivalId
from data.civic.warning.arrivals import Arrival
from data.civic.warning.verdicts import Verdict
from handlers.acts import held_messages, read_warnings
from handlers.acts.in_force import SignalHere
from handlers.acts.read_warnings import READ, Overview
from handlers.office import Office

routes = Routes(key=STAFF_TOKEN)


@routes.on("GET /staff/warnings", summary="Tell what is in force", answer=InForceOut)
async def in_force(request: web.Request) -> web.Response:
    """Tell what is in force in the own area, town by town."""
    staff, office = await staff_of(request)
    return answer(_in_force(office, await read_warnings.overview(office, staff)))


@routes.on("GET /staff/feeds", summary="Tell whether the feeds are heard", answer=FeedsOut)
async def feeds(request: web.Request) -> web.Response:
    """List the feeds of the own area with when each was heard."""
    staff, office = await staff_of(request)
    found = await read_warnings.overview(office, staff)
    now = office.clock.now()
    return answer(
        FeedsOut(
            feeds=[
                FeedOut(
                    id=one.feed.id,
                    area=one.feed.area,
                    silent=one.silent(now),
                    last_heard=one.last_heard,
                    heartbeat_s=int(one.feed.heartbeat.total_seconds()),
                )
                for one in found.feeds
            ]
        )
    )


@routes.on("GET /staff/messages", summary="List held and refused messages", answer=ArrivalsOut)
async def messages(request: web.Request) -> web.Response:
    """List the messages that are held, and those that were refused."""
    staff, office = await staff_of(request)
    found = await read_warnings.unsettled(office, staff)
    return answer(
        ArrivalsOut(
            held=[_arrival(one) for one in found.held],
            refused=[_arrival(one) for one in found.refused],
        )
    )


@routes.on(
    "POST /staff/messages/decide",
    summary="Relay or reject a held message",
    body=HoldDecision,
    answer=ArrivalOut,
)
async def decide(request: web.Request) -> web.Response:
    """Decide over a held message; nobody edits it."""
    staff, office = await staff_of(request)
    staff.must(*READ)
    said = await read_json(request, HoldDecision)
    id_ = ArrivalId(said.message)
    if not said.relay:
        return answer(_arrival(await held_messages.reject(office, staff, id_)))
    areas = [AreaCode(one) for one in said.areas]
    return answer(_arrival(await held_messages.confirm(office, staff, id_, areas=areas)))


def _in_force(office: Office, found: Overview) -> InForceOut:
    here, places = found.in_force, office.release.places
    silence = here.silence
    return InForceOut(
        area=here.area,
        at=here.at,
        quiet=here.quiet,
        silence=SilenceOut(feeds=list(silence.feeds), last_heard=silence.last_heard)
        if silence
        else None,
        unsettled=here.unsettled,
        signals=[_signal(one) for one in here.signals],
        coming=[_signal(one) for one in here.coming],
        expired=[_signal(one) for one in here.expired],
        towns=[
            TownOut(
                area=town,
                name=places.full_name(town),
                colour=signals[0].colour if signals else None,
            )
            for town, signals in found.by_town.items()
        ],
        responses=[one.id for one in here.responses],
        orders=[one.id for one in here.orders],
        returns=[one.village for one in here.returns],
        notices=[one.id for one in here.notices],
    )


def _signal(one: SignalHere) -> SignalOut:
    return SignalOut(
        id=one.signal.id,
        colour=one.colour,
        issuer=one.message.sender,
        sent=one.message.sent,
        effective=one.message.effective,
        expires=one.message.expires,
        headline=one.message.headline,
        description=one.message.description,
        instruction=one.message.instruction,
        areas=sorted(one.signal.named),
    )


def _arrival(one: Arrival) -> ArrivalOut:
    judgement = one.judgement
    return ArrivalOut(
        id=one.id,
        feed=one.feed,
        received_at=one.received_at,
        headline=one.message.headline if one.message else "",
        verdict=judgement.verdict if judgement else Verdict.HELD,
        reason=judgement.reason if judgement else None,
        detail=judgement.detail if judgement else "",
        areas=list(one.areas),
    )
