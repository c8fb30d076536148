"""What goes over the wire of the staff API."""

from datetime import datetime
from typing import Annotated

from pydantic import StringConstraints

from bot.api.wire import Wire
from data.civic.labels import Channel
from data.civic.talk.conversations import Attention
from data.civic.talk.tickets import TicketKind, TicketState
from data.civic.talk.unanswered import Why


class WaitingOut(Wire):
    """A citizen who waits for a human, or is served by one."""

    conversation: str
    channel: Channel
    area: str
    area_name: str
    attention: Attention
    since: datetime | None
    claimed_by: str | None
    """The id of the member of staff who serves."""
    last_question: str
    """In masked words."""


class WaitingListOut(Wire):
    """Who waits longest stands first."""

    waiting: list[WaitingOut]


class UnansweredOut(Wire):
    """A question that was not answered well, in masked words."""

    text: str
    guess: str | None
    confidence: float
    why: Why
    area: str
    area_name: str
    at: datetime


class UnansweredListOut(Wire):
    """The newest first."""

    unanswered: list[UnansweredOut]


class TicketLine(Wire):
    """A ticket without the citizen's words: to read them, see it."""

    number: str
    kind: TicketKind
    intent: str
    state: TicketState
    area: str
    area_name: str
    opened_at: datetime
    due_at: datetime
    seen_at: datetime | None
    seen_by: str | None
    added_at: datetime | None
    """When the citizen added what nobody has opened yet: to read it, see the ticket again."""


class TicketLinesOut(Wire):
    """Danger first, then by when it is due."""

    tickets: list[TicketLine]


class StaffTicketOut(TicketLine):
    """A ticket that somebody has seen."""

    text: str
    """In masked words."""
    closed_at: datetime | None
    result: str


class Result(Wire):
    """What came of a ticket; the citizen is told these words."""

    result: Annotated[str, StringConstraints(min_length=1, max_length=500)]
