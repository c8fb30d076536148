"""Before and around the walk: how fast one may send, how long a door waits, what fails."""

import asyncio

import structlog

from bot.current import Current
from bot.metrics import Stopwatch
from bot.outgoing import Door, push_parts
from bot.pace import Pace, Verdict
from bot.reception import Reception
from bot.tallying import Tallying
from data.civic.errors import BianminError, StoreUnavailable
from data.civic.talk.messages import Message, Reply
from handlers import unanswerable

LAST_MOMENT_S = 0.8
"""How much longer a door waits when the answer is ready and only being kept."""

log = structlog.get_logger()


class FrontDesk:
    """What the channels talk to."""

    def __init__(self, current: Current, reception: Reception, pace: Pace) -> None:
        self._current = current
        self._reception = reception
        self._pace = pace
        self._tallying = Tallying()
        self._walks: set[asyncio.Task[Reply]] = set()

    async def receive_within(self, message: Message, *, seconds: float) -> Reply | None:
        """Answer within `seconds`; None: it goes on, and the answer comes from the outbox."""
        if (refused := await self._too_fast(message)) is not None:
            return refused
        door = Door()
        walk = asyncio.create_task(self._walk(message, door))
        self._walks.add(walk)
        walk.add_done_callback(self._walks.discard)
        try:
            done, _ = await asyncio.wait({walk}, timeout=seconds)
            if not done and door.taken:
                done, _ = await asyncio.wait({walk}, timeout=LAST_MOMENT_S)
        finally:  # also when the sender's door gives up waiting: then the outbox has to answer
            door.open = False
        if done:
            return walk.result()
        if not door.taken:
            return None
        error = StoreUnavailable("the answer was not kept in time")
        return unanswerable.not_kept(message, self._current.office(), error)

    async def say_later(self, message: Message, texts: tuple[str, ...]) -> None:
        """Put what did not fit into one text into the outbox, in order. Idempotent by message."""
        await push_parts(message, texts, self._current.office(), first=2)

    async def drain(self) -> None:
        """Wait for the walks that are still under way."""
        await asyncio.gather(*self._walks, return_exceptions=True)

    async def _walk(self, message: Message, door: Door) -> Reply:
        watch = Stopwatch(message.channel)
        try:
            reply = await self._reception.receive(message, door)
            self._tallying.note(message, reply, self._current.office())
        except BianminError as error:
            log.warning("message not kept", message=message.trace, error=type(error).__name__)
            reply = unanswerable.not_kept(message, self._current.office(), error)
        watch.stop(reply.outcome)
        return reply

    async def _too_fast(self, message: Message) -> Reply | None:
        office = self._current.office()
        limit = office.release.rules.limits.messages_a_minute
        verdict = self._pace.judge(message.conversation.id, limit=limit)
        if verdict is Verdict.TAKE or office.ear.understand(message.text).danger:
            return None
        return await unanswerable.too_fast(office, silent=verdict is Verdict.STAY_SILENT)
