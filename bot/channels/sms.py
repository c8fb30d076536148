"""Text messages: handed to the SMS gateway; what is sent back comes as a receipt."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.channels.carrying import carried
from bot.channels.gateway import Gateway, Item
from bot.channels.messengers import Needs, Outgoing
from data.civic.sending.batches import Sent
from data.civic.sending.rows import Rung

PATH = "/sms/messages"
LONGEST = 500
"""Characters: a long text message is joined of at most eight."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SmsMessenger:
    """Sends text messages."""

    gateway: Gateway
    rung: Rung = Rung.SMS
    needs: Needs = Needs.PHONE
    batch: int = 100

    @property
    def per_second(self) -> int | None:
        """Tell how many messages a second the gateway takes."""
        return self.gateway.account.per_second

    async def send(self, batch: Sequence[Outgoing]) -> Sequence[Sent]:
        """Hand a batch over to the gateway."""
        return await carried(self.gateway, PATH, batch, _item, longest=LONGEST)


def _item(one: Outgoing) -> Item:
    return {"reference": one.reference, "to": one.phone, "text": one.text}
