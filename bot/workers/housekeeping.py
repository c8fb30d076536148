"""Keep house: delete from the roster whose day has come; count anew whom a leave leaves alone."""

import structlog

from handlers.acts.grid_gaps import recount_leaves
from handlers.acts.purge_rosters import purge_due
from handlers.office import Office

KEEP_HOUSE_S = 3_600.0

log = structlog.get_logger()


async def keep_house(office: Office) -> bool:
    """Delete what is due, note and count it; always False: the next look is an hour later."""
    gone = await purge_due(office)
    if gone:
        log.info("roster purged", people=gone)
    await recount_leaves(office)
    return False
