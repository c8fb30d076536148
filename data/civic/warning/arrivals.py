"""A message as it arrived, byte for byte, and what became of it."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from data.civic.errors import Conflict
from data.civic.ids import AreaCode, ArrivalId, FeedId, SignalId, StaffId
from data.civic.warning.messages import Status, WarningMessage
from data.civic.warning.verdicts import Judgement, Reason, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """Why a body cannot be read."""

    reason: Reason
    detail: str
    status: Status | None = None
    """What it says of itself, as far as that can be read."""

    @property
    def meant(self) -> bool:
        """Say whether it may be a warning: not where it calls itself a test."""
        return self.status in (None, Status.ACTUAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One body that a feed brought; it is kept before anything else is done with it."""

    id: ArrivalId
    feed: FeedId
    raw: bytes = field(default=b"", repr=False, compare=False)
    """Left out of lists: fetch it by its id, which is its digest."""
    received_at: datetime
    message: WarningMessage | None = None
    unread: Unread | None = None
    judgement: Judgement | None = None
    """None: kept, and not judged yet."""
    settled_at: datetime | None = None
    signal: SignalId | None = None
    also: tuple[SignalId, ...] = ()
    """Further warnings that it changed: it refers to several."""
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
    def status(self) -> Status | None:
        """Tell whether it is meant, in its own words; None: that cannot be read."""
        said = self.message or self.unread
        return said.status if said else None

    @property
    def signals(self) -> tuple[SignalId, ...]:
        """Tell the warnings that it has its part in."""
        return (self.signal, *self.also) if self.signal else ()

    @property
    def final(self) -> bool:
        """Say whether nothing is to change any more: not for what is held, nor a refusal.

        A refusal may be for a setting of ours; what staff have rejected stays so.
        """
        if self.judgement is None or self.held:
            return False
        refused = self.judgement.verdict is Verdict.REFUSED
        return not refused or self.judgement.reason is Reason.BY_STAFF

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
    arrival: Arrival, judgement: Judgement, at: datetime, *, signals: Sequence[SignalId] = ()
) -> Arrival:
    """Write down what became of it.

    Raises:
        Conflict: that stands already, and is final.
    """
    if arrival.final and arrival.judgement:
        raise Conflict(f"{arrival.id} is {arrival.judgement.verdict} already")
    judged = replace(arrival, judgement=judgement, settled_at=at, version=arrival.version + 1)
    return _with(judged, signals) if signals else judged


def join(arrival: Arrival, signals: Iterable[SignalId]) -> Arrival:
    """Note further warnings that a message has its part in; the same again change nothing."""
    known = tuple(dict.fromkeys((*arrival.signals, *signals)))
    if known == arrival.signals:
        return arrival
    return replace(_with(arrival, known), version=arrival.version + 1)


def come_again(kept: Arrival, arrival: Arrival) -> Arrival:
    """Let a body that was refused be read anew, as it came again."""
    return replace(
        kept, message=arrival.message, unread=arrival.unread, received_at=arrival.received_at
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


def _with(arrival: Arrival, signals: Sequence[SignalId]) -> Arrival:
    return replace(arrival, signal=signals[0], also=tuple(signals[1:]))
