"""One slice in the hands of one worker: whom the ladder lets be sent something is sent it.

At most one send for each person, way and attempt, whenever this process dies: a batch is written
down before it is sent, and only sent while our own clock says that the lease cannot have run out
since. Whoever takes the slice over after that finds the batch, and names it unknown.
"""

import asyncio
import math
from collections import defaultdict
from collections.abc import Awaitable, Mapping, Sequence
from datetime import timedelta
from typing import TypeVar

from bot.channels.messengers import Messenger, Messengers, NoMessenger, Outgoing
from bot.workers.batch_sending import outgoing_of, sent_by
from bot.workers.throttle import Throttle
from data.civic.sending.batches import (
    Batch,
    Due,
    Group,
    Sent,
    first_of,
    held_back,
    lost,
    marks_of,
    moved,
    outside,
    parts_of,
)
from data.civic.sending.informing import Informing, InformingState
from data.civic.sending.ladder import AtTheDoor, Done, Send, Step, Wait, next_step
from data.civic.sending.rows import Member, RowState, Rung, Standing
from data.store.slices import Claimed, SliceState
from handlers.office import Office

FRESH_S = 5.0
"""After so long the rows are read again: somebody may have answered."""
ROOM_S, LOOK_S = 5.0, 0.05
"""How long room is waited for before the slice is given back; how often it is looked for."""
SOON = timedelta(seconds=1)
T = TypeVar("T")

