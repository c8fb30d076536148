"""A transfer order (人员转移令): who must leave where, by when, in tiers."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from data.civic.areas import within
from data.civic.errors import BadInput, Conflict
from data.civic.ids import AreaCode, DecisionId, EventId, OrderId
from data.civic.risks import RiskTag
from data.civic.warning import drills


class OrderState(StrEnum):
    """Where an order stands."""

    IN_FORCE = "in_force"
    LIFTED = "lifted"
    """In all of its areas."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """One tier (批次): these areas, these risks, until then.

    Raises:
        BadInput: it is for nobody.
    """

    areas: tuple[AreaCode, ...]
    tags: frozenset[RiskTag] = frozenset()
    """Of the rosters; none: everybody there."""
    deadline: datetime

    def __post_init__(self) -> None:
        """Insist on areas."""
        if not self.areas:
            raise BadInput("a tier names the areas that it is for")

    def covers(self, area: AreaCode) -> bool:
        """Say whether it is for an area."""
        return any(within(area, one) for one in self.areas)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLift:
    """The order has ended in some areas; that alone lets nobody go back."""

    decision: DecisionId
    areas: tuple[AreaCode, ...]
    text: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferOrder:
    """An order that two people have signed. A signal that is lifted never changes it."""

    id: OrderId
    event: EventId
    decision: DecisionId
    tiers: tuple[Tier, ...]
    text: str
    issued_at: datetime
    lifts: tuple[OrderLift, ...] = ()
    version: int = 0

    def __post_init__(self) -> None:
        """Insist on tiers, on the event's kind, and on the mark."""
        if not self.tiers:
            raise BadInput("a transfer order has at least one tier")
        drills.together(self.event, self.id)
        drills.check(self.id, self.text, *(one.text for one in self.lifts))

    @property
    def areas(self) -> tuple[AreaCode, ...]:
        """Tell every area that it is for."""
        return tuple(dict.fromkeys(area for tier in self.tiers for area in tier.areas))

    @property
    def state(self) -> OrderState:
        """Tell where it stands."""
        left = any(not self.lifted(area) for area in self.areas)
        return OrderState.IN_FORCE if left else OrderState.LIFTED

    def lifted(self, area: AreaCode) -> bool:
        """Say whether it has ended in an area."""
        return any(within(area, one) for lift in self.lifts for one in lift.areas)

    def tier_for(self, area: AreaCode, tags: frozenset[RiskTag]) -> Tier | None:
        """Find the tier, that with the earliest deadline, by which somebody must leave now."""
        if self.lifted(area):
            return None
        fitting = [
            tier for tier in self.tiers if tier.covers(area) and (not tier.tags or tier.tags & tags)
        ]
        return min(fitting, key=lambda one: one.deadline, default=None)

    def touches(self, area: AreaCode) -> bool:
        """Say whether it is in force in an area or in a part of it."""
        parts = [area, *(one for one in self.areas if within(one, area))]
        covered = [one for one in parts if any(tier.covers(one) for tier in self.tiers)]
        return any(not self.lifted(one) for one in covered)


def lift(order: TransferOrder, ended: OrderLift) -> TransferOrder:
    """End it in some areas. Idempotent by the decision.

    Raises:
        Conflict: it is not in force in one of them.
    """
    if any(one.decision == ended.decision for one in order.lifts):
        return order
    for area in ended.areas:
        if not order.touches(area):
            raise Conflict(f"the order is not in force in {area}: nothing can be lifted there")
    return replace(order, lifts=(*order.lifts, ended), version=order.version + 1)
