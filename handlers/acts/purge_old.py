"""Destroy by its age what names no event: appeals, reports, calls, and who was told of a warning.

What lies in the time of an event whose data stands is spared: it may be held. A drill spares
nothing but what was told in it. What waits for somebody stays, and so does who was told of a
warning that is in force: to them its lift goes.
"""

from collections import Counter
from datetime import datetime, timedelta

from data.civic.safety.aftermath import LEAST_DAYS
from data.civic.sending.informing import Informing, InformingState
from data.civic.warning.events import Event
from data.store.archive import informing_key
from data.store.papers import Span
from handlers.acts import inform
from handlers.acts.unpurged import unpurged, warned_until
from handlers.office import Office


async def purge_old(office: Office, *, days: int) -> dict[str, int]:
    """Destroy what is older than so many days and of no event; tell the counts. Idempotent."""
    papers, age = office.stores.papers, _age(days)
    before, events = office.clock.now() - age, await unpurged(office)
    spans = [await _span(office, one, age) for one in events if not one.drill]
    gone = Counter(await papers.destroy_before(before, sparing=spans))
    told = await _told_before(office, before, events)
    await office.stores.handles.destroy([informing_key(one) for one in told])
    gone.update(await papers.destroy_told(told))
    return dict(gone)


async def still_warned(office: Office, *, days: int) -> list[Informing]:
    """List what is old and of no event, but stays because its warning is still in force."""
    now, events = office.clock.now(), await unpurged(office)
    return [
        one
        for one in await _of_no_event(office, events)
        if one.created_at < now - _age(days)
        and (ends := await warned_until(office, one.event)) is not None
        and ends > now
    ]


def _age(days: int) -> timedelta:
    return timedelta(days=max(days, LEAST_DAYS))


async def _span(office: Office, event: Event, age: timedelta) -> Span:
    """Tell the time of an event: from its first warning until what follows it has come.

    Duty is called when a warning arrives; the chief opens the event, and puts it in, afterwards.
    """
    found = [await office.stores.signals.get(one) for one in event.signals]
    sent = [step.message.sent for one in found if one is not None for step in one.steps]
    until = event.closed_at + age if event.closed_at else office.clock.now()
    return min([event.opened_at, *sent]), until


async def _told_before(office: Office, before: datetime, events: list[Event]) -> list[int]:
    """Name the informings that no event holds and that are long over; what goes on is ended.

    Who was told by one that was ended just now goes with the next round: until then its rows are
    being settled.
    """
    found = []
    for one in await _of_no_event(office, events):
        if await _over_at(office, one) >= before:
            continue
        if one.state is InformingState.CLOSED:
            found.append(one.id)
        await inform.end(office, one)
    return found


async def _of_no_event(office: Office, events: list[Event]) -> list[Informing]:
    """List the informings of whose people anything stands, and that no event holds."""
    held = {key for one in events for key in (one.id, *one.signals)}
    numbers = await office.stores.papers.informings()
    found = [await office.stores.informings.get(one) for one in numbers]
    return [one for one in found if one is not None and one.event not in held]


async def _over_at(office: Office, informing: Informing) -> datetime:
    """Tell when it was over: with its warning, if it is of one; else when it began."""
    ends = await warned_until(office, informing.event)
    return max(informing.created_at, ends or informing.created_at)
