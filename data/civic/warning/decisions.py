"""What the county decides: one person writes and signs it, a different one approves it."""

import hashlib
import json
from collections.abc import Container, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import assert_never

from data.civic.errors import BadInput, Conflict
from data.civic.ids import AreaCode, DecisionId, EventId, NoticeId, OrderId, ResponseId, StaffId
from data.civic.warning import drills
from data.civic.warning.orders import Tier
from data.civic.warning.responses import Level

FURTHEST_DEADLINE, FURTHEST_END = timedelta(days=14), timedelta(days=366)
"""By when people must have left, and until when a notice holds: later is a slip of the year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetResponse:
    """Start a response, or bring one to another level; without a level it ends."""

    areas: tuple[AreaCode, ...] = ()
    """Of a response that is started."""
    response: ResponseId | None = None
    """The one that is changed; None: a new one."""
    level: Level | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueOrder:
    """Order people to leave."""

    tiers: tuple[Tier, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftOrder:
    """End a transfer order in some of its areas."""

    order: OrderId
    areas: tuple[AreaCode, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseReturn:
    """Let people go back to some villages."""

    order: OrderId
    villages: tuple[AreaCode, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueNotice:
    """Tell people something of the county's own."""

    areas: tuple[AreaCode, ...]
    title: str
    expires_at: datetime | None = None
    corrects: NoticeId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndNotice:
    """End a notice."""

    notice: NoticeId


Body = SetResponse | IssueOrder | LiftOrder | ReleaseReturn | IssueNotice | EndNotice


class SignedAs(StrEnum):
    """As what somebody signed."""

    AUTHOR = "author"
    APPROVER = "approver"
    OVERRIDE = "override"
    """The chief, alone, before a second person could be had."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who signed what, as what, and when."""

    by: StaffId
    role: SignedAs
    at: datetime
    digest: str


class DecisionState(StrEnum):
    """Where a decision stands."""

    DRAFT = "draft"
    ISSUED = "issued"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision: what, in which words, and who signed it."""

    id: DecisionId
    event: EventId
    body: Body
    text: str
    """What people will read."""
    author: Signature
    approver: Signature | None = None
    override: Signature | None = None
    override_reason: str = ""
    discarded_at: datetime | None = None
    carried_out_at: datetime | None = None
    """When its effect was written; a crash before that is healed by carrying it out again."""
    problem: str = ""
    """Why it has no effect although it is issued: another decision was faster."""
    version: int = 0

    def __post_init__(self) -> None:
        """Insist on the event's kind, on the mark, and on words."""
        drills.together(self.event, self.id)
        title = self.body.title if isinstance(self.body, IssueNotice) else ""
        drills.check(self.id, self.text, title)
        if not self.text.removeprefix(drills.MARK).strip():
            raise BadInput("a decision has a text: it is what people read")

    @property
    def digest(self) -> str:
        """Tell the digest of what is signed: 64 hex digits."""
        return digest_of(self.event, self.body, self.text)

    @property
    def state(self) -> DecisionState:
        """Tell where it stands."""
        if self.approver or self.override:
            return DecisionState.ISSUED
        return DecisionState.DISCARDED if self.discarded_at else DecisionState.DRAFT

    @property
    def open_point(self) -> bool:
        """Say whether it was issued alone and the second signature is still missing."""
        return self.override is not None and self.approver is None

    @property
    def unsigned(self) -> bool:
        """Say whether somebody has still to sign it."""
        return self.state is DecisionState.DRAFT or self.open_point

    @property
    def issued_at(self) -> datetime | None:
        """Tell since when it is issued."""
        signed = self.override or self.approver
        return signed.at if signed else None


def must_lie_ahead(body: Body, now: datetime) -> None:
    """Insist that the moments which a body names are still to come, and soon enough to be meant.

    Raises:
        BadInput: a deadline, or the end of a notice, has passed, or is so far off that its year
            must be wrong.
    """
    said = [tier.deadline for tier in body.tiers] if isinstance(body, IssueOrder) else []
    latest = now + FURTHEST_DEADLINE
    if isinstance(body, IssueNotice) and body.expires_at:
        said, latest = [body.expires_at], now + FURTHEST_END
    if passed := [one for one in said if one <= now]:
        raise BadInput(f"{passed[0].isoformat()} has passed: give a moment that is still to come")
    if far := [one for one in said if one > latest]:
        raise BadInput(f"{far[0].isoformat()} is too far off: is the year right?")


