"""Open a ticket for a citizen: a complaint, a hazard, a life in danger."""

from dataclasses import replace
from datetime import datetime

from data.civic.calendar import local
from data.civic.errors import Conflict
from data.civic.ids import IntentId, TicketNumber
from data.civic.privacy import mask
from data.civic.talk.messages import Turn
from data.civic.talk.tickets import Ticket, TicketKind
from handlers.office import Office

TRIES = 3
"""How often another number is taken because a ticket of the day has it."""


async def open_ticket(
    turn: Turn, office: Office, *, kind: TicketKind, intent: IntentId, text: str
) -> Ticket:
    """Open a ticket with a number that can be asked for.

    Idempotent: the same message opens one ticket; a second call finds it.

    Raises:
        Conflict: every number that was tried is taken.
    """
    now = office.clock.now()
    ticket = Ticket(
        number=_number(office, now),
        message=turn.message.id,
        conversation=turn.conversation.key.id,
        kind=kind,
        intent=intent,
        area=turn.area,
        text=mask(text),
        opened_at=now,
    )
    for _ in range(TRIES):
        try:
            return await office.stores.tickets.open(ticket)
        except Conflict:
            ticket = replace(ticket, number=_number(office, now))
    return await office.stores.tickets.open(ticket)


def _number(office: Office, now: datetime) -> TicketNumber:
    return TicketNumber(f"XS{local(now):%Y%m%d}{office.ids.digits(6)}")
