"""Going back to a village: what holds its people away, and whom an order had sent away.

A village is held and released as a whole: whoever is told that one may return goes home, and asks
nobody which order it was that sent the neighbours away.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from data.civic.areas import within
from data.civic.ids import AreaCode, OrderId
from data.civic.risks import RiskTag
from data.civic.warning.orders import TransferOrder
from data.civic.warning.places import touches
from data.civic.warning.returns import Return, ReturnState
from handlers.informing_words import time_in_words
from handlers.office import Office

MOST = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Why nobody may go back to a village yet."""

    village: AreaCode
    order: TransferOrder
    event: str
    """The name of the order's event."""
    waits: Return | None
    """The return that is not released; None: the order itself is in force there."""

    @property
    def refuses(self) -> bool:
        """Say whether nobody may release the village now: left, or not found safe."""
        return self.waits is None or self.waits.state is ReturnState.LIFTED

    def why(self, office: Office) -> str:
        """Say which order it is, and what to do first."""
        said = "is lifted: check the houses first" if self.waits else "is in force: lift it first"
        issued = time_in_words(office.release, self.order.issued_at)
        village = office.release.places.name(self.village)
        return f"{village}: the order {self.order.id} of {issued} ({self.event}) {said}"


async def holds(office: Office, villages: Sequence[AreaCode], *, drill: bool) -> list[Hold]:
    """List what holds people away from some villages, of whatever event."""
    found = [
        await _hold(office, village, order)
        for order in await office.stores.orders.alive(drill=drill, limit=MOST)
        for village in villages
        if order.touches(village)
    ]
    return found + [
        await _hold(office, village, order, waits=one)
        for one in await waiting(office, villages, drill=drill)
        if (order := await office.stores.orders.get(one.order)) is not None
        for village in villages
        if within(one.village, village)
    ]


async def waiting(office: Office, villages: Sequence[AreaCode], *, drill: bool) -> list[Return]:
    """List the returns to some villages that are not released, after whichever order."""
    alive = await office.stores.returns.alive(drill=drill, limit=MOST)
    return [one for one in alive if any(within(one.village, village) for village in villages)]


async def sent_away(
    office: Office, order: OrderId, villages: Sequence[AreaCode], *, drill: bool
) -> dict[AreaCode, frozenset[RiskTag]]:
    """Tell which risks those bear whom orders had sent away from each village; none: everybody.

    Orders that were lifted there, of this event and of all that go on: who was sent away by one
    may not have been told to return before the next. A village of which nobody was is left out.
    """
    stores = office.stores
    events = await stores.events.alive(drill=drill, limit=MOST)
    orders = {one.id: one for event in events for one in await stores.orders.of(event.id, MOST)}
    if own := await stores.orders.get(order):
        orders[own.id] = own
    return {
        village: frozenset[RiskTag]().union(*tags) if all(tags) else frozenset()
        for village in villages
        if (tags := _tags([one for one in orders.values() if one.lifted(village)], village))
    }


def _tags(orders: Sequence[TransferOrder], village: AreaCode) -> list[frozenset[RiskTag]]:
    return [
        tier.tags
        for order in orders
        for tier in order.tiers
        if any(touches(one, village) for one in tier.areas)
    ]


async def _hold(
    office: Office, village: AreaCode, order: TransferOrder, *, waits: Return | None = None
) -> Hold:
    event = await office.stores.events.get(order.event)
    return Hold(village=village, order=order, event=event.name if event else "", waits=waits)
