"""See a ticket and what is added to it, and close it; the citizen is told by a human's deed."""

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

SEE = (Role.AGENT, Role.DUTY, Role.CHIEF)
EVERY = (Role.AGENT, Role.DUTY)
"""Who sees tickets that are no danger, too: a chief is called to danger alone."""
MOST = 1_000
"""How many tickets are looked through for the own area."""

WORDS: Mapping[str, tuple[str, ...]] = {
    "danger_seen": ("time", "number"),
    "danger_seen_added": ("time", "number"),
}


async def unfinished(office: Office, staff: Staff) -> list[Ticket]:
    """List what is not closed in the own area: danger first, then by when it is due.

    Danger that nobody has opened, or not all of it, stands before what was opened.

    Raises:
        Refused: the role is not held.
    """
    staff.must(*SEE)
    found = await office.stores.tickets.unfinished(MOST)
    mine = [one for one in found if staff.may(*_roles(one), area=one.area)]
    return sorted(mine, key=lambda one: not waits_in_danger(one))


def waits_in_danger(ticket: Ticket) -> bool:
    """Say whether it is danger that nobody has opened, or that was added to since."""
    unopened = ticket.state is TicketState.OPEN or ticket.has_news
    return ticket.kind is TicketKind.DANGER and unopened


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
    """Open a ticket, or what was added to it; who reported danger is told that it was seen.

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
        key, what = _seen(ticket)
        words = say(office.release, key, time=f"{local(now):%H:%M}", number=ticket.number)
        await _tell(office, staff, ticket, words, what)
    try:
        await office.stores.tickets.save(seen)
    except Conflict:  # a colleague opened it in the same moment, or more was added: look again
        return await see(office, staff, number)
    await note(office, staff.id, "ticket.see", ticket.number)
    return seen


async def close(office: Office, staff: Staff, number: TicketNumber, result: str) -> Ticket:
    """Close a ticket that was seen, and tell the citizen the result.

    Idempotent: the same result again tells it again under the same id, that is once.

    Raises:
        Refused, NotFound: as `find`; only an agent closes.
        BadInput: there is no result, or it is too long.
        Conflict: nobody has seen it, or what was added; or it was closed with another result.
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


def _seen(ticket: Ticket) -> tuple[str, str]:
    """Tell which words say that it was seen, and the name under which they are said once."""
    if ticket.state is TicketState.OPEN:
        return "danger_seen", "seen"
    return "danger_seen_added", f"seen-{ticket.version}"


async def _mine(office: Office, staff: Staff, number: TicketNumber) -> Ticket:
    staff.must(*SEE)
    ticket = await office.stores.tickets.get(number)
    if ticket is None:
        raise NotFound("there is no such ticket: see the list of tickets")
    staff.must(*_roles(ticket), area=ticket.area)
    return ticket


def _roles(ticket: Ticket) -> tuple[Role, ...]:
    """List the roles that may see a ticket."""
    return SEE if ticket.kind is TicketKind.DANGER else EVERY


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
