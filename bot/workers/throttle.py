"""How fast a way is gone: the platform's limit, shared by all workers, and the chat goes first."""

import asyncio
from datetime import timedelta

from bot.channels.messengers import Messenger
from data.civic.sending.rows import Rung
from handlers.office import Office

SECOND = timedelta(seconds=1)
LOOK_S = 0.05
"""How often it is looked whether there is room again."""
CHAT_S = 2.0
"""How long replies in the chat hold a batch up at most: a warning must go out as well."""
ROOM_S = 5.0
"""How long room is waited for before the slice is given back."""
SPARED = frozenset({Rung.SUBSCRIPTION, Rung.CHAT})
"""Ways that share a platform with the replies of the chat."""


async def room_for(office: Office, messenger: Messenger, count: int) -> bool:
    """Wait until `count` messages may go out; False: there was no room for too long."""
    if messenger.rung in SPARED:
        await _let_the_chat_pass(office)
    if messenger.per_second is None:
        return True
    for _ in range(int(ROOM_S / LOOK_S)):
        if await _taken(office, messenger, count):
            return True
        await asyncio.sleep(LOOK_S)
    return False


async def _taken(office: Office, messenger: Messenger, count: int) -> bool:
    """Take room in the second that runs by the server's clock."""
    key = f"sending/{messenger.rung.name.lower()}"
    used = await office.stores.counters.hit(key, window=SECOND, by=count)
    if messenger.per_second is None or used <= max(messenger.per_second, count):
        return True
    await office.stores.counters.take_back(key, window=SECOND, by=count)
    return False


async def _let_the_chat_pass(office: Office) -> None:
    """Wait while somebody who has asked something waits for the answer."""
    for _ in range(int(CHAT_S / LOOK_S)):
        due = await office.stores.outbox.oldest_due()
        if due is None or due > office.clock.now():
            return
        await asyncio.sleep(LOOK_S)
