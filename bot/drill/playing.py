"""Play a drill: let happen what is due, let the workers work, count, let time go on.

The clock stands while work is done, so that the same happenings always meet the same state: how
fast the machine is changes nothing but the seconds of its own that are told beside.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.channels.messengers import Messengers
from bot.drill.answering import Answering
from bot.drill.clock import DrillClock
from bot.drill.counting import Moment, Outcome, moment_of, outcome_of
from bot.drill.county import County
from bot.drill.crowd import Crowd
from bot.drill.doors import Doors
from bot.drill.gateways import Handed
from bot.drill.happenings import PRESS, STORY, Agenda, Happening
from bot.drill.plan import Plan
from bot.drill.platforms import Simulated
from bot.drill.story import Headquarters
from bot.workers.informing import inform_next
from bot.workers.informing_intake import take_up_next
from data.civic.errors import NotFound
from data.civic.ids import ConversationId
from data.civic.sending.informing import Informing, InformingKind
from handlers.office import Office

TICK = 10
"""Seconds of the drill from one look to the next."""
COUNTED_EVERY = 300
"""Seconds between two counts, once everybody is informed or somebody's to go to."""
WORKERS = 4
NEWEST = 10

Watch = Callable[["Drill"], None]
"""Is shown the drill after every step."""


@dataclass(slots=True, kw_only=True)
class Drill:
    """A drill that is being played."""

    plan: Plan
    office: Office
    clock: DrillClock
    county: County
    simulated: Simulated
    agenda: Agenda
    handed: Handed
    headquarters: Headquarters
    answering: Answering
    ways: Messengers
    held: frozenset[int] = frozenset()
    """Households at whose doors nobody knocks by himself: somebody who watches does."""
    happened: list[Happening] = field(default_factory=list)
    moments: list[Moment] = field(default_factory=list)
    order: Informing | None = None
    _signed: float = 0.0
    _doors: Doors | None = None
    _seen: dict[ConversationId, int] = field(default_factory=dict)

    @property
    def first_s(self) -> float | None:
        """Tell the real seconds from the order's signature to its first text or call."""
        first = self.handed.first.get(self.order.id) if self.order else None
        return None if first is None else first - self._signed

    async def play(self, watch: Watch | None = None) -> Outcome:
        """Play it to its end, and draw up how it ended.

        Raises:
            NotFound: the order was told to nobody.
        """
        await self.headquarters.open(self.office)
        started = time.monotonic()
        while True:
            await self._step()
            if watch is not None:
                watch(self)
            if self._over():
                break
            self.clock.go_to(self.clock.passed + TICK)
            await self._pace(started)
        self.happened += self.handed.refused
        if self.order is None:
            raise NotFound("the order was told to nobody: the drill ended before it was signed")
        return await outcome_of(self.office, self.order, self.moments, self.handed.arrivals)

    async def _step(self) -> None:
        due = self.agenda.due(self.clock.passed)
        self.happened += due
        for one in due:
            if one.kind == STORY:
                await self._go_on(one)
        await self.answering.let(self.office, due)
        await self._work()
        if self.handed.crowd is not None:
            self._read_messages()
            if self._doors and self.order:
                await self._doors.walk(self.office, self.order.id, self.clock.passed)
        if self.order is not None:
            await self._count(self.order)

    async def _go_on(self, step: Happening) -> None:
        """Let the story go on, and take up what people are to be told of it."""
        await self.headquarters.go_on(self.office, step)
        self._signed = time.monotonic()
        while await take_up_next(self.office):
            pass
        if self.order is None:
            await self._find_order()

    async def _work(self) -> None:
        """Do as the workers do, until nothing is due."""

        async def worker() -> None:
            while await inform_next(self.office, self.ways):
                pass

        if await inform_next(self.office, self.ways):
            await asyncio.gather(*(worker() for _ in range(WORKERS)))

    async def _find_order(self) -> None:
        for one in await self.office.stores.informings.newest(NEWEST):
            if one.kind is InformingKind.ORDER:
                self.order = one
                if self.handed.crowd is not None:
                    self._doors = self._rounds(self.handed.crowd)

    def _rounds(self, crowd: Crowd) -> Doors:
        since = self.clock.passed
        return Doors(self.county, crowd, self.agenda, since=since, held=self.held)

    def _read_messages(self) -> None:
        """Let whoever has a new message in the mini-program read it."""
        crowd = self.handed.crowd
        for conversation, person in self.county.subscribers.items():
            shown, seen = len(self.simulated.shown(conversation)), self._seen.get(conversation, 0)
            for text in range(seen, shown):
                after = crowd.press(int(person), text) if crowd else None
                if after is not None:
                    at = self.clock.passed + after
                    self.agenda.put(Happening(at=at, kind=PRESS, told={"person": int(person)}))
            self._seen[conversation] = shown

    async def _count(self, order: Informing) -> None:
        last = self.moments[-1] if self.moments else None
        if last is None or last.open or self.clock.passed % COUNTED_EVERY == 0:
            self.moments.append(await moment_of(self.office, order))

    def _over(self) -> bool:
        if self.clock.passed >= self.plan.lasts:
            return True
        last = self.moments[-1] if self.moments else None
        return last is not None and last.confirmed == last.people and not len(self.agenda)

    async def _pace(self, started: float) -> None:
        """Wait until it is time, where the drill is watched."""
        if self.plan.speed:
            ahead = self.clock.passed / self.plan.speed - (time.monotonic() - started)
            await asyncio.sleep(max(0.0, ahead))
