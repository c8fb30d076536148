"""Add to a citizen's open ticket what is said after it: where it is, a picture, how it goes on."""

from dataclasses import replace

from data.civic.errors import Conflict
from data.civic.ids import ConversationId, TicketNumber
from data.civic.privacy import mask
from data.civic.talk import tickets
from data.civic.talk.additions import Addition
from data.civic.talk.tickets import Ticket
from handlers.office import Office

TRIES = 5
"""How often it is written anew because a colleague has opened the ticket meanwhile."""


async def add_to_ticket(
    office: Office, conversation: ConversationId, number: TicketNumber, one: Addition
) -> Ticket:
    """Add words to a ticket of one's own, masked; staff see that there is something new.

    Idempotent by the message, and the same words stand once.

    Raises:
        Conflict: it is closed, full or not one's own: what is said needs a ticket of its own.
    """
    for _ in range(TRIES):
        ticket = await _own(office, conversation, number)
        added = tickets.add(ticket, replace(one, words=mask(one.words)))
        if added is ticket:
            return ticket
        try:
            await office.stores.tickets.save(added)
        except Conflict:
            continue
        return added
    raise Conflict(f"ticket {number} changes all the time: open another")


async def _own(office: Office, conversation: ConversationId, number: TicketNumber) -> Ticket:
    ticket = await office.stores.tickets.get(number)
    if ticket is None or ticket.conversation != conversation:
        raise Conflict(f"there is no ticket {number} of this citizen: open one")
    return ticket
