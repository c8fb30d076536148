"""How fast a way is gone: the platform's limit, shared by all workers, and the chat goes first."""

import asyncio
from datetime import timedelta

from bot.channels.messengers import Messenger
from data.civic.sending.rows import Rung
from handlers.office import Office

SECOND = timedelta(seconds=1)
CHAT_S = 2.0
"""How long replies in the chat hold a warning up at most: it must go out as well."""
SPARED = frozenset({Rung.SUBSCRIPTION, Rung.CHAT})
"""Ways that share a platform with the replies of the chat."""


class Throttle:
    """Says whether there is room for messages now; for one slice in the hands of one worker."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._chat_since: float | None = None

    async def room(self, messenger: Messenger, count: int) -> bool:
        """Take room for `count` messages; False: there is none now."""
        if messenger.rung in SPARED and await self._chat_first():
            return False
        if messenger.per_second is None:
            return True
        counters = self._office.stores.counters
        key = f"sending/{messenger.rung.name.lower()}"
        used = await counters.hit(key, window=SECOND, by=count)
        if used <= max(messenger.per_second, count):
            return True
        await counters.take_back(key, window=SECOND, by=count)
        return False

    async def _chat_first(self) -> bool:
        """Say whether somebody who has asked something waits for the answer, and not for long."""
        now = asyncio.get_running_loop().time()
        due = await self._office.stores.outbox.oldest_due()
        if due is None or due > self._office.clock.now():
            self._chat_since = None
            return False
        self._chat_since = now if self._chat_since is None else self._chat_since
        return now - self._chat_since < CHAT_S
