"""One ratio of the bench, and how rounds of it are taken."""

import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

Work = Callable[[], Awaitable[object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One ratio: what is shipped against its limit probe, and what it must reach."""

    name: str
    ratio: float
    target: float
    above: bool = True
    detail: str = ""

    @property
    def met(self) -> bool:
        """Say whether the target is met."""
        return self.ratio >= self.target if self.above else self.ratio <= self.target


async def seconds(work: Work) -> float:
    """Time one piece of work."""
    start = time.perf_counter()
    await work()
    return time.perf_counter() - start


async def in_turn(ours: Work, probe: Work, *, rounds: int) -> tuple[float, float]:
    """Time both in turn, several times; the medians, ours first."""
    took = [(await seconds(ours), await seconds(probe)) for _ in range(rounds)]
    return statistics.median(one for one, _ in took), statistics.median(two for _, two in took)


async def as_often(ours: Work, probe: Work, *, rounds: int) -> tuple[float, float, float]:
    """Take the median of the rounds' ratios, probe to ours, and of both times."""
    took = [(await seconds(ours), await seconds(probe)) for _ in range(rounds)]
    ratio = statistics.median(probe / ours for ours, probe in took)
    mine, bare = zip(*took, strict=True)
    return ratio, statistics.median(mine), statistics.median(bare)
