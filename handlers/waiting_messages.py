"""Messages of the feeds that wait to be settled: held, or not taken and not yet seen."""

import asyncio
from datetime import datetime

from data.civic.warning.arrivals import Arrival
from data.civic.warning.duty import DutyKind
from data.civic.warning.verdicts import Verdict
from handlers.office import Office

MOST = 1_000
_NOT_TAKEN = (Verdict.REFUSED, Verdict.CONFLICT)


async def waiting_messages(office: Office, at: datetime, *, drill: bool = False) -> list[Arrival]:
    """List what is held, what nobody has judged yet, and what was not taken and nobody has seen.

    Not taken is what was refused, for whatever reason, or contradicts a message that stands: it
    waits until somebody on duty has seen the call about it. Feeds speak in earnest alone: in a
    drill nothing waits.
    """
    if drill:
        return []
    warnings = office.stores.warnings
    held, unjudged, unseen = await asyncio.gather(
        warnings.held_warnings(at, MOST),
        warnings.unjudged(at, MOST),
        office.stores.duty_calls.unseen_subjects(DutyKind.MESSAGE_REFUSED),
    )
    return [*held, *unjudged, *(one for one in await warnings.these(unseen) if _not_taken(one))]


def _not_taken(arrival: Arrival) -> bool:
    """Say whether it is still refused: one that came again may have been taken since."""
    return arrival.judgement is not None and arrival.judgement.verdict in _NOT_TAKEN
