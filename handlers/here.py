"""Where a citizen is asking for, who it is if that is known, and what is in force there."""

from dataclasses import dataclass, field

from data.civic.areas import within
from data.civic.ids import AreaCode
from data.civic.safety.rosters import Person
from data.civic.talk.messages import Turn
from handlers.acts.in_force import InForce, warnings_in_force
from handlers.acts.speaks_for import own_people
from handlers.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """A place, and what is in force in it."""

    area: AreaCode
    person: Person | None = field(repr=False)
    """Who asks, where the conversation is that of somebody who lives in the area."""
    in_force: InForce


async def here(turn: Turn, office: Office) -> Here:
    """Find the place that was named or is known; else where the citizen is registered to live."""
    people = await own_people(office, turn.conversation.key.id)
    county = turn.release.places.county
    known = turn.area == county and len({one.village for one in people}) == 1
    area = people[0].village if known else turn.area
    living = [one for one in people if within(one.village, area)]
    return Here(
        area=area,
        person=living[0] if len(living) == 1 else None,
        in_force=await warnings_in_force(office, area),
    )
