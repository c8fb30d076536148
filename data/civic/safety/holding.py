"""What orders and returns say of the people of a village: steps by rule, and deadlines."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from data.civic.areas import within
from data.civic.ids import AreaCode, OrderId, PersonId, StepId
from data.civic.risks import RiskTag
from data.civic.safety.whereabouts import By, Stage, Step
from data.civic.warning.orders import Tier, TransferOrder
from data.civic.warning.returns import Return, ReturnState


def covered(order: TransferOrder, village: AreaCode, tags: frozenset[RiskTag]) -> tuple[Tier, ...]:
    """Find the tiers that are or were for somebody, lifted or not."""
    return tuple(
        tier for tier in order.tiers if tier.covers(village) and (not tier.tags or tier.tags & tags)
    )


def released(order: OrderId, village: AreaCode, returns: Iterable[Return]) -> Return | None:
    """Find the released return after an order; None: nobody goes back yet."""
    return next(
        (
            one
            for one in returns
            if one.order == order
            and one.state is ReturnState.RELEASED
            and within(village, one.village)
        ),
        None,
    )


def holds(
    order: TransferOrder, village: AreaCode, tags: frozenset[RiskTag], returns: Iterable[Return]
) -> bool:
    """Say whether an order keeps somebody from home: in force, or lifted and not released."""
    if not covered(order, village, tags):
        return False
    return not order.lifted(village) or released(order.id, village, returns) is None


def deadline(
    orders: Iterable[TransferOrder], village: AreaCode, tags: frozenset[RiskTag]
) -> datetime | None:
    """Tell by when somebody must have left, the earliest of all tiers; None: no order covers."""
    tiers = (order.tier_for(village, tags) for order in orders)
    return min((one.deadline for one in tiers if one), default=None)


def rule_steps(
    orders: Sequence[TransferOrder],
    returns: Sequence[Return],
    *,
    person: PersonId,
    home: AreaCode,
    tags: frozenset[RiskTag],
) -> list[Step]:
    """Tell when orders listed somebody, and when returns were released: steps nobody stores."""
    steps: list[Step] = []
    for order in orders:
        if not covered(order, home, tags):
            continue
        moments = {Stage.LISTED: order.issued_at}
        done = released(order.id, home, returns)
        if order.lifted(home) and done is not None and done.released is not None:
            moments[Stage.RETURN_RELEASED] = done.released.at
        steps += [
            Step(
                id=StepId(f"{stage}/{order.id}"),
                event=order.event,
                person=person,
                home=home,
                stage=stage,
                by=By.RULE,
                at=at,
                order=order.id,
            )
            for stage, at in moments.items()
        ]
    return steps
