"""Orders to leave a village at once."""

from datetime import timedelta

from data.civic.ids import AreaCode
from data.civic.warning.decisions import Decision, IssueOrder
from data.civic.warning.events import Event
from data.civic.warning.orders import Tier
from tests import builders
from tests.headquarters import Headquarters
from tests.sheltering import Desks
from tests.townsfolk import VILLAGE


async def everybody_leaves(
    hq: Headquarters, *areas: AreaCode, event: Event | None = None
) -> Decision:
    """Order everybody of some villages to leave within six hours."""
    tier = Tier(areas=areas, deadline=builders.now() + timedelta(hours=6))
    return await hq.decided(IssueOrder(tiers=(tier,)), "请立即转移。", event=event)


async def ordered(one: Desks, *, event: Event | None = None) -> Decision:
    """Order everybody of the village of the desks to leave."""
    return await everybody_leaves(one.hq, VILLAGE, event=event)
