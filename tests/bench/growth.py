"""Ten times as many people: how much longer their rows and their board take."""

import statistics

from data.store.stores import Stores
from tests.bench.measure import Measure, seconds
from tests.bench.warned import Bench, begin, flushed, make, measured

FEW, MANY = 4, 40
"""Counties: 100,000 people and a million."""
ROUNDS, READINGS = 3, 5
"""And one round before, not taken: the first to come reads everybody from disk."""


async def ratios(stores: Stores) -> list[Measure]:
    """Warn a tenth of the province, then all of it."""
    rounds = [(await _warned(stores, MANY), await _warned(stores, FEW)) for _ in range(ROUNDS + 1)]
    del rounds[0]
    made = [(many[0], few[0]) for many, few in rounds]
    boards = [(many[1], few[1]) for many, few in rounds]
    return [
        measured(
            "growth: 100,000 to 1,000,000 people, planned and their rows made", made, at_most=12
        ),
        measured("growth: their board, counted now from the rows", boards, at_most=10),
    ]


async def _warned(stores: Stores, warned: int) -> tuple[float, float]:
    bench = Bench.on(stores, warned=warned)
    numbers: list[int] = []

    async def create() -> None:
        informing = await begin(bench)
        numbers.append(informing.id)
        await make(bench, informing)

    await flushed(bench)
    made = await seconds(create)
    read = [await seconds(lambda: stores.boards.exactly(numbers[0])) for _ in range(READINGS)]
    return made, statistics.median(read)
