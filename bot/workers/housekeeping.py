"""Keep house: delete from the roster whose day has come, purge events; count leaves anew."""

import structlog

from data.civic.safety.aftermath import AFTER_DAYS
from handlers.acts.grid_gaps import recount_leaves
from handlers.acts.manual_changes import report_day_before
from handlers.acts.purge_events import freeze_closed
from handlers.acts.purge_events import purge_due as purge_events
from handlers.acts.purge_rosters import purge_due
from handlers.office import Office

KEEP_HOUSE_S = 3_600.0

log = structlog.get_logger()


async def keep_house(office: Office, *, days: int = AFTER_DAYS) -> bool:
    """Delete what is due, note and count it; always False: the next look is an hour later.

    `days` after its closing an event's personal data goes; what is of no event at that age.
    """
    gone = await purge_due(office)
    if gone:
        log.info("roster purged", people=gone)
    await freeze_closed(office, days=days)
    for one in await purge_events(office, days=days):
        log.info("event purged", papers=dict(one.counts))
    await recount_leaves(office)
    await report_day_before(office)
    return False
