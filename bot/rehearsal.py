"""Rehearse: the very same walk as a citizen's, on a database of its own, so that nothing counts.

No ticket, duty call, counter, unanswered question or audit entry of a rehearsal reaches those of
the house; what was said in it goes by the same clocks as elsewhere.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from bot.current import Current
from bot.outgoing import Door
from bot.reception import Reception
from data.civic.ids import AreaCode, MessageId
from data.civic.labels import Channel
from data.civic.ports import Seal
from data.civic.talk.conversations import ConversationKey
from data.civic.talk.messages import Message, MessageKind, Reply, Understanding
from data.store.messages import Line
from data.store.migrating import migrate
from data.store.mongo import Database
from data.store.stores import Stores
from handlers.directory import Directory
from handlers.office import Office
from handlers.switchboard import Switchboard

ACCOUNT = "rehearsal"
SUFFIX = "_try"
"""Of the database beside the house's: its account must be allowed to write both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A message that nobody sent."""

    text: str
    by: str
    """Whose conversation it is said in: any name."""
    area: AreaCode | None = None
    care: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsed:
    """What was heard in a message, and what a citizen would have been told."""

    understanding: Understanding
    reply: Reply


class Rehearsal:
    """Walks messages that nobody sent."""

    def __init__(self, stores: Stores, directory: Directory) -> None:
        self._stores = stores
        self._directory = directory

    async def say(self, office: Office, said: Said) -> Rehearsed:
        """Answer a message as `office` would."""
        own = replace(office, stores=self._stores)
        reception = Reception(Current(own, self._directory), Switchboard(self._directory))
        reply = await reception.receive(_message(own, said), Door())
        return Rehearsed(understanding=own.ear.understand(said.text), reply=reply)

    async def told(self, by: str, limit: int) -> list[Line]:
        """List what was said in the conversation of `by`, the newest last."""
        return await self._stores.messages.history(_key(by).id, before=None, limit=limit)

    async def drain(self) -> None:
        """Write what waits to be written."""
        await self._stores.drain()


class RehearsalRoom:
    """Where staff rehearse: opened when the first of them comes, and kept open."""

    def __init__(self, stores: Stores, seal: Seal, directory: Directory) -> None:
        self._database = stores.database.beside(stores.database.name + SUFFIX)
        self._seal = seal
        self._directory = directory
        self._opening = asyncio.Lock()
        self._rehearsal: Rehearsal | None = None

    async def open(self) -> Rehearsal:
        """Open the room.

        Raises:
            StoreUnavailable: its database cannot be made.
        """
        async with self._opening:
            if self._rehearsal is None:
                self._rehearsal = await _on(self._database, self._seal, self._directory)
            return self._rehearsal

    async def stop(self) -> None:
        """Write what waits to be written."""
        if self._rehearsal is not None:
            await self._rehearsal.drain()


@asynccontextmanager
async def rehearsing(office: Office, directory: Directory) -> AsyncIterator[Rehearsal]:
    """Open a rehearsal beside the house's stores as long as the block lasts."""
    room = RehearsalRoom(office.stores, office.seal, directory)
    try:
        yield await room.open()
    finally:
        await asyncio.shield(room.stop())


async def _on(database: Database, seal: Seal, directory: Directory) -> Rehearsal:
    """Make a rehearsal that keeps what is said in `database`; bring that to form first."""
    await migrate(database)
    return Rehearsal(Stores.of(database, seal), directory)


def _message(office: Office, said: Said) -> Message:
    key = _key(said.by)
    return Message(
        id=MessageId(f"{key.id}/{office.ids.new()}"),
        conversation=key,
        kind=MessageKind.TEXT,
        text=said.text,
        sent_at=office.clock.now(),
        care=said.care,
        place=said.area,
    )


def _key(by: str) -> ConversationKey:
    return ConversationKey(channel=Channel.WECHAT_MINI, account=ACCOUNT, user=by)
