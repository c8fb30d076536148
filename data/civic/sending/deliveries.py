"""The outbox: what is to be sent to whom, and when it is tried again."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from data.civic.ids import ConversationId, DeliveryId, MessageId
from data.civic.labels import Channel
from data.civic.talk.conversations import ConversationKey

PUSHED = frozenset({Channel.WECHAT})
"""Channels that can be written to; the others fetch what is said to them themselves."""

ATTEMPTS = 5
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=10)
EXPIRES_AFTER = timedelta(hours=48)


class DeliveryState(StrEnum):
    """Where a delivery stands."""

    QUEUED = "queued"
    SENDING = "sending"
    """A worker has it; it is being sent."""
    SENT = "sent"
    """The platform has accepted it."""
    FAILED = "failed"
    """It will not be tried again; `error` says why."""
    UNKNOWN = "unknown"
    """The worker died while sending: it may or may not have arrived, and is not repeated."""
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One text on its way to one citizen."""

    id: DeliveryId
    to: ConversationKey
    answers: MessageId | None
    text: str = field(repr=False)
    created_at: datetime
    state: DeliveryState = DeliveryState.QUEUED
    attempts: int = 0
    due_at: datetime | None = None
    error: str = ""

    @property
    def conversation(self) -> ConversationId:
        """Tell in which conversation it is said."""
        return self.to.id

    @property
    def expires_at(self) -> datetime:
        """Tell after when nobody wants it any more."""
        return self.created_at + EXPIRES_AFTER


class Failure(StrEnum):
    """How a send failed."""

    PASSING = "passing"
    """The platform was down or busy: worth another try."""
    LASTING = "lasting"
    """The platform refused this message for good."""


def failed(delivery: Delivery, failure: Failure, error: str, now: datetime) -> Delivery:
    """Decide what becomes of a delivery that was not accepted: later again, or never."""
    tried = replace(delivery, attempts=delivery.attempts + 1, error=error)
    if failure is Failure.LASTING or tried.attempts >= ATTEMPTS:
        return replace(tried, state=DeliveryState.FAILED)
    due = now + min(FIRST_WAIT * 2**delivery.attempts, LONGEST_WAIT)
    if due >= delivery.expires_at:
        return replace(tried, state=DeliveryState.EXPIRED)
    return replace(tried, state=DeliveryState.QUEUED, due_at=due)
