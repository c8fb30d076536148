"""Tell a citizen something in the name of staff: into the history, and pushed where it can be."""

import unicodedata

from data.civic.errors import BadInput
from data.civic.ids import ConversationId, DeliveryId, StaffId
from data.civic.privacy import mask_ids
from data.civic.sending.deliveries import PUSHED, Delivery
from handlers.office import Office

LONGEST = 500
"""Characters; it fits into one message of every platform."""
_NEVER = frozenset({"Cc", "Cs"})
"""Control characters and broken halves; joiners within emoji are none of them."""


def worded(text: str) -> str:
    """Make what staff typed fit to be sent: no control characters, no empty ends.

    Raises:
        BadInput: nothing is left, or it is too long.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(one for one in lines if one == "\n" or unicodedata.category(one) not in _NEVER)
    words = kept.strip()
    if not words:
        raise BadInput("there are no words to send: write something")
    if len(words) > LONGEST:
        raise BadInput(f"{len(words)} characters are too many: send at most {LONGEST} at once")
    return words


async def tell(
    office: Office, conversation: ConversationId, *, by: StaffId, text: str, key: str
) -> None:
    """Say `text`, which is not empty, to a citizen. Idempotent by `key`."""
    now = office.clock.now()
    await office.stores.messages.staff_said(
        conversation, staff=by, text=mask_ids(text), at=now, id=key
    )
    known = await office.stores.conversations.by_id(conversation)
    if known is None or known.key.channel not in PUSHED:
        return
    delivery = Delivery(
        id=DeliveryId(key), to=known.key, answers=None, text=mask_ids(text), created_at=now
    )
    await office.stores.outbox.put(delivery)
