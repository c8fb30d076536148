"""What the county decides: written by one with a preview of its reach, signed by another."""

from collections import defaultdict

from aiohttp import web

from bot.console.forms import fields, once
from bot.console.routes import Pages, Visitor
from bot.console.sent import pairs
from bot.console.show import page, see_other
from bot.console.warnings.bodies import TIERS, Form, body_in, codes_in, what_in
from bot.console.warnings.villages import by_town, offered, with_villages
from bot.doors import HOUSE
from data.civic.errors import BadInput, Conflict, NotFound
from data.civic.ids import AreaCode, DecisionId, EventId
from data.civic.people import Role
from data.civic.risks import RiskTag
from data.civic.warning.decisions import ReleaseReturn, areas_of
from data.civic.warning.events import Event
from data.civic.warning.responses import Level
from data.civic.warning.returns import ReturnState
from handlers.acts import decide, read_events
from handlers.acts.decide import LONGEST_TEXT
from handlers.acts.read_conversation import names_of
from handlers.acts.read_events import READ, Story, Told

pages = Pages()


@pages.on("GET /events/{event}/draft", *decide.WRITE)
async def write(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show the form of a decision."""
    form = {name: [text] for name, text in request.query.items()}
    return await _form(request, visitor, form)


@pages.on("POST /events/{event}/preview", *decide.WRITE)
async def preview(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show what people would get and how many they are; nothing is kept."""
    return await _form(request, visitor, await _sent(request), tried=True)


@pages.on("POST /events/{event}/villages", *decide.WRITE)
async def list_villages(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show the form with the villages of the towns that were picked; nothing is kept."""
    return await _form(request, visitor, await _sent(request))


@pages.on("POST /events/{event}/draft", *decide.WRITE)
async def draft(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Keep a draft, signed by its author; another person has to sign it."""
    office, form, id_ = request.app[HOUSE].office(), await _sent(request), _event(request)
    try:
        async with once(request, visitor, await fields(request)) as first:
            if not first:
                return see_other(f"/events/{id_}")
            body = body_in(what_in(_one(form, "what")), form)
            text = _one(form, "text").replace("\r\n", "\n")
            made = await decide.draft(office, visitor.staff, event=id_, body=body, text=text)
    except (BadInput, Conflict, NotFound):
        return await _form(request, visitor, form, tried=True)
    return see_other(f"/decisions/{made.id}?notice=drafted")


@pages.on("GET /decisions/{decision}", *READ)
async def decision(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show a decision: its words, whom it reaches, who signed; and what is left to sign."""
    return await _decision(request, visitor, notice=request.query.get("notice", ""))


@pages.on("POST /decisions/{decision}/approve", Role.CHIEF)
async def approve(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Sign as the second person."""
    office, form, id_ = request.app[HOUSE].office(), await fields(request), _named(request)
    try:
        await decide.approve(office, visitor.staff, id_, digest=form.get("digest", ""))
    except Conflict:
        return await _late(request, visitor)
    return see_other(f"/decisions/{id_}?notice=signed")


@pages.on("POST /decisions/{decision}/override", Role.CHIEF)
async def override(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Issue one's own decision at once; another chief signs it afterwards."""
    office, form, id_ = request.app[HOUSE].office(), await fields(request), _named(request)
    reason, digest = form.get("reason", "")[:200], form.get("digest", "")
    try:
        await decide.override(office, visitor.staff, id_, digest=digest, reason=reason)
    except BadInput:
        return see_other(f"/decisions/{id_}?notice=reason")
    except Conflict:
        return await _late(request, visitor)
    return see_other(f"/decisions/{id_}?notice=signed")


@pages.on("POST /decisions/{decision}/discard", *decide.WRITE)
async def discard(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Throw a draft away."""
    office, id_ = request.app[HOUSE].office(), _named(request)
    try:
        thrown = await decide.discard(office, visitor.staff, id_)
    except Conflict:
        return see_other(f"/decisions/{id_}?notice=late")
    return see_other(f"/events/{thrown.event}?notice=discarded")


async def _late(request: web.Request, visitor: Visitor) -> web.Response:
    """Lead back: not signed; or, as the page itself says, signed and without effect."""
    office, id_ = request.app[HOUSE].office(), _named(request)
    one, _ = await read_events.decision(office, visitor.staff, id_)
    return see_other(f"/decisions/{id_}" + ("" if one.problem else "?notice=late"))


async def _decision(request: web.Request, visitor: Visitor, *, notice: str) -> web.Response:
    office, staff = request.app[HOUSE].office(), visitor.staff
    one, event = await read_events.decision(office, staff, _named(request))
    areas = areas_of(one.body) or event.areas
    may_sign = all(staff.may(Role.CHIEF, area=area) for area in areas)
    try:
        told = await read_events.told_of(office, staff, one)
    except (Conflict, NotFound):
        told = ()
    villages = one.body.villages if isinstance(one.body, ReleaseReturn) else ()
    waits = one.state == "draft" or bool(one.problem)
    signed = (one.author, one.approver, one.override)
    return page(
        request,
        "warnings/decision.html",
        decision=one,
        event=event,
        told=told,
        held=await read_events.held_back(
            office, staff, villages if waits else (), drill=event.drill
        ),
        names=await names_of(office, [each.by for each in signed if each]),
        may_sign=may_sign and one.unsigned and one.author.by != staff.id,
        may_override=may_sign and one.state == "draft" and one.author.by == staff.id,
        may_discard=one.state == "draft",
        notice=notice,
    )


async def _form(
    request: web.Request, visitor: Visitor, form: Form, *, tried: bool = False
) -> web.Response:
    office, staff = request.app[HOUSE].office(), visitor.staff
    what = what_in(_one(form, "what"))
    story = await read_events.story(office, staff, _event(request))
    places, names = office.release.places, ("area", *(f"area-{n}" for n in range(1, TIERS + 1)))
    told, wrong = await _tried(request, visitor, form, story.event) if tried else ((), "")
    villages = codes_in(form, "village") if what == "return" else ()
    return page(
        request,
        "warnings/draft.html",
        what=what,
        story=story,
        form=form,
        tried=tried and not wrong,
        told=told,
        wrong=wrong,
        held=await read_events.held_back(office, staff, villages, drill=story.event.drill),
        levels=tuple(Level),
        risks=tuple(RiskTag),
        tiers=range(1, TIERS + 1),
        towns=[one for one in places.towns() if story.event.encloses([one.code])],
        listed=with_villages(places, story.event),
        offered={name: offered(places, story.event, form, name) for name in names},
        returns=by_town(places, _checked(story, _one(form, "order"))),
        longest=LONGEST_TEXT,
    )


def _checked(story: Story, order: str) -> list[AreaCode]:
    """List the villages of an order whose houses were checked."""
    return [
        one.village
        for one in story.returns
        if one.order == order and one.state is ReturnState.CHECKED
    ]


async def _tried(
    request: web.Request, visitor: Visitor, form: Form, event: Event
) -> tuple[tuple[Told, ...], str]:
    """Try a form out: what it would tell, or why it makes no decision, as a word for the page."""
    office, staff = request.app[HOUSE].office(), visitor.staff
    text = _one(form, "text").replace("\r\n", "\n")
    if not text.strip() or len(text) > LONGEST_TEXT:
        return (), "text"
    try:
        body = body_in(what_in(_one(form, "what")), form)
        made = await read_events.draft_of(office, staff, event.id, body=body, text=text)
        told = await read_events.told_of(office, staff, made)
    except BadInput:
        return (), "fields"
    except (Conflict, NotFound):
        return (), "late"
    return (told, "") if event.encloses(areas_of(body)) else ((), "outside")


async def _sent(request: web.Request) -> Form:
    form: dict[str, list[str]] = defaultdict(list)
    for name, text in await pairs(request):
        form[name].append(text)
    return dict(form)


def _one(form: Form, name: str) -> str:
    return next(iter(form.get(name, ())), "")


def _event(request: web.Request) -> EventId:
    return EventId(request.match_info["event"])


def _named(request: web.Request) -> DecisionId:
    return DecisionId(request.match_info["decision"])
