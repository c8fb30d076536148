"""Plan by what is drawn: which villages it holds, and how many people; nothing is sent or kept.

A decision names divisions: what is drawn is turned into them here, the border person by person.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from data.civic.errors import BadInput
from data.civic.ids import AreaCode
from data.civic.people import Staff
from data.civic.risks import RiskTag
from data.civic.safety.targets import Reach, Target
from data.civic.shapes import Shape
from handlers.acts.preview_area import PREVIEW, reach
from handlers.office import Office

MOST = 200
"""Shapes that are drawn at once."""
TOWN = 9
"""Digits of the code of a town."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is drawn, as divisions that a decision can name."""

    reach: Reach
    areas: tuple[AreaCode, ...]
    """Towns that are held wholly, else villages, in the order of their codes."""


async def plan_area(
    office: Office, staff: Staff, shapes: Sequence[Shape], *, tags: frozenset[RiskTag] = frozenset()
) -> Plan:
    """Find the villages in which somebody lives inside one of the shapes, in the own area.

    Raises:
        Refused: the role is not held.
        BadInput: nothing is drawn, or too much.
    """
    staff.must(*PREVIEW)
    if len(shapes) > MOST:
        raise BadInput(f"{len(shapes)} shapes: at most {MOST} at once; choose a shorter time")
    found = await reach(office, staff, Target(shapes=tuple(shapes), tags=tags))
    return Plan(reach=found, areas=await _named(office, found) if not tags else _villages(found))


def _villages(found: Reach) -> tuple[AreaCode, ...]:
    return tuple(one.village for one in found.by_village)


async def _named(office: Office, found: Reach) -> tuple[AreaCode, ...]:
    """Name a town where every village of it is held wholly, else its villages."""
    whole = {one.village for one in found.by_village if not one.border}
    areas: set[AreaCode] = set()
    for town in sorted({AreaCode(one[:TOWN]) for one in _villages(found)}):
        inside = {one for one in _villages(found) if one.startswith(town)}
        held = inside <= whole and set(await office.stores.villages.within(town)) <= inside
        areas |= {town} if held else inside
    return tuple(sorted(areas))
