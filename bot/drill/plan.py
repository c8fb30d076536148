"""The plan of a drill: how large the county is, what follows when, and how fast it is played."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from data.civic.errors import BadInput
from data.civic.ids import AreaCode

START = datetime(2026, 7, 11, 0, tzinfo=UTC)
"""08:00 in Beijing, on a day in the season of typhoons: the same for every drill."""
MINUTE, HOUR = 60, 3600
MOST_PEOPLE = 1_000_000
FIRST_VILLAGE = 700
"""Within its town; a county's own villages have lower numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is drilled; times in seconds after the start.

    Raises:
        BadInput: there is nobody, or more than a drill makes up.
    """

    people: int
    seed: int = 1
    workers: int = 120
    """Grid workers; as many villages, each with one and a deputy."""
    speed: float = 0
    """How many times faster than life; 0: as fast as the work is done."""
    response_at: int = 10 * MINUTE
    order_at: int = 30 * MINUTE
    lasts: int = 12 * HOUR
    """It ends when everybody has confirmed, at the latest then."""

    def __post_init__(self) -> None:
        """Insist on a county that can be made."""
        if not 1 <= self.people <= MOST_PEOPLE:
            raise BadInput(f"--people is between 1 and {MOST_PEOPLE:,}")
        if not 1 <= self.workers <= 10_000:
            raise BadInput("--workers is between 1 and 10,000")
        if not 0 <= self.speed <= 3600:
            raise BadInput("--speed is between 0 (as fast as possible) and 3600")

    def villages(self, towns: Sequence[AreaCode]) -> tuple[AreaCode, ...]:
        """Name a village for each worker, spread over the towns of the county, in order."""
        count = min(self.workers, self.people)
        codes = [
            AreaCode(f"{towns[one % len(towns)]}{FIRST_VILLAGE + one // len(towns):03}")
            for one in range(count)
        ]
        return tuple(sorted(codes))
