"""Questions that were not answered well: what staff teach the assistant from."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from data.civic.ids import AreaCode, ConversationId, IntentId, MessageId


class Why(StrEnum):
    """Why a question was kept."""

    UNKNOWN = "unknown"
    """The ear found nothing."""
    UNSURE = "unsure"
    """Choices were shown and none was meant."""
    HANDED_OVER = "handed_over"
    """The citizen wanted a human."""
    FAILED = "failed"
    """Something broke."""
    USELESS = "useless"
    """The citizen said that the answer did not help."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnansweredQuestion:
    """One question, masked, with what the ear had thought."""

    message: MessageId
    conversation: ConversationId
    text: str = field(repr=False)
    """The citizen's words, masked."""
    guess: IntentId | None
    confidence: float
    why: Why
    area: AreaCode
    at: datetime
