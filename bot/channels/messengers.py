"""Messengers: each carries an informing by one way; what a worker sends by, and nothing else.

A messenger never raises for one message: it tells how each ended. What it cannot tell of has an
unknown ending, and is not repeated. It returns within `PATIENCE_S`.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import NamedTuple, Protocol

from data.civic.ids import AreaCode, ConversationId, GridId, PersonId
from data.civic.sending.batches import Sent, reference
from data.civic.sending.rows import Ending, Rung

PATIENCE_S = 30.0
"""How long a batch may take; a worker's lease is longer."""


class Needs(Enum):
    """What a messenger must know of a person; nobody's telephone is opened in vain."""

    NOTHING = "nothing"
    CONVERSATION = "conversation"
    PHONE = "phone"


class Outgoing(NamedTuple):
    """One message to one person, by one way; made once a message, so it costs little."""

    informing: int
    person: PersonId
    rung: Rung
    number: int
    """Of the attempt, over all ways."""
    village: AreaCode
    grid: GridId
    text: str
    fields: Mapping[str, str] = MappingProxyType({})
    """For a template: title, area, colour, time, advice …"""
    conversation: ConversationId | None = None
    phone: str | None = None
    drill: bool = False
    """Only for gateways of this machine."""

    def __repr__(self) -> str:
        """Show which it is, and nothing of the person."""
        return f"Outgoing({self.reference})"

    @property
    def reference(self) -> str:
        """Name this attempt: the platform is given it, and gives it back in its receipts."""
        return reference(self.informing, self.person, self.rung, self.number)

    def ended(self, ending: Ending, *, provider_id: str = "", error: str = "") -> Sent:
        """Say how it ended; `error` is for staff and holds no telephone and no name."""
        return Sent(self.person, ending, provider_id, error)


class Messenger(Protocol):
    """Carries messages by one way."""

    @property
    def rung(self) -> Rung:
        """Tell which way."""
        ...

    @property
    def needs(self) -> Needs:
        """Tell what must be known of each person."""
        ...

    @property
    def batch(self) -> int:
        """Tell how many messages it takes at once; a cancel is heard between batches."""
        ...

    @property
    def per_second(self) -> int | None:
        """Tell how many messages a second the platform takes from all workers; None: any."""
        ...

    async def send(self, batch: Sequence[Outgoing]) -> Sequence[Sent]:
        """Send a batch, and tell how each message ended; of what it says nothing, none knows."""
        ...


async def few_at_once(
    most: int, send: Callable[[Outgoing], Awaitable[Sent]], batch: Sequence[Outgoing]
) -> list[Sent]:
    """Send each message of a batch, at most so many at the same time."""
    room = asyncio.Semaphore(most)

    async def one_of(one: Outgoing) -> Sent:
        async with room:
            return await send(one)

    return await asyncio.gather(*map(one_of, batch))


Messengers = Mapping[Rung, Messenger]
"""The ways that this house has. Where there is none, the next rung follows at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NullMessenger:
    """Accepts everything and sends nothing: for benches, and to try the ladder out."""

    rung: Rung
    needs: Needs = Needs.NOTHING
    batch: int = 1_000
    per_second: int | None = None

    async def send(self, batch: Sequence[Outgoing]) -> Sequence[Sent]:
        """Accept a batch."""
        return [one.ended(Ending.ACCEPTED) for one in batch]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoMessenger:
    """A way that this house does not have: the record says so, and the next follows at once."""

    rung: Rung
    needs: Needs = Needs.NOTHING
    batch: int = 1_000
    per_second: int | None = None

    async def send(self, batch: Sequence[Outgoing]) -> Sequence[Sent]:
        """Refuse a batch."""
        return [one.ended(Ending.REFUSED, error="this house has no such way") for one in batch]
