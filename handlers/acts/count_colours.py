"""Count the colours of all who live in an event's villages, when somebody asks: none is kept.

Numbers for those who see the event's board, and nobody's name. Never a ranking: villages stand in
the order of their codes.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from data.civic.ids import AreaCode, EventId
from data.civic.knowing.colour_rules import CodeColour
from data.civic.people import Staff
from data.civic.warning.drills import is_drill
from handlers.acts.desk_rules import event_for
from handlers.acts.uninformed import COUNTS
from handlers.acts.whereabouts_board import villages_of
from handlers.colouring import now_of
from handlers.colours_by_village import colours_of, counted
from handlers.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class ColourCounts:
    """How many people have which colour, village by village."""

    at: datetime
    """When it was worked out."""
    villages: Mapping[AreaCode, Mapping[CodeColour, int]]
    """In the order of their codes; where nobody is on the roster there is none."""

    @property
    def total(self) -> Mapping[CodeColour, int]:
        """Add up all villages."""
        return sum((Counter(one) for one in self.villages.values()), Counter[CodeColour]())


async def count_colours(office: Office, staff: Staff, event: EventId) -> ColourCounts:
    """Count the colours in the villages of the own area that an event holds.

    All that is in force counts, as for the code of each of them. A drill has colours of its own.

    Raises:
        Refused: the role is not held. NotFound: there is no such event.
    """
    staff.must(*COUNTS)
    found, now = await event_for(office, event), await now_of(office, drill=is_drill(event))
    villages = await villages_of(office, found, staff.area)
    counts: dict[AreaCode, Mapping[CodeColour, int]] = {}
    async for some in colours_of(office, villages, now):
        counts |= counted(some)
    return ColourCounts(at=now.situation.at, villages=dict(sorted(counts.items())))
