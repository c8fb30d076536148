"""Measure how fast people are queued: from the word to a row for each, before anything is sent."""

import asyncio
import time
from dataclasses import dataclass
from datetime import timedelta

from bot.drill.playing import WORKERS, Drill
from bot.workers.informing import LEASE_S, make_rows
from data.civic.safety.targets import Target
from data.civic.sending.informing import InformingKind, Words
from data.civic.warning import drills
from data.content.drilling import drill_words
from data.store.slices import SliceState
from handlers.acts import inform
from handlers.acts.inform import InformRequest

HUNDRED_THOUSAND = 100_000
KEY = "drill-queueing"
LATER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Queued:
    """How long it took."""

    people: int
    seconds: float

    @property
    def hundred_thousand_s(self) -> float:
        """Tell how many seconds 100,000 people take at this pace."""
        return round(self.seconds * HUNDRED_THOUSAND / self.people, 1)


async def queue(drill: Drill) -> Queued:
    """Plan an informing of everybody and make all its rows; nothing of it is sent."""
    office, stores = drill.office, drill.office.stores
    request = InformRequest(
        key=KEY,
        event=KEY,
        kind=InformingKind.NOTICE,
        words=Words(text=drills.marked(KEY, drill_words().order)),
        target=Target(areas=(office.release.places.county,)),
    )
    started = time.monotonic()
    informing = await inform.start(office, request)

    async def worker() -> None:
        now = office.clock.now()
        while claimed := await stores.slices.claim(office.ids.new(), lease_s=LEASE_S, now=now):
            await make_rows(office, informing, claimed)
            await stores.slices.give_back(claimed, SliceState.OPEN, due=now + LATER)

    await asyncio.gather(*(worker() for _ in range(WORKERS)))
    return Queued(informing.planned, time.monotonic() - started)
