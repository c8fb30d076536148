"""How an answer goes out: through the door that still waits, or pushed from the outbox."""

from dataclasses import dataclass

from bot.channels.rendering import as_text, parts, within
from data.civic.ids import DeliveryId
from data.civic.sending.deliveries import PUSHED, Delivery
from data.civic.sending.quotas import WECHAT_SERVICE, Opening, opened
from data.civic.talk.messages import Message, MessageKind, Reply
from handlers.office import Office
from handlers.sending_words import text_cut


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

    Idempotent by message.
    """
    if message.channel in PUSHED:
        await push_parts(message, parts(as_text(reply, care=reply.care)), office, first=1)


async def push_parts(
    message: Message, texts: tuple[str, ...], office: Office, *, first: int
) -> None:
    """Put the texts of an answer into the outbox, in order, numbered from `first`.

    No more than the platform's window lets out: the last then says where the rest is to be read.
    Idempotent: the deliveries' ids are made from the message's.
    """
    window = await office.stores.windows.get(message.conversation.id)
    if window is not None and 0 < window.left < len(texts):
        texts = within(texts, window.left, text_cut(office.release))
    for number, text in enumerate(texts, start=first):
        await _put(message, number, text, office)


async def _put(message: Message, number: int, text: str, office: Office) -> None:
    delivery = Delivery(
        id=DeliveryId(f"{message.id}/{number}"),
        to=message.conversation,
        answers=message.id,
        text=text,
        created_at=office.clock.now(),
    )
    await office.stores.outbox.put(delivery)
