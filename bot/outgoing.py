"""How an answer goes out: through the door that still waits, or pushed from the outbox."""

from dataclasses import dataclass

from bot.channels.rendering import as_text
from data.civic.ids import DeliveryId
from data.civic.labels import Channel
from data.civic.sending.deliveries import Delivery
from data.civic.sending.quotas import WECHAT_SERVICE, Opening, opened
from data.civic.talk.messages import Message, MessageKind, Reply
from handlers.office import Office

PUSHED = frozenset({Channel.WECHAT})
"""Channels that can be written to; the others fetch their answer themselves."""


@dataclass(slots=True)
class Door:
    """Whether the sender still waits, and whether the answer goes out here."""

    open: bool = True
    taken: bool = False

    def take(self) -> bool:
        """Let the answer out here if the sender still waits."""
        self.taken = self.open
        return self.taken


async def note_opening(message: Message, office: Office) -> None:
    """Note that a citizen has written or come in, which lets us write back for a while."""
    if message.channel not in PUSHED:
        return
    kind = Opening.ENTERED if message.kind is MessageKind.EVENT else Opening.MESSAGE
    window = opened(WECHAT_SERVICE[kind], message.sent_at)
    await office.stores.windows.opened(message.conversation.id, window)


async def push(message: Message, reply: Reply, office: Office) -> None:
    """Put an answer whose sender has gone into the outbox, if the channel can be written to.

    Idempotent: the delivery's id is made from the message's.
    """
    text = as_text(reply, care=reply.care)
    if message.channel in PUSHED and text:
        await _put(message, "reply", text, office)


async def push_rest(message: Message, texts: tuple[str, ...], office: Office) -> None:
    """Put further texts of an answer into the outbox, in order. Idempotent by message."""
    for number, text in enumerate(texts, start=2):
        await _put(message, f"part-{number}", text, office)


async def _put(message: Message, part: str, text: str, office: Office) -> None:
    delivery = Delivery(
        id=DeliveryId(f"{message.id}/{part}"),
        to=message.conversation,
        answers=message.id,
        text=text,
        created_at=office.clock.now(),
    )
    await office.stores.outbox.put(delivery)
