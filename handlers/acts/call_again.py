"""Call people on duty again to a case of danger: danger was added after they had seen it."""

from data.civic.calendar import stamp
from data.civic.errors import Conflict
from data.civic.talk import tickets
from data.civic.talk.tickets import Ticket
from data.civic.warning.duty import DutyKind
from handlers.acts.call_duty import call_duty
from handlers.acts.note import citizen
from handlers.office import Office


async def call_again(office: Office, ticket: Ticket) -> bool:
    """Begin the calling anew where it has ended; True: people on duty are being called to it.

    Once in a while at most (`called_again_after`): what comes in between stays owed, and the
    worker calls for it then, unless staff have opened it. Idempotent: what is owed is called for
    under one id, and written off afterwards.
    """
    about, since = citizen(office, ticket.conversation), ticket.added.pressing_since
    ringing = await office.stores.duty_calls.ringing(about)
    mine = any(one.ticket == ticket.number for one in ringing)
    if since is None or (ringing and not mine):
        return mine
    now, before = office.clock.now(), ticket.added.called_at
    if mine:
        await _called(office, tickets.called(ticket, None))
        return True
    if before is not None and now - before < office.release.rules.limits.called_again_after:
        return False
    subject = f"{ticket.number}/{stamp(since)}"
    await call_duty(office, DutyKind.DANGER_ADDED, subject=subject, area=ticket.area, about=about)
    await _called(office, tickets.called(ticket, now))
    return True


async def _called(office: Office, ticket: Ticket) -> None:
    try:
        await office.stores.tickets.save(ticket)
    except Conflict:  # it was opened or added to in this moment: the worker looks at it again
        return
