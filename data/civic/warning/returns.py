"""Going back to a village: the order lifted, the houses checked, the return released."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from data.civic.errors import Conflict
from data.civic.ids import AreaCode, DecisionId, EventId, OrderId, ReturnId, StaffId
from data.civic.warning import drills


class ReturnState(StrEnum):
    """How far the return to a village is."""

    LIFTED = "lifted"
    """The order has ended; nobody goes back yet."""
    CHECKED = "checked"
    RELEASED = "released"


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseCheck:
    """Who found the houses and the area safe, and when."""

    by: StaffId
    at: datetime
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """The return was released by two people."""

    decision: DecisionId
    text: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """The return to one village after one order."""

    id: ReturnId
    event: EventId
    order: OrderId
    village: AreaCode
    lifted_at: datetime
    check: HouseCheck | None = None
    released: Released | None = None
    version: int = 0

    def __post_init__(self) -> None:
        """Insist on the event's kind, and on the mark."""
        drills.together(self.event, self.id)
        drills.check(self.id, self.released.text if self.released else "")

    @property
    def state(self) -> ReturnState:
        """Tell how far it is."""
        if self.released:
            return ReturnState.RELEASED
        return ReturnState.CHECKED if self.check else ReturnState.LIFTED


def return_id(order: OrderId, village: AreaCode) -> ReturnId:
    """Name the return to a village after an order."""
    return ReturnId(f"{order}/{village}")


def begin(event: EventId, order: OrderId, village: AreaCode, lifted_at: datetime) -> Return:
    """Begin the return: the order has been lifted there."""
    return Return(
        id=return_id(order, village),
        event=event,
        order=order,
        village=village,
        lifted_at=lifted_at,
    )


def check_houses(one: Return, check: HouseCheck) -> Return:
    """Note that houses and area were checked; a second check stands beside nothing.

    Raises:
        Conflict: the return is released already.
    """
    if one.state is ReturnState.RELEASED:
        raise Conflict(f"the return to {one.village} is released already")
    return replace(one, check=check, version=one.version + 1)


def release(one: Return, released: Released) -> Return:
    """Let people go back. Idempotent by the decision.

    Raises:
        Conflict: the houses are not checked, or another decision has released it.
    """
    if released_by(one, released.decision):
        return one
    if one.state is not ReturnState.CHECKED:
        what = "check the houses first" if one.state is ReturnState.LIFTED else "it is done"
        raise Conflict(f"the return to {one.village} is {one.state}: {what}")
    return replace(one, released=released, version=one.version + 1)


def released_by(one: Return, decision: DecisionId) -> bool:
    """Say whether it was this decision that released it."""
    return one.released is not None and one.released.decision == decision
