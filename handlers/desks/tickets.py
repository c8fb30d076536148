"""Complaints and suggestions become tickets; their state, and that of hazards, can be asked for."""

from dataclasses import replace

from data.civic.calendar import day_in_words, local
from data.civic.ids import IntentId, TicketNumber
from data.civic.labels import Outcome
from data.civic.talk.conversations import TalkOf, Topic
from data.civic.talk.messages import Reply, Say, Turn
from data.civic.talk.tickets import Ticket, TicketKind, TicketState
from handlers import hazard_words
from handlers.acts.open_ticket import open_ticket
from handlers.acts.report_hazard import find_own
from handlers.desk import Desk
from handlers.forms import WHOLE_TEXT
from handlers.office import Office
from handlers.wording import reply, say

COMPLAINT = IntentId("complaint")

STATUS = IntentId("complaint_status")
"""What is talked of once a ticket stands: "多久" asks about it and opens no other."""

STATES = {
    TicketState.OPEN: "ticket_open",
    TicketState.SEEN: "ticket_seen",
    TicketState.CLOSED: "ticket_closed",
}

desk = Desk(
    "tickets",
    words={
        "ticket_received": ("number", "due", "hotline"),
        **hazard_words.WORDS,
        "ticket_open": ("number", "title", "opened", "due", "hotline"),
        "ticket_seen": ("number", "title", "opened", "due", "hotline"),
        "ticket_closed": ("number", "title", "opened", "result", "hotline"),
        "ticket_none": ("hotline",),
    },
)


@desk.on("complaint", needs=(WHOLE_TEXT,))
@desk.on("wage_arrears", needs=(WHOLE_TEXT,))
async def take_complaint(turn: Turn, office: Office) -> Reply:
    """Open a ticket of the citizen's words and tell its number and its clock."""
    ticket = await _open(turn, office, TicketKind.COMPLAINT)
    due = day_in_words(local(ticket.due_at).date())
    hotline = turn.release.rules.hotline
    words = say(turn.release, "ticket_received", number=ticket.number, due=due, hotline=hotline)
    return _registered(turn, words)


@desk.on("complaint_status")
async def tell_state(turn: Turn, office: Office) -> Reply:
    """Tell where the citizen's own ticket or report stands: the one named, or the newest."""
    ticket, number = await _own(turn, office), turn.understanding.slots.case_number
    hazard = await find_own(office, turn.conversation.key.id, number)
    if hazard is not None and (ticket is None or ticket.opened_at < hazard.report.at):
        return reply(turn, Outcome.ANSWERED, await hazard_words.state(office, hazard))
    hotline = turn.release.rules.hotline
    if ticket is None:
        words = say(turn.release, "ticket_none", hotline=hotline)
        return reply(turn, Outcome.SIGNPOSTED, words)
    words = say(turn.release, STATES[ticket.state], **_facts(turn, ticket), hotline=hotline)
    return reply(turn, Outcome.ANSWERED, words)


async def _open(turn: Turn, office: Office, kind: TicketKind) -> Ticket:
    intent = turn.understanding.intent or COMPLAINT
    text = turn.answers[WHOLE_TEXT]
    return await open_ticket(turn, office, kind=kind, intent=intent, text=text)


async def _own(turn: Turn, office: Office) -> Ticket | None:
    """Find a ticket of this conversation; somebody else's is as unknown as one that is not."""
    mine = turn.conversation.key.id
    named = turn.understanding.slots.case_number
    if named is None:
        return await office.stores.tickets.latest_of(mine)
    ticket = await office.stores.tickets.get(TicketNumber(named))
    return ticket if ticket is not None and ticket.conversation == mine else None


def _facts(turn: Turn, ticket: Ticket) -> dict[str, str]:
    intent = turn.release.intents.get(ticket.intent)
    return {
        "number": ticket.number,
        "title": intent.title if intent else "",
        "opened": day_in_words(local(ticket.opened_at).date()),
        "due": day_in_words(local(ticket.due_at).date()),
        "result": ticket.result,
    }


def _registered(turn: Turn, words: Say) -> Reply:
    moves = (TalkOf(topic=Topic(intent=STATUS)),)
    return replace(reply(turn, Outcome.ANSWERED, words), moves=moves)
