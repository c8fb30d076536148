"""Destroy by its age what names no event: appeals, reports, calls, and who was told of a warning.

What lies in the time of an event whose data stands is spared: it may be held. A drill spares
nothing but what was told in it.
"""

from collections import Counter
from datetime import datetime, timedelta

from data.civic.ids import SignalId
from data.civic.safety.aftermath import LEAST_DAYS
from data.civic.sending.informing import Informing, InformingState
from data.civic.warning.events import Event
from data.civic.warning.signals import NEVER
from data.store.archive import informing_key
from handlers.acts import inform
from handlers.acts.unpurged import unpurged
from handlers.office import Office


async def purge_old(office: Office, *, days: int) -> dict[str, int]:
    """Destroy what is older than so many days and of no event; tell the counts. Idempotent."""
    now, papers = office.clock.now(), office.stores.papers
    before = now - timedelta(days=max(days, LEAST_DAYS))
    events = await unpurged(office)
    spans = [(one.opened_at, one.closed_at or now) for one in events if not one.drill]
    gone = Counter(await papers.destroy_before(before, sparing=spans))
    told = await _told_before(office, before, events)
    await office.stores.handles.destroy([informing_key(one) for one in told])
    gone.update(await papers.destroy_told(told))
    return dict(gone)


async def _told_before(office: Office, before: datetime, events: list[Event]) -> list[int]:
    """Name the informings that no event holds and that are long over; what goes on is ended.

    Who was told by one that was ended just now goes with the next round: until then its rows are
    being settled.
    """
    held = {key for one in events for key in (one.id, *one.signals)}
    found = []
    for number in await office.stores.papers.informings():
        one = await office.stores.informings.get(number)
        if one is None or one.event in held or await _over_at(office, one) >= before:
            continue
        if one.state is InformingState.CLOSED:
            found.append(number)
        await inform.end(office, one)
    return found


async def _over_at(office: Office, informing: Informing) -> datetime:
    """Tell when it was over: with its warning, where that has an end; else when it began."""
    signal = await office.stores.signals.get(SignalId(informing.event))
    ends = signal.until if signal is not None else NEVER
    return informing.created_at if ends == NEVER else max(informing.created_at, ends)
