"""One slice in the hands of one worker: whom the ladder lets be sent something is sent it.

At most one send for each person, way and attempt, whenever this process dies: a batch is written
down before it is sent, and only sent while our own clock says that the lease cannot have run out
since. Whoever takes the slice over after that finds the batch, and names it unknown.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import islice

import structlog

from bot.channels.messengers import (
    PATIENCE_S,
    Messenger,
    Messengers,
    Needs,
    NoMessenger,
    Outgoing,
)
from bot.workers.throttle import room_for
from data.civic.errors import PlatformRefused, PlatformUnavailable
from data.civic.ids import PersonId
from data.civic.safety.rosters import Person
from data.civic.sending.batches import Batch, Sent, marked, marks_of, numbered
from data.civic.sending.informing import Informing, InformingState
from data.civic.sending.ladder import AtTheDoor, Done, Send, Step, Wait, next_step
from data.civic.sending.rows import Ending, Row, RowState, Rung
from data.store.slices import Claimed, SliceState
from handlers.office import Office

FRESH_S = 5.0
"""After so long the rows are read again: somebody may have answered."""
SOON = timedelta(seconds=1)
STOPPED = (InformingState.CANCELLED, InformingState.CLOSED)

log = structlog.get_logger()


class SliceSending:
    """Sends to the people of a slice as long as the worker holds it."""

    def __init__(
        self,
        office: Office,
        messengers: Messengers,
        informing: Informing,
        claimed: Claimed,
        *,
        held_since: float,
        lease_s: float,
    ) -> None:
        self._office = office
        self._messengers = messengers
        self._informing = informing
        self._claimed = claimed
        self._held_since = held_since
        self._lease_s = lease_s
        self._place = 0
        self._rows: dict[PersonId, Row] = {}
        self._read_at = 0.0

    async def settle_what_was_left(self) -> None:
        """Name what was in flight when the worker before died, and write what it had not."""
        stores, one = self._office.stores, self._claimed.slice
        last = await stores.sends.last(one.informing, one.number)
        if last is None or (last.told is None and last.rung is Rung.DOOR):
            return
        sent = last.told
        if sent is None:
            sent = tuple(_unknown(person) for person in last.people)
            await stores.sends.tell_lost(last, sent)
        for mark in marks_of(last, sent):
            await stores.rows.mark(mark)

    async def walk(self) -> None:
        """Send what is due, until the ladder lets everybody wait, or somebody stops us."""
        await self._read()
        while batches := list(self._batches()):
            if not await self._send_some(batches):
                return
            if list(self._batches()):
                await self._read()
        await self._end()

    async def stop(self) -> None:
        """Write of those to whom nothing was sent that it was cancelled."""
        stores, one = self._office.stores, self._claimed.slice
        begun = self._claimed.made or self._claimed.half
        if begun:
            await stores.rows.call_off(one.informing, one.number)
        await self._give_back(SliceState.STOPPED, timedelta(), begun=begun)

    async def _read(self) -> None:
        one, rows = self._claimed.slice, self._office.stores.rows
        found = await rows.of_slice(one.informing, one.number)
        if any(row.state is RowState.CANCELLED for row in found):  # it was resumed
            await rows.call_on(one.informing, one.number)
            found = await rows.of_slice(one.informing, one.number)
        self._rows = {row.resident: row for row in found}
        self._read_at = _now()

    def _steps(self) -> Iterator[tuple[Row, Step]]:
        now = self._office.clock.now()
        for row in self._rows.values():
            yield row, next_step(row, self._informing.rules, now)

    def _batches(self) -> Iterator[tuple[Messenger, list[Row]]]:
        """Put together who is to be sent something by the same way, quick ways first."""
        due: Mapping[Rung, list[Row]] = defaultdict(list)
        for row, step in self._steps():
            if isinstance(step, Send):
                due[step.rung].append(row)
            elif isinstance(step, AtTheDoor):
                due[Rung.DOOR].append(row)
        for rung in sorted(due):
            messenger = self._messengers.get(rung) or NoMessenger(rung=rung)
            rest = iter(due[rung])
            most = min(messenger.batch, messenger.per_second or messenger.batch)
            while some := list(islice(rest, most)):
                yield messenger, some

    async def _send_some(self, batches: Sequence[tuple[Messenger, list[Row]]]) -> bool:
        """Send batches while the rows are fresh; False: the slice is out of our hands."""
        for messenger, rows in batches:
            if self._place and not await self._may_go_on():
                return False
            if _now() - self._read_at > FRESH_S:
                return True
            if not await room_for(self._office, messenger, len(rows)):
                await self._give_back(SliceState.OPEN, SOON)
                return False
            if not await self._send(messenger, rows):
                return False
        return True

    async def _may_go_on(self) -> bool:
        """Look whether it was cancelled; then stop."""
        standing = await self._office.stores.informings.must(self._informing.id)
        if standing.state in STOPPED:
            await self._office.stores.rows.call_off(self._informing.id, self._claimed.slice.number)
            await self._give_back(SliceState.STOPPED, timedelta())
            return False
        return True

    async def _send(self, messenger: Messenger, rows: Sequence[Row]) -> bool:
        """Write a batch down, send it, write down how it ended; False: it is not ours any more."""
        stores, one = self._office.stores, self._claimed.slice
        batch = Batch(
            informing=one.informing,
            slice=one.number,
            turn=self._claimed.turn,
            place=self._place,
            rung=messenger.rung,
            at=self._office.clock.now(),
            people=numbered(rows, messenger.rung),
        )
        self._place += 1
        outgoing = await self._outgoing(messenger, rows)
        await stores.sends.begin(batch)
        if not await self._held():
            return False
        sent = await self._sent(messenger, outgoing)
        marks = marks_of(batch, sent)
        await asyncio.gather(
            stores.sends.tell(batch, sent), *(stores.rows.mark(mark) for mark in marks)
        )
        for mark in marks:
            self._rows |= {person: marked(self._rows[person], mark) for person in mark.people}
        return True

    async def _held(self) -> bool:
        """Say whether the slice is surely ours still; hold it longer when half the time is over."""
        now = _now()
        if now - self._held_since < self._lease_s / 2:
            return True
        held = await self._office.stores.slices.hold(self._claimed, lease_s=self._lease_s)
        self._held_since = now
        return held

    async def _sent(self, messenger: Messenger, outgoing: Sequence[Outgoing]) -> Sequence[Sent]:
        try:
            async with asyncio.timeout(min(PATIENCE_S, self._lease_s / 3)):
                return await messenger.send(outgoing)
        except (TimeoutError, PlatformUnavailable, PlatformRefused) as error:
            what = type(error).__name__
            log.warning("batch not answered", way=messenger.rung.name.lower(), error=what)
            return [one.ended(Ending.UNKNOWN, error=what) for one in outgoing]

    async def _outgoing(self, messenger: Messenger, rows: Sequence[Row]) -> list[Outgoing]:
        people = await self._people(messenger, rows)
        informing, rung = self._informing, messenger.rung
        return [
            Outgoing(
                informing=informing.id,
                person=row.resident,
                rung=rung,
                number=row.attempts + 1,
                village=row.village,
                grid=row.grid,
                text=informing.words.by(rung),
                fields=informing.words.fields,
                conversation=person.conversation if person else None,
                phone=person.phone if person and messenger.needs is Needs.PHONE else None,
                drill=informing.drill,
            )
            for row in rows
            for person in [people.get(row.resident)]
        ]

    async def _people(self, messenger: Messenger, rows: Sequence[Row]) -> Mapping[PersonId, Person]:
        if messenger.needs is Needs.NOTHING:
            return {}
        found = await self._office.stores.residents.some([row.resident for row in rows])
        return {person.id: person for person in found}

    async def _end(self) -> None:
        """Write how people are left, and when the next of them is due."""
        left: Mapping[RowState, list[PersonId]] = defaultdict(list)
        waits = []
        for row, step in self._steps():
            if isinstance(step, Wait):
                waits.append(step.until)
            elif isinstance(step, Done) and step.left is not row.state:
                left[step.left].append(row.resident)
        one = self._claimed.slice
        for how, people in left.items():
            await self._office.stores.rows.leave(one.informing, one.number, people, how)
        state = SliceState.OPEN if waits else SliceState.STILL
        now = self._office.clock.now()
        await self._give_back(state, min(waits, default=now) - now)

    async def _give_back(self, state: SliceState, wait: timedelta, *, begun: bool = True) -> None:
        """Count the villages of the slice, then let others have it."""
        stores, one = self._office.stores, self._claimed.slice
        if begun:
            await stores.boards.count(one.informing, {village for village, _ in one.villages})
        due = self._office.clock.now() + wait
        await stores.slices.give_back(self._claimed, state, due=due, begun=begun)


def _unknown(person: PersonId) -> Sent:
    return Sent(person=person, ending=Ending.UNKNOWN, error="the worker died")


def _now() -> float:
    return asyncio.get_running_loop().time()
