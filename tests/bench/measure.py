"""One ratio of the bench, and the table of them."""

import os
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

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


def show(measures: Sequence[Measure]) -> None:
    """Print the ratios, and how busy the machine was."""
    table = Table("measure", "ratio", "target", "met", "in this run")
    for one in measures:
        sign, met = "≥" if one.above else "≤", "yes" if one.met else "NO"
        table.add_row(one.name, f"{one.ratio:.3g}", f"{sign} {one.target:g}", met, one.detail)
    console = Console(highlight=False)
    console.print(table)
    console.print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
