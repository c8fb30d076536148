"""Where people may go back again: the returns that were released here of late."""

from datetime import timedelta

from data.civic.warning.drills import is_drill
from data.civic.warning.places import touches
from data.civic.warning.returns import Return
from handlers.acts.in_force import MOST, InForce
from handlers.office import Office

SAID_FOR = timedelta(days=7)
"""So long it is told that people may go back, also when the event is closed."""
EVENTS = 20
"""So many of the newest events are looked at."""


async def released_returns(office: Office, found: InForce) -> tuple[Return, ...]:
    """List the returns released in an area, without villages where people must leave or wait."""
    stores = office.stores
    some = [
        one
        for event in await stores.events.newest(EVENTS)
        if not is_drill(event.id)
        for one in await stores.returns.of(event.id, MOST)
    ]
    waiting = {one.village for one in found.returns}
    return tuple(
        one
        for one in some
        if one.released is not None
        and found.at - one.released.at < SAID_FOR
        and touches(one.village, found.area)
        and one.village not in waiting
        and not any(order.touches(one.village) for order in found.orders)
    )
