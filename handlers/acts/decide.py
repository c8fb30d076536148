"""Decide: one person writes and signs, a different one approves; then it is carried out.

拟稿 → 签发. For the response level, transfer orders, returns and local notices alike.
"""

from collections.abc import Sequence
from dataclasses import replace

from data.civic.errors import BadInput, Conflict, NotFound
from data.civic.ids import AreaCode, DecisionId, EventId
from data.civic.people import Role, Staff
from data.civic.warning import decisions, drills, events
from data.civic.warning.decisions import (
    Body,
    Decision,
    DecisionState,
    IssueNotice,
    areas_of,
    author_signature,
)
from data.civic.warning.events import Event
from handlers.acts.carry_out import carry_out
from handlers.acts.decision_effects import effect_of
from handlers.acts.note import note
from handlers.office import Office

MOST = 500
LONGEST_TEXT = 2_000
WRITE = (Role.DUTY, Role.CHIEF)


async def draft(office: Office, staff: Staff, *, event: EventId, body: Body, text: str) -> Decision:
    """Write a decision and sign it as its author; in a drill the mark is put before its words.

    Raises:
        Refused: the role is not held, or an area is another's.
        NotFound: there is no such event, or nothing of what it would change.
        BadInput: it has no text, names areas outside the event or that are not there, or a moment
            that has passed or lies too far off.
        Conflict: the event is closed, or what it would change does not allow it.
    """
    staff.must(*WRITE)
    found = events.still_open(await _event(office, event))
    if isinstance(body, IssueNotice):
        body = replace(body, title=drills.marked(event, body.title.strip()))
    _check(found, body, text)
    decisions.must_lie_ahead(body, office.clock.now())
    decisions.must_be_known(body, office.release.places.areas)
    decision = _written(office, staff, found, body, drills.marked(event, text.strip()))
    _within(staff, found, decision)
    await effect_of(office, decision)
    await office.stores.decisions.add(decision)
    await note(office, staff.id, "decision.draft", decision.id)
    return decision


async def approve(office: Office, staff: Staff, id_: DecisionId, *, digest: str) -> Decision:
    """Sign as the different person; `digest` is that of the words which were shown.

    The second signature issues and carries out a draft, and closes the open point of an override.

    Raises:
        Refused: only the chief does, in the own area.
        NotFound: there is no such decision.
        Conflict: one's own, other words than shown, signed already, or not possible any more.
    """
    found = await _mine(office, staff, id_, Role.CHIEF)
    signed = decisions.approve(found, staff.id, office.clock.now(), digest=digest)
    return await _issued(office, staff, found, signed, "decision.approve")


async def override(
    office: Office, staff: Staff, id_: DecisionId, *, digest: str, reason: str
) -> Decision:
    """Issue one's own decision alone, at once; another chief has to sign it afterwards.

    Raises:
        Refused, NotFound, Conflict: as `approve`.
        BadInput: there is no reason.
    """
    found = await _mine(office, staff, id_, Role.CHIEF)
    now = office.clock.now()
    signed = decisions.override(found, staff.id, now, digest=digest, reason=reason)
    return await _issued(office, staff, found, signed, "decision.override")


async def discard(office: Office, staff: Staff, id_: DecisionId) -> Decision:
    """Throw a draft away.

    Raises:
        Refused: the role is not held, or the area is another's.
        NotFound: there is no such decision.
        Conflict: it is no draft any more.
    """
    found = await _mine(office, staff, id_, *WRITE)
    discarded = decisions.discard(found, office.clock.now())
    await office.stores.decisions.save(discarded)
    await note(office, staff.id, "decision.discard", id_)
    return discarded


async def unsigned(office: Office, staff: Staff, *, drill: bool = False) -> list[Decision]:
    """List what waits for a signature: drafts, and overrides as open points.

    Raises:
        Refused: the role is not held.
    """
    staff.must(*WRITE)
    return await office.stores.decisions.alive(drill=drill, limit=MOST)


async def signable(office: Office, staff: Staff) -> list[Decision]:
    """List what others have written and this chief may sign, of drills as well.

    Raises:
        Refused: the role is not held.
    """
    staff.must(Role.CHIEF)
    waiting = [*await unsigned(office, staff), *await unsigned(office, staff, drill=True)]
    return [one for one in waiting if await _may_sign(office, staff, one)]


async def _issued(
    office: Office, staff: Staff, before: Decision, signed: Decision, act: str
) -> Decision:
    if before.state is DecisionState.DRAFT:
        events.still_open(await _event(office, before.event))
        await effect_of(office, signed)
    await office.stores.decisions.save(signed)
    await note(office, staff.id, act, signed.id)
    if before.state is not DecisionState.DRAFT:
        return signed
    done = await carry_out(office, signed)
    if done.problem:
        raise Conflict(f"signed, but without effect: {done.problem}")
    return done


def _written(office: Office, staff: Staff, event: Event, body: Body, text: str) -> Decision:
    return Decision(
        id=DecisionId(drills.named_for(event.id, office.ids.new())),
        event=event.id,
        body=body,
        text=text,
        author=author_signature(event.id, body, text, by=staff.id, at=office.clock.now()),
    )


def _check(event: Event, body: Body, text: str) -> None:
    if not text.strip() or len(text) > LONGEST_TEXT:
        raise BadInput(f"write what people will read, at most {LONGEST_TEXT} characters")
    if not event.encloses(areas_of(body)):
        raise BadInput(f"{', '.join(areas_of(body))}: not all of it lies in the event's areas")


def _within(staff: Staff, event: Event, decision: Decision) -> None:
    for area in areas_of(decision.body) or event.areas:
        staff.must(*WRITE, area=area)


async def _event(office: Office, id_: EventId) -> Event:
    found = await office.stores.events.get(id_)
    if found is None:
        raise NotFound("there is no such event: the chief opens one first")
    return found


async def _mine(office: Office, staff: Staff, id_: DecisionId, *roles: Role) -> Decision:
    staff.must(*roles)
    found = await office.stores.decisions.get(id_)
    if found is None:
        raise NotFound("there is no such decision: see the list")
    for area in await _areas(office, found):
        staff.must(*roles, area=area)
    return found


async def _may_sign(office: Office, staff: Staff, decision: Decision) -> bool:
    areas = await _areas(office, decision)
    return decision.author.by != staff.id and all(staff.may(Role.CHIEF, area=one) for one in areas)


async def _areas(office: Office, decision: Decision) -> Sequence[AreaCode]:
    """Tell for which areas it is: its own, or where it names none those of its event."""
    return areas_of(decision.body) or (await _event(office, decision.event)).areas
