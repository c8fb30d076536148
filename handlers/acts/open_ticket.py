"""Open a ticket for a citizen: a complaint, a hazard, a life in danger."""

from data.civic.calendar import local
from data.civic.ids import IntentId, TicketNumber
from data.civic.privacy import mask
from data.civic.talk.messages import Turn
from data.civic.talk.tickets import Ticket, TicketKind
from handlers.office import Office


async def open_ticket(
    turn: Turn, office: Office, *, kind: TicketKind, intent: IntentId, text: str
) -> Ticket:
    """Open a ticket with a number that can be asked for.

    Idempotent: the same message opens one ticket; a second call finds it.
    """
    now = office.clock.now()
    number = TicketNumber(f"XS{local(now):%Y%m%d}{office.ids.digits(6)}")
    ticket = Ticket(
        number=number,
        message=turn.message.id,
        conversation=turn.conversation.key.id,
        kind=kind,
        intent=intent,
        area=turn.area,
        text=mask(text),
        opened_at=now,
    )
    return await office.stores.tickets.open(ticket)
