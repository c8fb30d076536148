"""Automatic calls: the text is read out, a key is pressed, and what was understood read back.

`VoiceMessenger` calls citizens, `Dialer` whoever else is to be called, and may ask for words to be
read back. Whether somebody has answered comes as a receipt.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.channels.carrying import carried
from bot.channels.gateway import Gateway, Handed, Item
from bot.channels.messengers import Needs, Outgoing
from data.civic.sending.batches import Sent
from data.civic.sending.rows import Rung

PATH = "/voice/calls"
LONGEST = 1_200
"""Characters that are read out: some four minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu:
    """What is said after the text, which itself names the keys, and after each key."""

    prompt: str
    """How one hears it again."""
    keys: Mapping[str, str]
    """Key → what is read back when it is pressed."""
    again: str = ""
    """The key that has the text read out once more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceMessenger:
    """Calls citizens."""

    gateway: Gateway
    menu: Callable[[], Menu]
    """The words that are approved now."""
    rung: Rung = Rung.VOICE
    needs: Needs = Needs.PHONE
    batch: int = 50

    @property
    def per_second(self) -> int | None:
        """Tell how many calls a second the gateway begins."""
        return self.gateway.account.per_second

    async def send(self, batch: Sequence[Outgoing]) -> Sequence[Sent]:
        """Hand a batch over to the gateway, which dials."""
        menu = self.menu()

        def item(one: Outgoing) -> Item:
            return _item(Dial(reference=one.reference, phone=one.phone or "", text=one.text), menu)

        return await carried(self.gateway, PATH, batch, item, longest=LONGEST)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dial:
    """One call to somebody who must answer."""

    reference: str
    """Under which its receipts come back: `call-…` for those to people on duty."""
    phone: str = field(repr=False)
    text: str = field(repr=False)
    read_back: str = ""
    """Words that the called person is asked to say back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialer:
    """Calls people on duty."""

    gateway: Gateway
    menu: Callable[[], Menu]

    async def dial(self, dials: Sequence[Dial]) -> Mapping[str, Handed]:
        """Hand calls over; tell by reference what became of each, as `Gateway.hand_over` does."""
        menu = self.menu()
        return await self.gateway.hand_over(PATH, [_item(one, menu) for one in dials])


def _item(one: Dial, menu: Menu) -> Item:
    return {
        "reference": one.reference,
        "to": one.phone,
        "text": one.text,
        "menu": menu.prompt,
        "keys": dict(menu.keys),
        "again": menu.again,
        "read_back": one.read_back,
    }
