"""What people on duty are called for, once each, until it is seen; with the record of it."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from data.civic.errors import BadInput
from data.civic.ids import AreaCode, DutyCallId, StaffId
from data.civic.warning import drills
from data.civic.warning.dials import Dial, Ring


class DutyKind(StrEnum):
    """Why somebody is called."""

    FEED_SILENT = "feed_silent"
    MESSAGE_HELD = "message_held"
    MESSAGE_REFUSED = "message_refused"
    DANGER = "danger"
    HELP = "help"
    SIGNAL = "signal"
    """A warning of orange or red is in force."""
    RESPONSE = "response"
    ORDER = "order"
    WARNING_ENDS = "warning_ends"
    """A warning is about to end by itself: neither lifted nor renewed."""

    @property
    def read_back(self) -> bool:
        """Say whether the called person is asked to say words back: what was decided is heard."""
        return self in (DutyKind.RESPONSE, DutyKind.ORDER)


class SeenAs(StrEnum):
    """How somebody let know that it was seen."""

    CONSOLE = "console"
    KEY = "key"
    WORDS = "words"
    NOTICE = "notice"
    """The notice in the work app was opened."""
    TELEPHONE = "telephone"
    """A colleague called by hand, and the call was taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyCall:
    """One thing to see to, and who was called for it."""

    kind: DutyKind
    subject: str
    """The feed and its silence, the arrival, the ticket: by id."""
    area: AreaCode
    detail: str = ""
    """What exactly; never a citizen's words."""
    about: str = ""
    """What else is called for together: while one of these rings, no second one does."""
    opened_at: datetime
    dials: tuple[Dial, ...] = ()
    due_at: datetime | None = None
    """When to look what comes next; None: at once."""
    seen_by: StaffId | None = None
    """None although it is seen: somebody on duty without an account."""
    seen_at: datetime | None = None
    seen_as: SeenAs | None = None
    result: str = field(default="", repr=False)
    """What came of it, in the words of staff."""
    result_by: StaffId | None = None
    result_at: datetime | None = None
    version: int = 0

    @property
    def id(self) -> DutyCallId:
        """Name it by what it is about: called once, however often it is found."""
        return DutyCallId(f"{self.kind}/{self.subject}")

    @property
    def drill(self) -> bool:
        """Say whether it belongs to a drill."""
        return drills.is_drill(self.subject)

    @property
    def answered(self) -> Dial | None:
        """Tell the attempt that was answered first."""
        told = [one for one in self.dials if one.ring is Ring.ANSWERED and one.told_at]
        return min(told, key=lambda one: (one.told_at, one.number), default=None)


def see(
    call: DutyCall, by: StaffId | None, at: datetime, *, how: SeenAs = SeenAs.CONSOLE
) -> DutyCall:
    """Note who has seen it; a second look changes nothing."""
    if call.seen_at is not None:
        return call
    return replace(call, seen_by=by, seen_at=at, seen_as=how, due_at=None, version=call.version + 1)


def conclude(call: DutyCall, by: StaffId, at: datetime, result: str) -> DutyCall:
    """Write what came of it; who writes it has seen it.

    Raises:
        BadInput: there are no words.
    """
    words = result.strip()
    if not words:
        raise BadInput("say what was done: one sentence is enough")
    seen = see(call, by, at)
    return replace(seen, result=words, result_by=by, result_at=at, version=call.version + 1)
