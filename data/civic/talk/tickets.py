"""A matter that staff must act on: a complaint, a report of danger, a hazard."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from data.civic.areas import within
from data.civic.errors import Conflict
from data.civic.ids import AreaCode, ConversationId, IntentId, MessageId, StaffId, TicketNumber

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
    version: int = 0

    @property
    def due_at(self) -> datetime:
        """Tell until when somebody must have acted."""
        return self.opened_at + DUE[self.kind]


def see(ticket: Ticket, by: StaffId, now: datetime) -> Ticket:
    """Note that a person has opened it; a second look changes nothing."""
    if ticket.state is not TicketState.OPEN:
        return ticket
    return replace(
        ticket, state=TicketState.SEEN, seen_at=now, seen_by=by, version=ticket.version + 1
    )


def add(ticket: Ticket, words: str, area: AreaCode) -> Ticket:
    """Add what the citizen says later, and where it is, if that is nearer. Idempotent.

    Raises:
        Conflict: it is closed, or full: what comes now needs a ticket of its own.
    """
    lines = ticket.text.split("\n")
    nearer = area if within(area, ticket.area) else ticket.area
    if words in lines and nearer == ticket.area:
        return ticket
    text = "\n".join(lines if words in lines else [*lines, words])
    if ticket.state is TicketState.CLOSED or len(text) > LONGEST:
        raise Conflict(f"ticket {ticket.number} takes no more: open another")
    return replace(ticket, text=text, area=nearer, version=ticket.version + 1)


def close(ticket: Ticket, result: str, now: datetime) -> Ticket:
    """Close it with a result in words.

    Raises:
        Conflict: nobody has seen it, or it is closed already.
    """
    if ticket.state is not TicketState.SEEN:
        raise Conflict(f"ticket {ticket.number} is {ticket.state}: open it before you close it")
    return replace(
        ticket, state=TicketState.CLOSED, closed_at=now, result=result, version=ticket.version + 1
    )
