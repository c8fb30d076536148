"""A matter that staff must act on: a complaint, a report of danger, a hazard."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from data.civic.areas import within
from data.civic.errors import Conflict
from data.civic.ids import AreaCode, ConversationId, IntentId, MessageId, StaffId, TicketNumber
from data.civic.talk import additions
from data.civic.talk.additions import Added, Addition

LONGEST = 4_000
"""Characters that a ticket holds with all that is added to it."""


class TicketKind(StrEnum):
    """What sort of matter it is, which sets its clock."""

    DANGER = "danger"
    HAZARD = "hazard"
    COMPLAINT = "complaint"
    CORRECTION = "correction"
    """Something on the roster is wrong: the village looks, and changes it there."""
    REQUEST = "request"
    """Something that the village does for somebody: a printed code."""


class TicketState(StrEnum):
    """Where the ticket stands."""

    OPEN = "open"
    SEEN = "seen"
    """A named member of staff has opened it."""
    CLOSED = "closed"


DUE = {
    TicketKind.DANGER: timedelta(hours=1),
    TicketKind.HAZARD: timedelta(hours=2),
    TicketKind.COMPLAINT: timedelta(days=7),
    TicketKind.CORRECTION: timedelta(days=7),
    TicketKind.REQUEST: timedelta(days=3),
}
"""Until when somebody must have acted. Source: Beijing's clocks, danger 1 h and general 7 days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """One matter, its clock and its history."""

    number: TicketNumber
    message: MessageId
    """The message that opened it: the same message never opens two."""
    conversation: ConversationId
    kind: TicketKind
    intent: IntentId
    area: AreaCode
    text: str = field(repr=False)
    """The citizen's words, masked."""
    opened_at: datetime
    state: TicketState = TicketState.OPEN
    seen_at: datetime | None = None
    seen_by: StaffId | None = None
    closed_at: datetime | None = None
    result: str = ""
    added: Added = additions.NOTHING
    """How it stands with what the citizen has said since."""
    version: int = 0

    @property
    def has_news(self) -> bool:
        """Say whether something was added since staff opened it."""
        return self.state is TicketState.SEEN and self.added.at is not None

    @property
    def opened_text(self) -> str:
        """Give the words without those that nobody has opened yet."""
        return self.text[: self.added.start] if self.has_news else self.text

    @property
    def due_at(self) -> datetime:
        """Tell until when somebody must have acted."""
        return self.opened_at + DUE[self.kind]


def see(ticket: Ticket, by: StaffId, now: datetime) -> Ticket:
    """Note that a person has opened it, with all that was added; a second look changes nothing."""
    known = additions.opened(ticket.added)
    if ticket.state is TicketState.OPEN:
        return _moved(replace(ticket, state=TicketState.SEEN, seen_at=now, seen_by=by, added=known))
    return _moved(replace(ticket, added=known)) if ticket.has_news else ticket


def add(ticket: Ticket, one: Addition) -> Ticket:
    """Add what the citizen says later, and where it is, if that is nearer.

    The same words stand once. Idempotent by the message.

    Raises:
        Conflict: it is closed, or full: what comes now needs a ticket of its own.
    """
    if one.message == ticket.added.message:
        return ticket
    words, lines = " ".join(one.words.split()), ticket.text.split("\n")
    text = ticket.text if words in lines else f"{ticket.text}\n{words}"
    if ticket.state is TicketState.CLOSED or len(text) > LONGEST:
        raise Conflict(f"ticket {ticket.number} takes no more: open another")
    nearer = one.area if within(one.area, ticket.area) else ticket.area
    if (text, nearer) == (ticket.text, ticket.area) and not one.pressing:
        return ticket
    added = additions.joined(ticket.added, one, len(ticket.text))
    return _moved(replace(ticket, text=text, area=nearer, added=added))


def called(ticket: Ticket, at: datetime | None) -> Ticket:
    """Note that people on duty are called to what was added; None: they were already."""
    return _moved(replace(ticket, added=additions.called(ticket.added, at)))


def close(ticket: Ticket, result: str, now: datetime) -> Ticket:
    """Close it with a result in words.

    Raises:
        Conflict: nobody has seen it, or what was added to it; or it is closed already.
    """
    if ticket.state is not TicketState.SEEN:
        raise Conflict(f"ticket {ticket.number} is {ticket.state}: open it before you close it")
    if ticket.has_news:
        raise Conflict(f"ticket {ticket.number} was added to: open that before you close it")
    return _moved(replace(ticket, state=TicketState.CLOSED, closed_at=now, result=result))


def _moved(ticket: Ticket) -> Ticket:
    return replace(ticket, version=ticket.version + 1)
