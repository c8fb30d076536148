"""Messages of the feeds that wait to be settled: held, or not understood and not yet seen."""

from datetime import datetime, timedelta

from data.civic.ids import DutyCallId
from data.civic.warning.arrivals import Arrival
from data.civic.warning.duty import DutyKind
from data.civic.warning.verdicts import Reason, Verdict
from handlers.office import Office

UNSETTLED_FOR = timedelta(hours=24)
"""So long a message that is held, or was not understood, may be a warning that is in force."""
NEWEST = 50
_NOT_UNDERSTOOD = (
    Reason.UNREADABLE,
    Reason.UNKNOWN_TYPE,
    Reason.UNKNOWN_STATUS,
    Reason.UNKNOWN_COLOUR,
    Reason.BAD_DIGEST,
    Reason.IMPOSSIBLE_DATES,
)


async def waiting_messages(office: Office, at: datetime, *, drill: bool = False) -> list[Arrival]:
    """List what is held; and what was not understood, until somebody on duty has seen it.

    Feeds speak in earnest alone: in a drill nothing waits.
    """
    if drill:
        return []
    warnings, calls = office.stores.warnings, office.stores.duty_calls
    held = await warnings.with_verdict(Verdict.HELD, NEWEST)
    found = [one for one in held if at - one.received_at < UNSETTLED_FOR]
    for one in await warnings.with_verdict(Verdict.REFUSED, NEWEST):
        reason = one.judgement.reason if one.judgement else None
        if at - one.received_at >= UNSETTLED_FOR or reason not in _NOT_UNDERSTOOD:
            continue
        call = await calls.get(DutyCallId(f"{DutyKind.MESSAGE_REFUSED}/{one.id}"))
        if call is None or call.seen_at is None:
            found.append(one)
    return found
