"""The loudspeaker: the last way; what is to be read out goes onto the list of each village."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.channels.messengers import Needs, Outgoing
from data.civic.ids import AreaCode
from data.civic.sending.batches import Sent
from data.civic.sending.rows import Ending, Rung
from handlers.acts.announce import ask
from handlers.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class Loudspeakers:
    """Asks for one announcement in each village, for however many people there."""

    office: Callable[[], Office]
    rung: Rung = Rung.LOUDSPEAKER
    needs: Needs = Needs.NOTHING
    batch: int = 1_000
    per_second: int | None = None

    async def send(self, batch: Sequence[Outgoing]) -> Sequence[Sent]:
        """Put it onto the lists; that somebody has heard it, nobody will know."""
        villages: dict[int, set[AreaCode]] = {}
        for one in batch:
            villages.setdefault(one.informing, set()).add(one.village)
        for number, some in villages.items():
            await ask(self.office(), number, some)
        return [one.ended(Ending.ACCEPTED) for one in batch]
