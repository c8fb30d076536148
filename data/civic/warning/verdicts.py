"""What becomes of a message, and why: closed lists."""

from dataclasses import dataclass
from enum import StrEnum

from data.civic.errors import BadInput
from data.civic.ids import AreaCode


class Verdict(StrEnum):
    """What becomes of a message; whatever it is, the raw message is kept."""

    APPLIED = "applied"
    REPEATED = "repeated"
    """The same message once more: nothing changes."""
    NOT_ACTUAL = "not_actual"
    """A test, an exercise, a draft: it reaches no citizen."""
    HELD = "held"
    """Not applied yet: it waits for another message, or for a person."""
    REFUSED = "refused"
    CONFLICT = "conflict"
    """Its identifier is that of a message with other content, which stands."""


class Reason(StrEnum):
    """Why a message is held or refused, or what the duty officer must know of one applied."""

    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    """Its beginning alone is kept."""
    UNKNOWN_TYPE = "unknown_type"
    UNKNOWN_STATUS = "unknown_status"
    UNKNOWN_COLOUR = "unknown_colour"
    UNKNOWN_SENDER = "unknown_sender"
    FOREIGN_AREA = "foreign_area"
    UNCLEAR_AREA = "unclear_area"
    """A name that does not resolve exactly."""
    BAD_SHAPE = "bad_shape"
    BAD_DIGEST = "bad_digest"
    """An attachment is not the one that was signed for."""
    NOT_PUBLIC = "not_public"
    CONTRADICTORY = "contradictory"
    """The headline says something else than the fields."""
    SAYS_DRILL = "says_drill"
    """Its words call it a drill or a test, its status does not: nobody may relay it."""
    IMPOSSIBLE_DATES = "impossible_dates"
    STALE = "stale"
    FROM_THE_FUTURE = "from_the_future"
    UNKNOWN_REFERENCE = "unknown_reference"
    OTHER_SENDER = "other_sender"
    """It would change another issuer's warning."""
    OTHER_EVENT = "other_event"
    """It would change a warning of another event."""
    AFTER_CANCEL = "after_cancel"
    """It came after the cancel of some of its areas: there it revives nothing."""
    OTHER_CONTENT = "other_content"
    AWAITS_CONFIRMATION = "awaits_confirmation"
    """The county wants one duty officer to confirm before it is relayed."""
    BY_STAFF = "by_staff"
    """The duty officer has decided so."""


class Unfit(BadInput):
    """A message cannot be read as one that is known here; `reason` says why."""

    def __init__(self, message: str, *, reason: Reason) -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What becomes of a message, for which areas, and what to tell staff about it."""

    verdict: Verdict
    reason: Reason | None = None
    detail: str = ""
    """What exactly: which name, which date."""
    areas: tuple[AreaCode, ...] = ()
