"""The walk of a message: claim it once, think, keep what came of it, answer.

① claim the message ② think ③ put what must be pushed into the outbox ④ replace the
conversation at the version read ⑤ mark the message done. A crash between two steps is healed
by the sender's retry, or, when the lease has run out, by `bot/workers/recovery.py`.
"""

import asyncio

from bot.current import Current
from bot.outgoing import Door, note_opening, push
from data.civic.errors import Conflict
from data.civic.talk.arrival import arrived
from data.civic.talk.conversations import moved
from data.civic.talk.messages import Message, Reply, Turn
from data.store.messages import Finished, Mine
from handlers.office import Office
from handlers.switchboard import Switchboard

LEASE_S, POLL_S, RETHINKS = 15.0, 0.1, 4


class Reception:
    """Walks every message of every channel, and answers each once."""

    def __init__(self, current: Current, switchboard: Switchboard) -> None:
        self._current = current
        self._switchboard = switchboard

    async def receive(self, message: Message, door: Door) -> Reply:
        """Answer a message; one that was answered before gets the same words again."""
        office = self._current.office()
        while True:
            claim = await office.stores.messages.claim(message, lease_s=LEASE_S)
            if isinstance(claim, Finished):
                return claim.reply
            if isinstance(claim, Mine):
                await note_opening(message, office)
                done = await office.stores.conversations.answer_to(message) if claim.again else None
                if done is None:
                    return await self._walk(message, office, door)
                return await _end(message, done, office, door)
            await asyncio.sleep(POLL_S)

    async def _walk(self, message: Message, office: Office, door: Door) -> Reply:
        """Think, and think again when another message of the citizen came in between."""
        for _ in range(RETHINKS - 1):
            try:
                return await self._turn(message, office, door)
            except Conflict:
                await asyncio.sleep(office.dice.uniform(0, POLL_S))
        return await self._turn(message, office, door)

    async def _turn(self, message: Message, office: Office, door: Door) -> Reply:
        stores, now = office.stores, office.clock.now()
        conversation = await stores.conversations.get(message.conversation)
        silence = office.release.rules.limits.human_returns_after
        turn = Turn(
            message=message,
            conversation=arrived(conversation, message, now=now, human_returns_after=silence),
            understanding=office.ear.understand(message.words),
            release=office.release,
        )
        reply = await self._switchboard.answer(turn, office)
        after = moved(turn.conversation, reply.moves, now)
        if not door.take():
            await push(message, reply, office)
        await stores.conversations.replace(after, answered=(message.id, reply))
        await stores.messages.finish(message.id, masked=message.masked, reply=reply, at=now)
        return reply


async def _end(message: Message, reply: Reply, office: Office, door: Door) -> Reply:
    """Go the rest of the way for a walker who died when the conversation had moved."""
    if not door.take():
        await push(message, reply, office)
    now = office.clock.now()
    await office.stores.messages.finish(message.id, masked=message.masked, reply=reply, at=now)
    return reply
