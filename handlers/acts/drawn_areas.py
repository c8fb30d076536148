"""Find the villages of what a message only draws: a polygon or a circle without name or code.

The villages are those in which people live, or whose middle lies, inside; of a village that the
edge cuts, somebody has to live inside. What lies outside of the feed's area counts for nobody.
"""

import asyncio
from collections.abc import Sequence

from data.civic.areas import Gazetteer, within
from data.civic.errors import BadInput
from data.civic.ids import AreaCode
from data.civic.safety.targets import Target
from data.civic.shapes import Polygon, Shape, contains
from data.civic.warning.feeds import Feed
from data.civic.warning.messages import SaidArea, WarningMessage
from data.civic.warning.places import Drawn, only_draws
from handlers.office import Office


async def drawn_areas(office: Office, message: WarningMessage, feed: Feed) -> Drawn:
    """Find the villages of each block that only draws; a shape that is none is left out."""
    places, found = office.release.places, {}
    for said in message.where:
        if only_draws(said, places) and (shapes := await asyncio.to_thread(_shapes, said)):
            known = await asyncio.to_thread(_known, places, shapes)
            inside = await _peopled(office, shapes) | known
            found[said] = sorted(one for one in inside if _ours(one, feed, places))
    return found


def _shapes(said: SaidArea) -> tuple[Shape, ...]:
    try:
        return (*map(Polygon, said.rings), *said.circles)
    except BadInput:  # the judgement names the place
        return ()


async def _peopled(office: Office, shapes: tuple[Shape, ...]) -> set[AreaCode]:
    """Find the villages with people inside; who has no point on the map counts as inside."""
    target = Target(shapes=shapes)
    touched = [one for one in await office.stores.villages.covered(target) if one.people]
    border = [one.village for one in touched if one.border]
    exact = await office.stores.residents.exactly(border, target) if border else []
    lived_in = {one.village for one in exact if one.people}
    return lived_in | {one.village for one in touched if not one.border}


def _known(places: Gazetteer, shapes: Sequence[Shape]) -> set[AreaCode]:
    return {
        one.code
        for one in places.villages()
        if one.centre is not None and any(contains(shape, one.centre) for shape in shapes)
    }


def _ours(village: AreaCode, feed: Feed, places: Gazetteer) -> bool:
    return within(village, places.county) and within(village, feed.area)
