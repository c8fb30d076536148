"""Remind the owners of guides of the days that come near."""

import structlog

from handlers.acts.reminders import remind
from handlers.office import Office

LOOK_FOR_DUE_S = 3_600.0

log = structlog.get_logger()


async def remind_of_due(office: Office) -> bool:
    """Make the reminders that are due; always False: the next look is an hour later."""
    made = await remind(office)
    if made:
        log.info("guides due", reminders=made)
    return False
