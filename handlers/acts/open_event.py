"""Open and close an event: the duty chief's. A drill is one from its first to its last word."""

from collections.abc import Sequence

from data.civic.errors import BadInput, NotFound
from data.civic.ids import AreaCode, EventId, SignalId
from data.civic.people import Role, Staff
from data.civic.sending.informing import InformingKind, InformingState
from data.civic.warning import drills, events
from data.civic.warning.events import Event
from data.civic.warning.orders import OrderState
from data.civic.warning.returns import ReturnState
from handlers.acts import inform
from handlers.acts.note import note
from handlers.office import Office

MOST = 1_000
LONGEST_NAME = 60
LAST_WORDS = (InformingKind.LIFT, InformingKind.CORRECTION, InformingKind.RETURN)


async def open_event(
    office: Office, staff: Staff, *, name: str, areas: Sequence[AreaCode], drill: bool = False
) -> Event:
    """Open an event for some areas.

    Raises:
        Refused: only the chief does, in the own area.
        BadInput: it has no name, or no areas of this county.
    """
    staff.must(Role.CHIEF)
    for area in areas:
        staff.must(Role.CHIEF, area=area)
    _check(office, name, areas)
    fresh = office.ids.new()
    id_ = EventId(f"{drills.PREFIX}{fresh}" if drill else fresh)
    event = Event(
        id=id_,
        name=drills.marked(id_, name.strip()),
        areas=tuple(dict.fromkeys(areas)),
        opened_by=staff.id,
        opened_at=office.clock.now(),
    )
    await office.stores.events.add(event)
    await note(office, staff.id, "event.open", event.id)
    return event


async def close_event(office: Office, staff: Staff, event: EventId) -> Event:
    """Close an event in which nothing is in force any more, and its informings. Idempotent.

    What was told under it ends: the ladder goes no further, who got nothing is cancelled, the
    counts stay. A warning in it that is still in force goes on. A closed event is never opened
    again: another one is.

    Raises:
        Refused: only the chief does, in the own area.
        NotFound: there is no such event.
        Conflict: something is still in force, or the last word of it is still being sent; the
            message names it.
    """
    found, now = await _mine(office, staff, event), office.clock.now()
    unfinished = [*await _unfinished(office, event), *await _unsaid(office, found)]
    closed = await office.stores.events.change(
        event, lambda one: events.close(one, staff.id, now, unfinished=unfinished)
    )
    if found.open:
        await note(office, staff.id, "event.close", event)
    await _end_informings(office, closed)
    return closed


async def add_signal(office: Office, staff: Staff, event: EventId, signal: SignalId) -> Event:
    """Note that a signal belongs to an event. Idempotent.

    Raises:
        Refused, NotFound: as `close_event`; the duty officer may, too.
        BadInput: a drill and something actual would be mixed.
    """
    await _mine(office, staff, event, Role.DUTY)
    if await office.stores.signals.get(signal) is None:
        raise NotFound("there is no such signal: see the list")
    held = await office.stores.events.change(
        event, lambda one: events.hold(events.still_open(one), "signals", signal)
    )
    await note(office, staff.id, "event.signal", event)
    return held


async def _mine(office: Office, staff: Staff, event: EventId, *more: Role) -> Event:
    staff.must(Role.CHIEF, *more)
    found = await office.stores.events.get(event)
    if found is None:
        raise NotFound("there is no such event: see the list")
    for area in found.areas:
        staff.must(Role.CHIEF, *more, area=area)
    return found


async def _unfinished(office: Office, event: EventId) -> list[str]:
    """List what is in force in an event, or waits for a signature."""
    stores = office.stores
    responses, orders = await stores.responses.of(event, MOST), await stores.orders.of(event, MOST)
    returns, decisions = (
        await stores.returns.of(event, MOST),
        await stores.decisions.of(event, MOST),
    )
    return [
        *(f"response {one.level}" for one in responses if one.level is not None),
        *(f"transfer order {one.id}" for one in orders if one.state is OrderState.IN_FORCE),
        *(f"return to {one.village}" for one in returns if one.state is not ReturnState.RELEASED),
        *(f"signature under {one.id}" for one in decisions if one.unsigned),
    ]


async def _unsaid(office: Office, event: Event) -> list[str]:
    """List last words that not everybody has been sent yet: lifts, corrections, returns."""
    stores = office.stores
    subjects = (*event.responses, *event.orders, *event.notices)
    waiting = [
        f"news of {one.subject} is not told yet"
        for subject in subjects
        for one in await stores.to_inform.about(subject, MOST)
        if one.planned_at is None
    ]
    return waiting + [
        f"informing {one.id} ({one.kind}) is still being sent: wait for it, or cancel it"
        for one in await stores.informings.of_event(event.id)
        if one.kind in LAST_WORDS
        and one.state in (InformingState.PLANNING, InformingState.SENDING)
        and await stores.slices.still_going(one.id)
    ]


async def _end_informings(office: Office, event: Event) -> None:
    """End what was told under an event, and of its warnings what is over."""
    await inform.close_event(office, event.id)
    now = office.clock.now()
    for id_ in event.signals:
        signal = await office.stores.signals.get(id_)
        if signal is not None and signal.until <= now:
            await inform.close_event(office, id_)


def _check(office: Office, name: str, areas: Sequence[AreaCode]) -> None:
    if not 1 <= len(name.strip()) <= LONGEST_NAME:
        raise BadInput(f"give the event a name of at most {LONGEST_NAME} characters")
    unknown = [one for one in areas if one not in office.release.places.areas]
    if unknown or not areas:
        raise BadInput(f"no area {', '.join(unknown) or 'given'}: give division codes")
