"""Groups of questions that mean the same: what the inbox shows, and what became of each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from data.civic.areas import within
from data.civic.ids import AreaCode, DraftId, GroupId, IntentId, StaffId
from data.civic.talk.unanswered import Why


class GroupState(StrEnum):
    """What staff have made of a group."""

    OPEN = "open"
    """Nobody has taught it yet, or it came again after it was."""
    TAUGHT = "taught"
    """It stands in a draft, or was published."""
    NOT_OURS = "not_ours"
    """The assistant learns that it is not our matter."""
    DISMISSED = "dismissed"
    """There is nothing in it to be taught."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One way in which it was asked, masked."""

    text: str = field(repr=False)
    area: AreaCode
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What somebody of the staff made of a group."""

    by: StaffId
    at: datetime
    title: str = ""
    """Of the intent to which it was taught."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionGroup:
    """All questions with one gist."""

    id: GroupId
    gist: str = field(repr=False)
    samples: tuple[Sample, ...]
    """Up to five, the newest first."""
    count: int
    reasons: Mapping[Why, int]
    months: Mapping[int, int]
    """Month, 1 to 12 → how often it was asked then."""
    areas: Mapping[AreaCode, int]
    guess: IntentId | None
    confidence: float
    score: float
    """The harm of all its questions together: harm × count."""
    first_at: datetime
    last_at: datetime
    state: GroupState = GroupState.OPEN
    draft: DraftId | None = None
    decided: Decision | None = None
    """By whom it was last put into a state; None: by nobody."""
    returned: bool = False
    """It was taught, and came again under a later release."""

    @property
    def harm(self) -> float:
        """Tell how bad one of its questions is on the average."""
        return self.score / self.count if self.count else 0.0

    def asked_in(self, area: AreaCode) -> int:
        """Tell how often it was asked in an area and below it."""
        return sum(count for code, count in self.areas.items() if within(code, area))

    def samples_in(self, area: AreaCode) -> tuple[Sample, ...]:
        """Pick the samples from an area and below it."""
        return tuple(one for one in self.samples if within(one.area, area))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which groups are asked for; None and the empty text: any."""

    state: GroupState = GroupState.OPEN
    why: Why | None = None
    place: AreaCode | None = None
    month: int | None = None
    words: str = ""
    guess: IntentId | None = None