def must_be_known(body: Body, known: Container[AreaCode]) -> None:
    """Insist that every area which a body names is there: a mistyped one would reach nobody.

    Raises:
        BadInput: one is not.
    """
    if unknown := [one for one in areas_of(body) if one not in known]:
        raise BadInput(f"no area {', '.join(unknown)}: give division codes of this county")


def areas_of(body: Body) -> tuple[AreaCode, ...]:
    """Tell the areas that a decision names itself; none: those of what it changes."""
    match body:
        case SetResponse() | LiftOrder() | IssueNotice():
            return body.areas
        case IssueOrder():
            return tuple(dict.fromkeys(area for tier in body.tiers for area in tier.areas))
        case ReleaseReturn():
            return body.villages
        case EndNotice():
            return ()
        case _:
            assert_never(body)


def digest_of(event: EventId, body: Body, text: str) -> str:
    """Digest what is signed, so that nobody signs something else than was shown."""
    said = [event, type(body).__name__, _plain(body), text]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def author_signature(
    event: EventId, body: Body, text: str, *, by: StaffId, at: datetime
) -> Signature:
    """Sign what one has written."""
    return Signature(by=by, role=SignedAs.AUTHOR, at=at, digest=digest_of(event, body, text))


def approve(decision: Decision, by: StaffId, at: datetime, *, digest: str) -> Decision:
    """Sign as the second person; of an override this closes the open point.

    Raises:
        Conflict: the same person, other words than were shown, signed or discarded already.
    """
    _shown(decision, digest)
    if decision.approver is not None or decision.state is DecisionState.DISCARDED:
        raise Conflict("this decision is signed already, or discarded: nothing is left to sign")
    if by == decision.author.by:
        raise Conflict("you wrote this: a different person has to approve it")
    signed = Signature(by=by, role=SignedAs.APPROVER, at=at, digest=digest)
    return replace(decision, approver=signed, version=decision.version + 1)


def override(
    decision: Decision, by: StaffId, at: datetime, *, digest: str, reason: str
) -> Decision:
    """Issue one's own decision at once; another signs it afterwards.

    Raises:
        Conflict: it is another's (approve it instead), or no draft any more.
        BadInput: there is no reason.
    """
    _shown(decision, digest)
    if decision.state is not DecisionState.DRAFT:
        raise Conflict(f"this decision is {decision.state} already")
    if by != decision.author.by:
        raise Conflict("another person wrote this: approve it, no override is needed")
    if not reason.strip():
        raise BadInput("say why it cannot wait for a second person")
    signed = Signature(by=by, role=SignedAs.OVERRIDE, at=at, digest=digest)
    return replace(
        decision, override=signed, override_reason=reason.strip(), version=decision.version + 1
    )


def discard(decision: Decision, at: datetime) -> Decision:
    """Throw a draft away.

    Raises:
        Conflict: it is no draft any more.
    """
    if decision.state is not DecisionState.DRAFT:
        raise Conflict(f"this decision is {decision.state}: only a draft can be discarded")
    return replace(decision, discarded_at=at, version=decision.version + 1)


def carried_out(decision: Decision, at: datetime, *, problem: str = "") -> Decision:
    """Note that its effect is written, or why there is none. Idempotent."""
    if decision.carried_out_at is not None:
        return decision
    return replace(decision, carried_out_at=at, problem=problem, version=decision.version + 1)


def _shown(decision: Decision, digest: str) -> None:
    if digest != decision.digest:
        raise Conflict("this is not what you were shown: read it again before you sign")


def _plain(part: object) -> object:
    """Write a value so that the same content always reads the same."""
    if is_dataclass(part):
        return {one.name: _plain(getattr(part, one.name)) for one in fields(part)}
    match part:
        case frozenset():
            return sorted(str(one) for one in part)
        case tuple() | list():
            return [_plain(one) for one in part]
        case Mapping():
            return {str(key): _plain(value) for key, value in part.items()}
        case datetime():
            return part.timestamp()
        case _:
            return part if part is None else str(part)