STOPPED = (InformingState.CANCELLED, InformingState.CLOSED)


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
        self._throttle = Throttle(office)
        self._moved_at = _now()
        self._people: Mapping[Standing, Sequence[Member]] = {}
        self._read_at = 0.0
        self._villages = [village for village, _ in claimed.slice.villages]

    async def settle_what_was_left(self) -> None:
        """Name what was in flight when the worker before died, and write what it had not."""
        stores, one = self._office.stores, self._claimed.slice
        last = await stores.sends.last(one.informing, one.number)
        if last is None:
            return
        told = last.told
        if told is None:
            told = lost(last)
            await stores.sends.tell_lost(last, told)
        for mark in marks_of(last, told):
            await stores.rows.mark(mark)

    async def walk(self) -> None:
        """Send what is due, until the ladder lets everybody wait, or somebody stops us."""
        await self._read()
        while due := self._due():
            if self._place and not await self._may_go_on():
                return
            if _now() - self._read_at > FRESH_S:
                await self._read()
                continue
            some = await self._with_room(due)
            if not some and _now() - self._moved_at > ROOM_S:
                await self._give_back(SliceState.OPEN, SOON)
                return
            if not some:
                await asyncio.sleep(LOOK_S)
            elif not await self._send(some):
                return
            self._office.stores.boards.touch(self._claimed.slice.informing, self._villages)
        await self._end()

    async def stop(self) -> None:
        """Write of those to whom nothing was sent that it was cancelled."""
        one, begun = self._claimed.slice, self._claimed.made or self._claimed.half
        if begun or self._place:
            await self._office.stores.rows.call_off(one.informing, one.number)
        await self._give_back(SliceState.STOPPED, timedelta(), begun=begun)

    async def _read(self) -> None:
        one, rows = self._claimed.slice, self._office.stores.rows
        ended = [village for village, _ in one.villages if self._informing.has_ended_in(village)]
        if ended:
            await rows.call_off(one.informing, one.number, ended)
            await self._office.stores.slices.called_off(self._claimed, ended)
        self._people = outside(await rows.standings(one.informing, one.number), ended)
        if any(standing.state is RowState.CANCELLED for standing in self._people):  # resumed
            await rows.call_on(one.informing, one.number, but=ended)
            self._people = outside(await rows.standings(one.informing, one.number), ended)
        self._read_at = _now()

    def _steps(self) -> list[tuple[Step, Group]]:
        now, rules = self._office.clock.now(), self._informing.rules
        return [(next_step(group[0], rules, now), group) for group in self._people.items()]

    def _due(self) -> Due:
        """Put together who is to be sent something by the same way, quick ways first."""
        due: dict[Rung, list[Group]] = defaultdict(list)
        for step, group in self._steps():
            if isinstance(step, Send):
                due[step.rung].append(group)
            elif isinstance(step, AtTheDoor):
                due[Rung.DOOR].append(group)
        return {rung: due[rung] for rung in sorted(due)}

    async def _with_room(self, due: Due) -> Due:
        """Take as many by each way as it takes at once; a way without room has to wait."""
        some = {}
        for rung, groups in due.items():
            messenger = self._messenger(rung)
            most = min(messenger.batch, messenger.per_second or messenger.batch)
            first = first_of(groups, most)
            count = sum(len(members) for _, members in first)
            if await self._throttle.room(messenger, count):
                some[rung] = first
        return some

    async def _may_go_on(self) -> bool:
        """Look whether it was cancelled, then stop; or ended in some areas, then read anew."""
        standing = await self._office.stores.informings.must(self._informing.id)
        if standing.state in STOPPED:
            await self.stop()
            return False
        if standing.ended_in != self._informing.ended_in:
            self._informing, self._read_at = standing, -math.inf
        return True

    async def _send(self, due: Due) -> bool:
        """Write a batch down, send it, write down how it ended; False: it is not ours any more."""
        stores, one = self._office.stores, self._claimed.slice
        outgoing = await self._outgoing(due)
        batch = Batch(
            informing=one.informing,
            slice=one.number,
            turn=self._claimed.turn,
            place=self._place,
            at=self._office.clock.now(),
            parts=parts_of(due),
        )
        self._place, self._moved_at = self._place + 1, _now()
        await stores.sends.begin(batch)
        if not await self._held():
            await stores.sends.tell_lost(batch, held_back(batch))
            return False
        sent = await self._sent(outgoing)
        marks = marks_of(batch, sent)
        await _all([stores.sends.tell(batch, sent), *(stores.rows.mark(mark) for mark in marks)])
        self._people = moved(self._people, due, sent, batch.at)
        return True

    async def _outgoing(self, due: Due) -> Mapping[Rung, Sequence[Outgoing]]:
        """Write what goes by each way."""
        return {
            rung: await outgoing_of(self._messenger(rung), self._office, self._informing, groups)
            for rung, groups in due.items()
        }

    async def _sent(self, outgoing: Mapping[Rung, Sequence[Outgoing]]) -> list[Sent]:
        """Send by all ways side by side."""
        patience_s = self._lease_s / 3
        ways = [sent_by(self._messenger(rung), some, patience_s) for rung, some in outgoing.items()]
        return [one for sent in await _all(ways) for one in sent]

    async def _held(self) -> bool:
        """Say whether the slice is surely ours still; hold it longer when half the time is over."""
        now = _now()
        if now - self._held_since < self._lease_s / 2:
            return True
        held = await self._office.stores.slices.hold(self._claimed, lease_s=self._lease_s)
        self._held_since = now
        return held

    def _messenger(self, rung: Rung) -> Messenger:
        return self._messengers.get(rung) or NoMessenger(rung=rung)

    async def _end(self) -> None:
        """Write how people are left, and when the next of them is due."""
        one, waits = self._claimed.slice, []
        for step, (standing, members) in self._steps():
            if isinstance(step, Wait):
                waits.append(step.until)
            elif isinstance(step, Done) and step.left is not standing.state:
                people = [member.person for member in members]
                await self._office.stores.rows.leave(one.informing, one.number, people, step.left)
        state = SliceState.OPEN if waits else SliceState.STILL
        now = self._office.clock.now()
        await self._give_back(state, min(waits, default=now) - now)

    async def _give_back(self, state: SliceState, wait: timedelta, *, begun: bool = True) -> None:
        """Let others have the slice, and count its villages."""
        stores, one = self._office.stores, self._claimed.slice
        due = self._office.clock.now() + wait
        give_back = stores.slices.give_back(self._claimed, state, due=due, begun=begun)
        doing: list[Awaitable[object]] = [give_back]
        if begun:
            doing.append(stores.boards.count(one.informing, self._villages))
        await _all(doing)


async def _all(doing: Sequence[Awaitable[T]]) -> list[T]:
    """Wait until all have ended, also where one fails: nothing is sent or written behind us."""
    ended = await asyncio.gather(*doing, return_exceptions=True)
    for one in ended:
        if isinstance(one, BaseException):
            raise one
    return [one for one in ended if not isinstance(one, BaseException)]


def _now() -> float:
    return asyncio.get_running_loop().time()
