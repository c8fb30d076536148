"""See a ticket, and close it with a result; the citizen is told of both by a human's deed."""

from collections.abc import Mapping

from data.civic.calendar import day_in_words, local
from data.civic.errors import Conflict, NotFound
from data.civic.ids import TicketNumber
from data.civic.people import Role, Staff
from data.civic.talk import tickets
from data.civic.talk.messages import Say
from data.civic.talk.tickets import Ticket, TicketKind, TicketState
from handlers.acts.call_duty import seen_with_ticket
from handlers.acts.note import note, note_look
from handlers.acts.tell_citizen import tell, worded
from handlers.office import Office
from handlers.wording import say

SEE = (Role.AGENT, Role.DUTY)
MOST = 1_000
"""How many tickets are looked through for the own area."""

WORDS: Mapping[str, tuple[str, ...]] = {"danger_seen": ("time", "number")}


async def unfinished(office: Office, staff: Staff) -> list[Ticket]:
    """List what is not closed in the own area: danger first, then by when it is due.

    Raises:
        Refused: the role is not held.
    """
    staff.must(*SEE)
    found = await office.stores.tickets.unfinished(MOST)
    return [one for one in found if staff.may(*SEE, area=one.area)]


async def find(office: Office, staff: Staff, number: TicketNumber) -> Ticket:
    """Find a ticket of the own area, and note the look; this alone does not make it seen.

    Raises:
        Refused: the role is not held, or the area is another's.
        NotFound: there is no such ticket.
    """
    ticket = await _mine(office, staff, number)
    await note_look(office, staff.id, "ticket.read", ticket.number)
    return ticket


async def see(office: Office, staff: Staff, number: TicketNumber) -> Ticket:
    """Open a ticket. The first look marks it; who reported danger is told that it was seen.

    Idempotent: who looks later changes nothing.

    Raises:
        Refused, NotFound: as `find`.
    """
    ticket, now = await _mine(office, staff, number), office.clock.now()
    seen = tickets.see(ticket, staff.id, now)
    await seen_with_ticket(office, staff, ticket)
    if seen is ticket:
        return await find(office, staff, number)
    if ticket.kind is TicketKind.DANGER:
        time = f"{local(now):%H:%M}"
        words = say(office.release, "danger_seen", time=time, number=ticket.number)
        await _tell(office, staff, ticket, words, "seen")
    try:
        await office.stores.tickets.save(seen)
    except Conflict:  # a colleague opened it in the same moment: seen it is
        return await find(office, staff, number)
    await note(office, staff.id, "ticket.see", ticket.number)
    return seen


async def close(office: Office, staff: Staff, number: TicketNumber, result: str) -> Ticket:
    """Close a ticket that was seen, and tell the citizen the result.

    Idempotent: the same result again tells it again under the same id, that is once.

    Raises:
        Refused, NotFound: as `find`; only an agent closes.
        BadInput: there is no result, or it is too long.
        Conflict: nobody has seen it, or it was closed with another result.
    """
    words = worded(result)
    staff.must(Role.AGENT)
    ticket = await _mine(office, staff, number)
    if ticket.state is TicketState.CLOSED and ticket.result == words:
        await _tell(office, staff, ticket, _result(office, ticket), "closed")
        return ticket
    closed = tickets.close(ticket, words, office.clock.now())
    await office.stores.tickets.save(closed)
    await _tell(office, staff, closed, _result(office, closed), "closed")
    await note(office, staff.id, "ticket.close", ticket.number)
    return closed


async def _mine(office: Office, staff: Staff, number: TicketNumber) -> Ticket:
    staff.must(*SEE)
    ticket = await office.stores.tickets.get(number)
    if ticket is None:
        raise NotFound("there is no such ticket: see the list of tickets")
    staff.must(*SEE, area=ticket.area)
    return ticket


def _result(office: Office, ticket: Ticket) -> Say:
    intent = office.release.intents.get(ticket.intent)
    return say(
        office.release,
        "ticket_closed",
        number=ticket.number,
        title=intent.title if intent else "",
        opened=day_in_words(local(ticket.opened_at).date()),
        result=ticket.result,
        hotline=office.release.rules.hotline,
    )


async def _tell(office: Office, staff: Staff, ticket: Ticket, words: Say, what: str) -> None:
    conversation = await office.stores.conversations.by_id(ticket.conversation)
    text = words.plain if conversation is not None and conversation.care else words.full
    key = f"{ticket.message}/{what}"
    await tell(office, ticket.conversation, by=staff.id, text=text, key=key)
