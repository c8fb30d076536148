"""How complete a guide is, when somebody has to look at it again, and who owns it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from data.civic.ids import GuideId, StaffId
from data.civic.knowing.adoptions import Spot, said
from data.civic.knowing.guides import Basis, Element, Guide, Standing
from data.civic.knowing.reading import Hint, ReadingRules, of_guide

REMINDED_AT = (30, 7, 0)
"""Days before the last day on which its owner is reminded of a guide."""
READ_AGAIN = timedelta(days=365)
"""After so long the text that a fact rests on is opened again: laws change."""


class Why(StrEnum):
    """Why a guide has to be looked at."""

    VALID_UNTIL = "valid_until"
    """From the day after, citizens read that it is being updated."""
    READ_ON = "read_on"
    """A basis was opened long ago."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """By which day a guide has to be looked at, and why."""

    why: Why
    day: date

    def left(self, today: date) -> int:
        """Count the days that are left; below 0: it is past."""
        return (self.day - today).days

    def threshold(self, today: date) -> int | None:
        """Tell which reminder is the newest that is due: 30, 7 or 0; None: none yet."""
        return min((one for one in REMINDED_AT if self.left(today) <= one), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """A guide's owner is told once that a day comes near."""

    guide: GuideId
    department: str
    due: Due
    threshold: int
    """How many days before: 30, 7 or 0."""
    made_at: datetime
    noted_by: StaffId | None = None
    """Who has taken note of it: it is shown no more."""

    @property
    def id(self) -> str:
        """Name it: the same guide, day and threshold are one reminder."""
        return f"{self.guide}/{self.due.why}/{self.due.day.isoformat()}/{self.threshold}"


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideLine:
    """A guide as the lists show it."""

    id: GuideId
    title: str
    department: str
    checked_on: date
    valid_until: date
    stated: int
    """How many of what it says is stated."""
    samples: tuple[Spot, ...]
    """True of the demo only, and adopted by nobody."""
    not_stated: tuple[Spot, ...]
    unread: tuple[Spot, ...]
    """Facts whose basis nobody has opened, and that nobody has adopted."""
    adopted: int
    bases: tuple[str, ...]
    due: tuple[Due, ...]
    hints: Mapping[Spot, tuple[Hint, ...]]
    sought: str
    """What a search looks through, in small letters."""

    @property
    def complete(self) -> bool:
        """Say whether everything is stated, and somebody stands for it."""
        return not (self.samples or self.not_stated or self.unread)

    @property
    def next_due(self) -> Due:
        """Tell what comes first."""
        return min(self.due, key=lambda one: one.day)


def line_of(guide: Guide, sources: Mapping[str, Basis], rules: ReadingRules) -> GuideLine:
    """Sum a guide up."""
    everything = {spot: one for spot, one in said(guide).items() if spot.element is not None}
    bases = tuple(dict.fromkeys(key for one in everything.values() for key in one.basis))
    return GuideLine(
        id=guide.id,
        title=guide.title,
        department=guide.department,
        checked_on=guide.checked_on,
        valid_until=guide.valid_until,
        stated=sum(one.standing is not Standing.NOT_STATED for one in everything.values()),
        samples=_spots(everything, Standing.SAMPLE),
        not_stated=_spots(everything, Standing.NOT_STATED),
        unread=_spots(everything, Standing.FACT),
        adopted=sum(one.adopted for one in everything.values()),
        bases=bases,
        due=_due(guide, [sources[key] for key in bases if key in sources]),
        hints=of_guide(guide, rules),
        sought=" ".join([guide.id, guide.title, *guide.everyday]).lower(),
    )


def _spots(everything: Mapping[Spot, Element], standing: Standing) -> tuple[Spot, ...]:
    """Pick what stands so and is not settled."""
    return tuple(
        spot
        for spot, one in everything.items()
        if one.standing is standing and (one.to_check or (not one.text and not one.items))
    )


def _due(guide: Guide, bases: list[Basis]) -> tuple[Due, ...]:
    opened = [one.read_on for one in bases if one.read_on is not None]
    found = [Due(why=Why.VALID_UNTIL, day=guide.valid_until)]
    if opened:
        found.append(Due(why=Why.READ_ON, day=min(opened) + READ_AGAIN))
    return tuple(found)
