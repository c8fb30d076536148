"""What people on duty are called for, once each, until it is seen; with the record of it."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from data.civic.errors import BadInput
from data.civic.ids import AreaCode, DutyCallId, StaffId, TicketNumber
from data.civic.warning import drills
from data.civic.warning.dials import Dial, Ring


class DutyKind(StrEnum):
    """Why somebody is called."""

    FEED_SILENT = "feed_silent"
    MESSAGE_HELD = "message_held"
    MESSAGE_REFUSED = "message_refused"
    DANGER = "danger"
    DANGER_ADDED = "danger_added"
    """Danger was added to a case after people on duty had seen it."""
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


OF_MESSAGES = (DutyKind.MESSAGE_HELD, DutyKind.MESSAGE_REFUSED)
MOST_OTHERS = 99
"""So many messages more one call is for; then somebody is called anew."""


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
    others: tuple[str, ...] = ()
    """Further messages of the same kind: one call is for all of them."""
    lasting: bool = False
    """It takes up more of the same also after it was seen."""
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
    def subjects(self) -> tuple[str, ...]:
        """Tell all that it is about, the first first."""
        return (self.subject, *self.others)

    @property
    def messages(self) -> tuple[str, ...]:
        """Tell the arrivals that it is about: by `feed/digest`."""
        of_messages = self.subjects if self.kind in OF_MESSAGES else ()
        return tuple(one for one in of_messages if one.count("/") == 1)

    @property
    def gathers(self) -> bool:
        """Say whether more of the same is taken up by it: nobody has seen it, and it has room."""
        room = len(self.others) < MOST_OTHERS and self.kind in OF_MESSAGES
        return bool(self.about) and room and (self.lasting or self.seen_at is None)

    @property
    def ticket(self) -> TicketNumber | None:
        """Tell which ticket has to be opened: by that the calling ends; None: it needs none."""
        if self.kind not in (DutyKind.DANGER, DutyKind.DANGER_ADDED):
            return None
        return TicketNumber(self.subject.partition("/")[0])

    @property
    def drill(self) -> bool:
        """Say whether it belongs to a drill."""
        return drills.is_drill(self.subject)

    @property
    def answered(self) -> Dial | None:
        """Tell the attempt that was answered first."""
        told = [one for one in self.dials if one.ring is Ring.ANSWERED and one.told_at]
        return min(told, key=lambda one: (one.told_at, one.number), default=None)


def gather(call: DutyCall, subject: str) -> DutyCall:
    """Let one more of the same be seen to with it; what it is full of, or over, it stays."""
    if subject in call.subjects or not call.gathers:
        return call
    return replace(call, others=(*call.others, subject), version=call.version + 1)


def anew(call: DutyCall) -> DutyCall:
    """Give a call another name: somebody was called about its subject for something else."""
    named = f"{call.subject}/{call.opened_at:%Y%m%d%H%M%S}"
    return replace(call, subject=named, others=(call.subject,))


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
