"""Send what stands in the outbox, one delivery at a time, and note what became of it."""

from dataclasses import replace

import structlog

from bot.channels.sending import Senders
from bot.channels.wechat_api import failure_of
from data.civic.errors import PlatformRefused, PlatformUnavailable
from data.civic.sending.deliveries import Delivery, DeliveryState, Failure, failed
from handlers.office import Office

LEASE_S = 30.0
"""How long one send may take; after it the delivery is `unknown` and never repeated."""

log = structlog.get_logger()


async def send_next(office: Office, senders: Senders) -> bool:
    """Send the next due delivery; False when none is due."""
    await office.stores.outbox.lost()
    delivery = await office.stores.outbox.claim(lease_s=LEASE_S)
    if delivery is None:
        return False
    await office.stores.outbox.settle(await _send(office, senders, delivery))
    return True


async def _send(office: Office, senders: Senders, delivery: Delivery) -> Delivery:
    now = office.clock.now()
    if now >= delivery.expires_at:
        return replace(delivery, state=DeliveryState.EXPIRED)
    window = await office.stores.windows.get(delivery.conversation)
    if window is None or not window.open(now):
        return failed(delivery, Failure.LASTING, "the platform's window is closed", now)
    try:
        await senders.send(delivery)
    except (PlatformUnavailable, PlatformRefused) as error:
        log.warning("delivery not accepted", account=delivery.to.account, error=str(error))
        return failed(delivery, failure_of(error), str(error), now)
    # What was not accepted costs nothing: five tries while the platform is down close no window.
    await office.stores.windows.spend(delivery.conversation, now)
    return replace(delivery, state=DeliveryState.SENT, attempts=delivery.attempts + 1)
