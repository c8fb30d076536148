"""Walk messages again whose walker died: claimed, never finished, the lease run out."""

import structlog

from bot.outgoing import Door
from bot.reception import Reception
from handlers.office import Office

AT_ONCE = 20

log = structlog.get_logger()


async def resume_abandoned(office: Office, reception: Reception) -> bool:
    """Walk what was abandoned; False when there is nothing."""
    found = await office.stores.messages.abandoned(AT_ONCE)
    for message in found:
        log.warning("message resumed", message=message.trace)
        await reception.receive(message, Door(open=False))
    return bool(found)
