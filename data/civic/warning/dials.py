"""Dials: one attempt to reach somebody on duty, and how it ended."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from data.civic.ids import StaffId
from data.civic.warning.shifts import DutyHolder


class Ring(StrEnum):
    """How a call ended."""

    ANSWERED = "answered"
    """A key was pressed, words were read back, or the notice was opened."""
    PASSED = "passed"
    """Taken, and passed on: somebody else has to see to it."""
    LISTENED = "listened"
    """Taken, and nothing was pressed or said."""
    NO_ANSWER = "no_answer"
    LINE_BUSY = "line_busy"
    HUNG_UP = "hung_up"
    FAILED = "failed"
    """Taken by the gateway; it never rang."""
    REFUSED = "refused"
    """Not taken: no such number, or this house has no way to call."""

    @property
    def moves_on(self) -> bool:
        """Say whether waiting for this person any longer is useless."""
        return self in (Ring.PASSED, Ring.FAILED, Ring.REFUSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dial:
    """One attempt, written down before it is made."""

    number: int
    """Of the attempts of one call, from 1."""
    turn: int
    """How often the list is gone through, from 1."""
    called: DutyHolder
    at: datetime
    by: StaffId | None = None
    """Who dialled by hand; None: the house."""
    read_back: str = ""
    """Words that the called person was asked to say back."""
    handed_at: datetime | None = None
    """When a gateway took it."""
    noticed: bool = False
    """The work app has taken a notice, too."""
    ring: Ring | None = None
    """None: it rings, or nobody has told yet."""
    told_at: datetime | None = None
    """When it was answered, or ended without."""
    said: str = field(default="", repr=False)
    """The key that was pressed, or the words that were read back."""

    @property
    def pending(self) -> bool:
        """Say whether it was written down, and no gateway has taken or refused it yet."""
        return self.handed_at is None and self.ring is None
