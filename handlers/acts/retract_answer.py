"""Take back an answer to a warning: one is not safe after all, or will leave after all.

The first answer of a household stands; what changes is whether somebody must come, and why.
"""

from dataclasses import dataclass
from datetime import timedelta

from data.civic.ids import ConversationId
from data.civic.safety.grids import GridWorker, worker_of
from data.civic.sending.informing import Informing
from data.civic.sending.rows import Manner, Row, Said
from handlers.acts import confirm
from handlers.acts.answer_warning import sent_to
from handlers.acts.confirm import Answer
from handlers.office import Office

JUST = timedelta(minutes=30)
"""So long a mere "that was wrong" is said of one's answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retracted:
    """Who answers for the place, and whether it was passed on."""

    worker: GridWorker | None
    passed: bool
    """Somebody has been told to come, and the duty officer was called."""
    informing: Informing | None = None
    """What was answered before; None: nothing."""


async def unsafe(office: Office, conversation: ConversationId) -> Retracted:
    """Have somebody come to a household that counts as informed; the others go on being called."""
    sent = await sent_to(office, conversation)
    told = next((one for one in sent if one.row.confirmation is not None), None)
    if told is None:
        worker = await _worker(office, sent[0].row) if sent else None
        return Retracted(worker=worker, passed=False)
    given = Answer(
        informing=told.informing.id, person=told.row.resident, said=Said.HELP, manner=Manner.CHAT
    )
    confirmed = await confirm.by_citizen(office, conversation, given)
    return Retracted(worker=confirmed.visit_by, passed=True, informing=told.informing)


async def goes(office: Office, conversation: ConversationId) -> Retracted | None:
    """Note of who said to stay that they have answered otherwise; the visit is still made.

    None: nobody there has said so, or somebody has been there.
    """
    staying = [one for one in await sent_to(office, conversation) if one.row.visit is Said.STAYS]
    now = office.clock.now()
    for one in staying:
        await office.stores.rows.want_visit(one.informing.id, one.row.resident, Said.RECEIVED, now)
    if not staying:
        return None
    first = staying[0]
    worker = await _worker(office, first.row)
    return Retracted(worker=worker, passed=True, informing=first.informing)


async def just_said(office: Office, conversation: ConversationId) -> Said | None:
    """Tell what was answered a moment ago; None: nothing."""
    sent, now = await sent_to(office, conversation), office.clock.now()
    if any(one.row.visit is Said.STAYS for one in sent):
        return Said.STAYS
    given = (one.row.confirmation for one in sent)
    return next((one.said for one in given if one and one.at >= now - JUST), None)


async def _worker(office: Office, row: Row) -> GridWorker | None:
    grid = await office.stores.grids.get(row.grid) if row.grid else None
    return worker_of(grid, office.clock.now()) if grid else None
