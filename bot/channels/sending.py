"""Send what stands in the outbox, each by the way of its channel."""

from dataclasses import dataclass

from bot.channels.platforms import Platforms
from bot.channels.rendering import parts
from data.civic.errors import PlatformRefused
from data.civic.labels import Channel
from data.civic.sending.deliveries import Delivery


@dataclass(frozen=True, slots=True, kw_only=True)
class Senders:
    """Knows how to reach a citizen in each channel."""

    platforms: Platforms

    async def send(self, delivery: Delivery) -> None:
        """Send a delivery; the platform has accepted it when this returns.

        A text that is too long for one message is sent as several, in order. Who wants each
        tried again by itself makes a delivery of each of `rendering.parts`.

        Raises:
            PlatformRefused: it will never be taken; code `unsupported` where nothing is pushed.
            PlatformUnavailable: it may be taken later.
        """
        to = delivery.to
        api = self.platforms.wechat.get(to.account) if to.channel is Channel.WECHAT else None
        if api is None:
            raise PlatformRefused(f"no push to {to.channel}/{to.account}", code="unsupported")
        for text in parts(delivery.text):
            await api.send_text(to.user, text)
