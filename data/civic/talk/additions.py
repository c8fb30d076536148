"""What a citizen adds to a case after it was opened: until staff have opened that as well."""

from dataclasses import dataclass, field
from datetime import datetime

from data.civic.ids import AreaCode, MessageId


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """One thing that is said after a case was opened."""

    message: MessageId
    words: str = field(repr=False)
    """Masked."""
    area: AreaCode
    at: datetime
    pressing: bool = False
    """It tells of danger or need: people on duty are called to it again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """How it stands with what was added to a ticket."""

    message: MessageId | None = None
    """The newest: walked once more it changes nothing."""
    at: datetime | None = None
    """When the newest came that nobody of staff has opened; None: all of it was opened."""
    start: int = 0
    """Where in the ticket's text begins what nobody has opened, in characters."""
    pressing_since: datetime | None = None
    """Since when danger stands in it that nobody was called to yet."""
    called_at: datetime | None = None
    """When people on duty were called again to the ticket, the last time."""


NOTHING = Added()


def joined(before: Added, one: Addition, start: int) -> Added:
    """Put one thing to what was added before; `start` is where its words begin."""
    since = before.pressing_since or (one.at if one.pressing else None)
    return Added(
        message=one.message,
        at=one.at,
        start=start if before.at is None else before.start,
        pressing_since=since,
        called_at=before.called_at,
    )


def opened(before: Added) -> Added:
    """Note that staff have opened all of it: nobody has to be called to it."""
    return Added(message=before.message, called_at=before.called_at)


def called(before: Added, at: datetime | None) -> Added:
    """Note that people on duty are called to it; `at` None: one was ringing already."""
    return Added(
        message=before.message,
        at=before.at,
        start=before.start,
        called_at=at or before.called_at,
    )
