"""Where a citizen is asking for, who it is if that is known, and what is in force there."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from data.civic.areas import within
from data.civic.ids import AreaCode
from data.civic.safety.rosters import Person
from data.civic.talk.messages import Turn
from data.civic.warning.messages import Colour
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
    """Find the place that was named; else the one that is known, or the home in more danger."""
    people = await own_people(office, turn.conversation.key.id)
    found = await _in_force(turn, office, people)
    living = [one for one in people if within(one.village, found.area)]
    return Here(area=found.area, person=living[0] if len(living) == 1 else None, in_force=found)


async def in_danger(turn: Turn, office: Office) -> bool:
    """Say whether an order, or a warning of orange or red, is in force where somebody asks."""
    found = (await here(turn, office)).in_force
    severe = found.colour is not None and found.colour.rank >= Colour.ORANGE.rank
    return severe or bool(found.orders)


async def _in_force(turn: Turn, office: Office, people: Sequence[Person]) -> InForce:
    """Tell what is in force in the place; a place said before hides no danger to the home."""
    homes = {one.village for one in people}
    home = homes.pop() if len(homes) == 1 else None
    if home is None or turn.understanding.slots.area is not None:
        return await warnings_in_force(office, turn.area)
    if turn.area == turn.release.places.county:
        return await warnings_in_force(office, home)
    known = await warnings_in_force(office, turn.area)
    if within(home, turn.area):
        return known
    return max(known, await warnings_in_force(office, home), key=_gravity)


def _gravity(found: InForce) -> tuple[bool, bool, int]:
    """Tell how much one must be told of it: orders, then places not to go back to, then signals."""
    return bool(found.orders), bool(found.returns), found.colour.rank if found.colour else -1
