"""A message as it arrived, byte for byte, and what became of it."""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import datetime

from data.civic.errors import Conflict
from data.civic.ids import AreaCode, ArrivalId, FeedId, SignalId, StaffId
from data.civic.warning.messages import WarningMessage
from data.civic.warning.verdicts import Judgement, Reason, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """Why a body cannot be read."""

    reason: Reason
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One body that a feed brought; it is kept before anything else is done with it."""

    id: ArrivalId
    feed: FeedId
    raw: bytes = field(repr=False)
    received_at: datetime
    message: WarningMessage | None = None
    unread: Unread | None = None
    judgement: Judgement | None = None
    """None: kept, and not judged yet."""
    settled_at: datetime | None = None
    signal: SignalId | None = None
    claimed: bool = False
    """Its identifier is its own: any other body with the same one comes too late."""
    asked: bool = False
    """Staff have been asked, for what it waits for did not come."""
    decided_by: StaffId | None = None
    version: int = 0

    @property
    def identifier(self) -> str:
        """Tell the identifier that the issuer gave it; empty if it cannot be read."""
        return self.message.identifier if self.message else ""

    @property
    def held(self) -> bool:
        """Say whether it waits."""
        return self.judgement is not None and self.judgement.verdict is Verdict.HELD

    @property
    def waits_for(self) -> tuple[str, ...]:
        """Tell the identifiers of which one must arrive before it can be applied."""
        late = self.judgement is not None and self.judgement.reason is Reason.UNKNOWN_REFERENCE
        return self.message.references if late and self.held and self.message else ()

    @property
    def areas(self) -> tuple[AreaCode, ...]:
        """Tell the areas that it was resolved to."""
        return self.judgement.areas if self.judgement else ()


def arrived(
    raw: bytes, read: WarningMessage | Unread, *, feed: FeedId, received_at: datetime
) -> Arrival:
    """Take note of a body; the same body of the same feed is the same arrival."""
    return Arrival(
        id=ArrivalId(f"{feed}/{hashlib.sha256(raw).hexdigest()}"),
        feed=feed,
        raw=raw,
        received_at=received_at,
        message=read if isinstance(read, WarningMessage) else None,
        unread=read if isinstance(read, Unread) else None,
    )


def settle(
    arrival: Arrival, judgement: Judgement, at: datetime, *, signal: SignalId | None = None
) -> Arrival:
    """Write down what became of it.

    Raises:
        Conflict: that stands already, and is no waiting.
    """
    if arrival.judgement is not None and not arrival.held:
        raise Conflict(f"{arrival.id} is {arrival.judgement.verdict} already")
    return replace(
        arrival,
        judgement=judgement,
        settled_at=at,
        signal=signal or arrival.signal,
        version=arrival.version + 1,
    )


def claim(arrival: Arrival) -> Arrival:
    """Take its identifier for it alone; the store lets one body do so."""
    return replace(arrival, claimed=True, version=arrival.version + 1)


def ask(arrival: Arrival) -> Arrival:
    """Note that staff have been asked what to do with it."""
    return replace(arrival, asked=True, version=arrival.version + 1)


def decide(arrival: Arrival, by: StaffId) -> Arrival:
    """Note who decides over a message that is held.

    Raises:
        Conflict: it is not held.
    """
    if not arrival.held:
        state = arrival.judgement.verdict if arrival.judgement else "not judged yet"
        raise Conflict(f"this message is {state}: only one that is held can be decided over")
    return replace(arrival, decided_by=by)
