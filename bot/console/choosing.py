"""Which of the events that go on a page is about."""

from collections.abc import Sequence

from data.civic.warning.events import Event


def event_of(events: Sequence[Event], wanted: str) -> Event | None:
    """Choose the one that is asked for, else the first; None: none goes on."""
    first = events[0] if events else None
    return next((one for one in events if one.id == wanted), first)
