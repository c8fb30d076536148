"""Warnings in the chat, while the platform's window is open, and no more than it allows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.channels.calling import NothingSent, patiently
from bot.channels.messengers import Needs, Outgoing, few_at_once
from bot.channels.rendering import parts, within
from bot.channels.wechat_api import WeChatApi
from data.civic.errors import PlatformRefused, PlatformUnavailable
from data.civic.ids import ConversationId
from data.civic.labels import Channel
from data.civic.ports import Clock, Dice
from data.civic.sending.batches import Sent
from data.civic.sending.quotas import Window, why_not
from data.civic.sending.refusals import WhyNot
from data.civic.sending.retries import WECHAT, Reaction, reaction
from data.civic.sending.rows import Ending, Rung
from data.store.windows import Windows

AT_ONCE = 5
"""How many calls of a batch are under way side by side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatMessenger:
    """Writes customer-service messages to those who have written to us lately."""

    apis: Mapping[str, WeChatApi]
    """Account → its API."""
    real: frozenset[str]
    """Accounts that reach real people: no drill goes there."""
    windows: Windows
    more: Callable[[], str]
    """What stands at the end of a text that had to be cut: where to read the rest."""
    clock: Clock
    dice: Dice
    rung: Rung = Rung.CHAT
    needs: Needs = Needs.CONVERSATION
    batch: int = 25
    per_second: int | None = 100

    async def send(self, batch: Sequence[Outgoing]) -> Sequence[Sent]:
        """Send a batch, only a few at once: the replies of the chat go by the same way."""
        return await few_at_once(AT_ONCE, self._one, batch)

    async def _one(self, one: Outgoing) -> Sent:
        if one.conversation is None:
            return one.ended(Ending.REFUSED, error=WhyNot.NO_CONVERSATION)
        channel, account, citizen = one.conversation.split("/", 2)
        api = self.apis.get(account) if channel == Channel.WECHAT else None
        if api is None:
            return one.ended(Ending.REFUSED, error=WhyNot.OTHER_CHANNEL)
        if one.drill and account in self.real:
            return one.ended(Ending.REFUSED, error=WhyNot.DRILL)
        window = await self.windows.get(one.conversation)
        why = why_not(window, self.clock.now())
        if why is not None or window is None:
            return one.ended(Ending.REFUSED, error=why or WhyNot.NEVER_WROTE)
        texts = within(parts(one.text), window.left, self.more())
        for place, text in enumerate(texts):
            ended = await self._part(one, api, citizen, text, window)
            if ended.ending is not Ending.ACCEPTED:
                return ended if place == 0 else one.ended(Ending.UNKNOWN, error=ended.error)
        return one.ended(Ending.ACCEPTED)

    async def _part(
        self, one: Outgoing, api: WeChatApi, citizen: str, text: str, window: Window
    ) -> Sent:
        conversation = ConversationId(str(one.conversation))
        if not await self.windows.spend(conversation, self.clock.now()):
            return one.ended(Ending.REFUSED, error=WhyNot.WINDOW_SPENT)
        try:
            await patiently(lambda: api.send_text(citizen, text), self.dice)
        except NothingSent:
            await self.windows.give_back(conversation, window.until)
            return one.ended(Ending.BUSY, error=WhyNot.BUSY)
        except PlatformUnavailable:
            return one.ended(Ending.UNKNOWN, error=WhyNot.NO_ANSWER)
        except PlatformRefused as error:
            if reaction(WECHAT, error.code) is Reaction.WINDOW_SPENT:
                await self.windows.close(conversation)
            return one.ended(Ending.REFUSED, error=error.code)
        return one.ended(Ending.ACCEPTED)
