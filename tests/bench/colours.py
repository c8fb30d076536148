"""Colours of a province after a new order, against reading the same documents.

`python -m tests.bench.colours` runs this part alone.
"""

import asyncio
import statistics
from collections import Counter
from datetime import timedelta

from bot.logs import set_up
from data.civic.ids import AreaCode, DecisionId, EventId, OrderId, StaffId
from data.civic.knowing.colour_rules import CodeColour
from data.civic.warning.events import Event
from data.civic.warning.orders import Tier, TransferOrder
from data.store.audiences import BY_VILLAGE, people_of
from data.store.decided import EVENTS, ORDERS
from data.store.residents import COLLECTION
from data.store.stores import Stores
from handlers.colouring import now_of
from handlers.colours_by_village import BATCH, colours_of
from handlers.office import Office
from tests import builders
from tests.bench.measure import Measure, seconds, show
from tests.bench.province import PEOPLE, VILLAGES, counties, province
from tests.bench.warned import bench_house

ROUNDS = 3
AT_MOST_S = 60.0
AT_MOST = 5.0
ORDERED = 8
"""Counties that are to be left: 200,000 people."""
RED = 200_000
MADE = "bench-colours"
"""The event and the order of this part; they are taken away again."""
LARGEST = 100_000
"""People of one batch of villages."""


async def ratios(stores: Stores) -> list[Measure]:
    """Time the colours of all, and the bare reading of the same documents, in turn."""
    office = bench_house(stores).office()
    events, orders = (stores.database.collection(name) for name in (EVENTS, ORDERS))
    await _ordered(stores)
    found: Counter[CodeColour] = Counter()

    async def ours() -> None:
        found.clear()
        found.update(await coloured(office, VILLAGES))

    took = [(await seconds(ours), await seconds(lambda: _read(stores))) for _ in range(ROUNDS)]
    for one in (events, orders):
        await one.delete({"_id": MADE})
    if found.total() != PEOPLE or found[CodeColour.RED] != RED:
        raise RuntimeError(f"not everybody has the right colour: {dict(found)}")
    detail = f"{PEOPLE:,} people, {RED:,} red: " + ", ".join(
        f"{mine:.1f} s : {bare:.1f} s" for mine, bare in took
    )
    return [
        Measure(
            name="colours: all after a new order, in readings of the same documents",
            ratio=statistics.median(mine / bare for mine, bare in took),
            target=AT_MOST,
            above=False,
            detail=detail,
        ),
        Measure(
            name="colours: all after a new order, seconds",
            ratio=statistics.median(mine for mine, _ in took),
            target=AT_MOST_S,
            above=False,
            detail=detail,
        ),
    ]


async def coloured(office: Office, villages: tuple[AreaCode, ...]) -> Counter[CodeColour]:
    """Colour all who live in villages, and count them person by person."""
    found: Counter[CodeColour] = Counter()
    async for some in colours_of(office, villages, await now_of(office)):
        for one in some:
            found[one.colouring.colour] += len(one.people)
    return found


async def _ordered(stores: Stores) -> None:
    """Open an event with an order."""
    at = builders.now()
    event, areas = EventId(MADE), counties(ORDERED)
    await stores.events.add(
        Event(id=event, name="台风", areas=areas, opened_by=StaffId("bench"), opened_at=at)
    )
    await stores.orders.add(
        TransferOrder(
            id=OrderId(MADE),
            event=event,
            decision=DecisionId(MADE),
            tiers=(Tier(areas=areas, deadline=at + timedelta(hours=6)),),
            text="请转移。",
            issued_at=at,
        )
    )


async def _read(stores: Stores) -> None:
    """Read village, risks and handle of everybody, a batch of villages at a time."""
    residents = stores.database.collection(COLLECTION)
    for at in range(0, len(VILLAGES), BATCH):
        wanted = people_of(VILLAGES[at : at + BATCH])
        await residents.find(wanted, limit=LARGEST, fields=["v", "t"], index=BY_VILLAGE)


async def _alone() -> list[Measure]:
    async with province() as stores:
        return await ratios(stores)


if __name__ == "__main__":
    set_up("error")
    show(asyncio.run(_alone()))
