"""Questions that were not answered well: what staff teach the assistant from."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from data.civic.calendar import local
from data.civic.ids import AreaCode, ConversationId, GuideId, IntentId, MessageId, ReleaseId


class Why(StrEnum):
    """Why a question was kept."""

    UNKNOWN = "unknown"
    """The ear found nothing."""
    UNSURE = "unsure"
    """Choices were shown and none was meant."""
    LOW_MARGIN = "low_margin"
    """It was answered, but another intent was nearly as likely."""
    HANDED_OVER = "handed_over"
    """The citizen wanted a human."""
    FAILED = "failed"
    """Something broke."""
    USELESS = "useless"
    """The citizen said that the answer did not help."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnansweredQuestion:
    """One question, masked, with what the ear had thought and what was said."""

    message: MessageId
    conversation: ConversationId
    text: str = field(repr=False)
    """The citizen's words, masked."""
    guess: IntentId | None
    confidence: float
    why: Why
    area: AreaCode
    at: datetime
    runner_up: IntentId | None = None
    runner_up_confidence: float = 0.0
    guide: GuideId | None = None
    """The guide that was shown, if one was."""
    answer: str = field(default="", repr=False)
    """What the assistant said, masked."""
    gist: str = field(default="", repr=False)
    """What questions that mean the same have in common: see `gist.py`."""
    harm: float = 1.0
    """How bad it is that this went unanswered: see `harm.py`."""
    release: ReleaseId | None = None
    """The release that did not know better."""

    @property
    def month(self) -> int:
        """Tell the month, 1 to 12, in the time people here live by: the season."""
        return local(self.at).month
