"""Read events: the list, one with all that is in it, and a decision as it would be told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from data.civic.errors import NotFound
from data.civic.ids import AreaCode, DecisionId, EventId, SignalId
from data.civic.people import Role, Staff
from data.civic.safety.targets import Reach, Target
from data.civic.sending.informing import Informing, Words
from data.civic.sending.rows import RowState
from data.civic.warning import drills
from data.civic.warning.decisions import (
    Body,
    Decision,
    IssueNotice,
    areas_of,
    author_signature,
    must_be_known,
    must_lie_ahead,
)
from data.civic.warning.events import Event, still_open
from data.civic.warning.notices import Notice
from data.civic.warning.orders import TransferOrder
from data.civic.warning.places import touches
from data.civic.warning.responses import Response
from data.civic.warning.returns import Return
from data.civic.warning.signals import Signal
from data.store.boards import totals
from handlers import tellings
from handlers.acts.decision_effects import effect_of
from handlers.acts.in_force import warnings_in_force
from handlers.acts.preview_area import reach
from handlers.held_villages import Hold, holds
from handlers.informing_words import words_of
from handlers.office import Office

READ = (Role.DUTY, Role.CHIEF)
MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """An event with everything in it; each has its own life."""

    event: Event
    signals: tuple[Signal, ...]
    near: tuple[Signal, ...]
    """Signals in force in its areas that are not noted in it yet."""
    responses: tuple[Response, ...]
    orders: tuple[TransferOrder, ...]
    returns: tuple[Return, ...]
    notices: tuple[Notice, ...]
    decisions: tuple[Decision, ...]
    """The newest first."""
    informings: tuple[Informing, ...]
    counts: Mapping[int, Mapping[RowState, int]]
    """Of a closed event its report: how many stand where, by the number of the informing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a decision says by each way, and to how many."""

    areas: tuple[AreaCode, ...]
    words: Words = field(repr=False)
    reach: Reach | None
    """None: it is for another's area, too."""


async def events(office: Office, staff: Staff) -> list[Event]:
    """List the events of the own area, the newest first.

    Raises:
        Refused: the role is not held.
    """
    staff.must(*READ)
    found = await office.stores.events.newest(MOST)
    return [one for one in found if any(touches(area, staff.area) for area in one.areas)]


async def story(office: Office, staff: Staff, id_: EventId) -> Story:
    """Tell everything of an event.

    Raises:
        Refused: the role is not held.
        NotFound: there is no such event in the own area.
    """
    event, stores = await _event(office, staff, id_), office.stores
    signals = [await stores.signals.get(one) for one in event.signals]
    decisions = await stores.decisions.of(id_, MOST)
    informings = await stores.informings.of_event(id_)
    for signal in event.signals:
        informings += await stores.informings.of_event(signal)
    return Story(
        event=event,
        signals=tuple(one for one in signals if one),
        near=await _near(office, event) if event.open else (),
        responses=tuple(await stores.responses.of(id_, MOST)),
        orders=tuple(await stores.orders.of(id_, MOST)),
        returns=tuple(await stores.returns.of(id_, MOST)),
        notices=tuple(await stores.notices.of(id_, MOST)),
        decisions=tuple(sorted(decisions, key=lambda one: one.author.at, reverse=True)),
        informings=tuple(sorted(informings, key=lambda one: -one.id)),
        counts={} if event.open else await _counts(office, informings),
    )


async def decision(office: Office, staff: Staff, id_: DecisionId) -> tuple[Decision, Event]:
    """Fetch a decision and its event.

    Raises:
        Refused: the role is not held.
        NotFound: there is no such decision in the own area.
    """
    staff.must(*READ)
    found = await office.stores.decisions.get(id_)
    if found is None:
        raise NotFound("there is no such decision: see the list")
    return found, await _event(office, staff, found.event)


async def told_of(office: Office, staff: Staff, one: Decision) -> tuple[Told, ...]:
    """Write what people will get if it is signed, and count whom it reaches.

    Raises:
        Refused: the role is not held.
        Conflict: it would change nothing.
    """
    staff.must(*READ)
    found = []
    for telling in await tellings.of_decision(office, one):
        mine = bool(telling.areas) and all(staff.may(*READ, area=area) for area in telling.areas)
        target = Target(areas=telling.areas, tags=telling.tags) if mine else None
        found.append(
            Told(
                areas=telling.areas,
                words=words_of(office.release, telling),
                reach=await reach(office, staff, target) if target else None,
            )
        )
    return tuple(found)


async def held_back(
    office: Office, staff: Staff, villages: Sequence[AreaCode], *, drill: bool
) -> tuple[Hold, ...]:
    """List why nobody may release the return to some villages now, and after which order.

    Raises:
        Refused: the role is not held.
    """
    staff.must(*READ)
    found = await holds(office, villages, drill=drill)
    return tuple(one for one in found if one.refuses)


async def _event(office: Office, staff: Staff, id_: EventId) -> Event:
    staff.must(*READ)
    found = await office.stores.events.get(id_)
    if found is None or not any(touches(area, staff.area) for area in found.areas):
        raise NotFound("there is no such event: see the list")
    return found


async def _counts(
    office: Office, informings: Sequence[Informing]
) -> Mapping[int, Mapping[RowState, int]]:
    boards = office.stores.boards
    return {one.id: totals(await boards.areas(one.id, digits=0)) for one in informings}


async def _near(office: Office, event: Event) -> tuple[Signal, ...]:
    found: dict[SignalId, Signal] = {}
    for area in event.areas:
        here = await warnings_in_force(office, area, drill=event.drill)
        found |= {one.signal.id: one.signal for one in here.signals}
    return tuple(one for id_, one in found.items() if id_ not in event.signals)


async def draft_of(
    office: Office, staff: Staff, event: EventId, *, body: Body, text: str
) -> Decision:
    """Make the decision that would be drafted, and see that it is possible; nothing is kept.

    Raises:
        Refused: the role is not held.
        NotFound: there is no such event in the own area, or nothing of what it would change.
        BadInput: it has no text, or names an area that is not there or a moment that has passed.
        Conflict: the event is closed, or what it would change does not allow it.
    """
    found, at = still_open(await _event(office, staff, event)), office.clock.now()
    must_lie_ahead(body, at)
    if found.encloses(areas_of(body)):
        must_be_known(body, office.release.places.areas)
    said = drills.marked(found.id, text.strip())
    what = body
    if isinstance(body, IssueNotice):
        what = replace(body, title=drills.marked(found.id, body.title.strip()))
    made = Decision(
        id=DecisionId(drills.named_for(found.id, "not kept")),
        event=found.id,
        body=what,
        text=said,
        author=author_signature(found.id, what, said, by=staff.id, at=at),
    )
    await effect_of(office, made)
    return made
