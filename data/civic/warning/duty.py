"""What the duty officer is called for, once each, until somebody has seen it."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from data.civic.ids import AreaCode, DutyCallId, StaffId


class DutyKind(StrEnum):
    """Why somebody is called."""

    FEED_SILENT = "feed_silent"
    MESSAGE_HELD = "message_held"
    MESSAGE_REFUSED = "message_refused"
    DANGER = "danger"
    HELP = "help"


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyCall:
    """One thing to see to."""

    kind: DutyKind
    subject: str
    """The feed and its silence, the arrival, the ticket: by id."""
    area: AreaCode
    detail: str = ""
    """What exactly; never a citizen's words."""
    opened_at: datetime
    seen_by: StaffId | None = None
    seen_at: datetime | None = None
    version: int = 0

    @property
    def id(self) -> DutyCallId:
        """Name it by what it is about: called once, however often it is found."""
        return DutyCallId(f"{self.kind}/{self.subject}")


def see(call: DutyCall, by: StaffId, at: datetime) -> DutyCall:
    """Note who has seen it; a second look changes nothing."""
    if call.seen_at is not None:
        return call
    return replace(call, seen_by=by, seen_at=at, version=call.version + 1)
