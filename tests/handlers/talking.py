"""One citizen who talks with a house, each message walked from claim to answer."""

from dataclasses import dataclass, field, replace
from typing import Any

from bot.house import House
from bot.outgoing import Door
from data.civic.talk.conversations import Conversation, ConversationKey
from data.civic.talk.messages import Choices, MessageKind, Reply, Say
from tests import builders


@dataclass(slots=True)
class Talk:
    """A conversation as the citizen has it."""

    house: House
    by: ConversationKey = field(default_factory=builders.citizen)

    async def say(self, *texts: str, **more: Any) -> Reply:
        """Say these one after the other; give the answer to the last."""
        for text in texts:
            message = builders.message(text, key=builders.ids().new(), by=self.by)
            reply = await self.house.reception.receive(replace(message, **more), Door())
        return reply

    async def happens(self, event: str) -> Reply:
        """Let the platform tell an event."""
        return await self.say("", kind=MessageKind.EVENT, event=event)

    async def standing(self) -> Conversation:
        return await self.house.stores.conversations.get(self.by)


def words(reply: Reply) -> str:
    """Read what is said in full."""
    return "\n".join(part.full for part in reply.parts if isinstance(part, Say))


def choices(reply: Reply) -> list[str]:
    """Read what can be tapped."""
    shown = [part.options for part in reply.parts if isinstance(part, Choices)]
    return [option.label for options in shown for option in options]
