"""Which events' personal data stands, who tells people in each, and until when they are warned."""

from datetime import datetime

from data.civic.ids import SignalId
from data.civic.safety.aftermath import FileState
from data.civic.warning.events import Event
from handlers.office import Office

NEWEST = 1_000
"""Events that are looked through; a county has a dozen a year."""


async def unpurged(office: Office) -> list[Event]:
    """List the events whose data stands, those that go on, too; the newest first."""
    files = {one.id: one for one in await office.stores.event_files.newest(NEWEST)}
    return [
        one
        for one in await office.stores.events.newest(NEWEST)
        if one.id not in files or files[one.id].state is not FileState.PURGED
    ]


async def told_in(office: Office, event: Event | None) -> set[int]:
    """Name the informings of an event, and of the warnings that belong to it."""
    keys = (event.id, *event.signals) if event else ()
    return {one.id for key in keys for one in await office.stores.informings.of_event(key)}


async def warned_until(office: Office, event: str) -> datetime | None:
    """Tell when a warning ends everywhere, `NEVER` while that is open; None: it is no warning.

    Until then its people stay: the lift is made from the rows of who was told.
    """
    signal = await office.stores.signals.get(SignalId(event))
    return signal.until if signal is not None else None
