"""Announcements: what a village's loudspeaker says, and who has read it out when.

Whoever hears it may know; that somebody knows is not known. It informs nobody by name.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from data.civic.ids import AreaCode, StaffId

SAME_READING = timedelta(seconds=30)
"""Said twice by one person within so little time, it is one reading: a button pressed twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """It was read out once."""

    by: StaffId
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """One for each village and informing."""

    informing: int
    village: AreaCode
    text: str = field(repr=False)
    asked_at: datetime
    """When the ladder came to it."""
    readings: tuple[Reading, ...] = ()
    """The first, and each repetition."""
    version: int = 0

    @property
    def id(self) -> str:
        """Name it by what it is about: asked for once, however many people it is for."""
        return f"{self.informing}/{self.village}"

    @property
    def last(self) -> Reading | None:
        """Tell the newest reading; None: it was never read out."""
        return self.readings[-1] if self.readings else None


def read_out(one: Announcement, by: StaffId, at: datetime) -> Announcement:
    """Note that it was read out, the first time or again."""
    if one.last and one.last.by == by and at - one.last.at < SAME_READING:
        return one
    readings = (*one.readings, Reading(by=by, at=at))
    return replace(one, readings=readings, version=one.version + 1)
