"""Since when a code has its colour: the moment of what gave it."""

from datetime import datetime

from data.civic.areas import within
from data.civic.ids import AreaCode
from data.civic.safety.colours import Colouring, Facts, Reason
from data.civic.safety.situation import Situation
from data.civic.warning.orders import TransferOrder
from data.civic.warning.signals import Signal


def since(
    colouring: Colouring,
    situation: Situation,
    *,
    moved_at: datetime | None = None,
    marked_at: datetime | None = None,
) -> datetime | None:
    """Tell since when; None where nothing gave the colour, or nobody knows."""
    match colouring.reason:
        case Reason.MOVED:
            return moved_at
        case Reason.MARKED:
            return marked_at
        case Reason.SILENT:
            return colouring.facts.last_heard
        case Reason.UNSETTLED:
            return colouring.facts.waits_since
        case Reason.NOTHING:
            return None
        case _:
            return _given(colouring, situation)


def _given(colouring: Colouring, situation: Situation) -> datetime | None:
    """Find the order, warning or response by its id, and when it was given."""
    facts = colouring.facts
    for order in situation.orders:
        if order.id == facts.subject:
            if colouring.reason is not Reason.AWAITS_RETURN:
                return order.issued_at
            return min(_lifted(order, facts.place), default=order.issued_at)
    for signal in situation.signals:
        if signal.id == facts.subject:
            return _sent(signal, facts, situation.at)
    found = (one for one in situation.responses if one.id == facts.subject)
    return next((one.steps[-1].at for one in found), None)


def _lifted(order: TransferOrder, place: AreaCode) -> list[datetime]:
    """List when an order was lifted where somebody is; elsewhere it may be so later."""
    return [one.at for one in order.lifts if any(within(place, area) for area in one.areas)]


def _sent(signal: Signal, facts: Facts, at: datetime) -> datetime | None:
    """Tell when the message of that colour was sent, in force or still to take effect."""
    now = signal.in_force(facts.place, at)
    steps = ((now,) if now else ()) + signal.coming(facts.place, at)
    return next((one.message.sent for one in steps if one.message.colour == facts.colour), None)
