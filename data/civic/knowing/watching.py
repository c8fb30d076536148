"""Watch a release after its switch: are more questions left unanswered than before?"""

from dataclasses import dataclass
from datetime import datetime, timedelta

BUCKET = timedelta(minutes=10)
"""How finely the endings of turns are counted."""
WINDOW = timedelta(hours=1)
"""How long a release is watched after its switch."""
BEFORE = timedelta(hours=24)
"""How far back the release before it is looked at."""
LEAST = 50
"""Fewer turns than these, before or since, say nothing."""
JUMP, TIMES = 0.15, 2.0
"""The share has jumped when it has grown by so much, and to so many times what it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many turns ended, and how many of them badly: not understood, failed, sent to a human."""

    asked: int = 0
    badly: int = 0

    @property
    def share(self) -> float:
        """Tell the share that ended badly: 0 to 1."""
        return self.badly / self.asked if self.asked else 0.0

    def __add__(self, other: "Tally") -> "Tally":
        """Put two counts together."""
        return Tally(asked=self.asked + other.asked, badly=self.badly + other.badly)


def bucket(at: datetime) -> datetime:
    """Tell the beginning of the ten minutes that a moment lies in."""
    return at - timedelta(minutes=at.minute % 10, seconds=at.second, microseconds=at.microsecond)


def has_jumped(*, before: Tally, since: Tally) -> bool:
    """Say whether so many more turns end badly since the switch that it cannot be chance."""
    if min(before.asked, since.asked) < LEAST:
        return False
    return since.share >= before.share + JUMP and since.share >= before.share * TIMES
