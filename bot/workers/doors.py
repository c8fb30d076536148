"""The door: the worker who answers for a grid now takes its people onto the list, by name."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.channels.messengers import Needs, Outgoing
from data.civic.ports import Clock
from data.civic.safety.grids import worker_of
from data.civic.sending.batches import Sent
from data.civic.sending.rows import Ending, Rung
from data.store.grids import Grids


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """The last way that finds somebody; the lists themselves are read from the rows."""

    grids: Grids
    clock: Clock
    rung: Rung = Rung.DOOR
    needs: Needs = Needs.NOTHING
    batch: int = 1_000
    per_second: int | None = None

    async def send(self, batch: Sequence[Outgoing]) -> Sequence[Sent]:
        """Give each to the worker of the grid; refused where nobody answers for it."""
        wanted = sorted({one.grid for one in batch if one.grid})
        grids = await self.grids.by_ids(wanted) if wanted else []
        now = self.clock.now()
        there = {grid.id: worker for grid in grids if (worker := worker_of(grid, now))}
        return [
            one.ended(Ending.ACCEPTED, provider_id=there[one.grid].id)
            if one.grid in there
            else one.ended(Ending.REFUSED, error="nobody answers for the grid")
            for one in batch
        ]
