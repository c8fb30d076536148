"""Warnings out of a heap of messages, in whatever order they came."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from data.civic.ids import AreaCode, FeedId, SignalId
from data.civic.warning.messages import Colour, MessageType, worst
from data.civic.warning.signals import Placed, Signal, begun_by
from data.civic.warning.verdicts import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """What a heap of messages amounts to."""

    signals: Mapping[SignalId, Signal]
    left: Mapping[str, Reason]
    """Identifier → why the message has no part in any signal."""
    conflicts: frozenset[str]
    """Identifiers that came again with other content; the first to come stands."""

    def colour(self, area: AreaCode, at: datetime) -> Colour | None:
        """Tell the worst colour of an area."""
        return worst(one.colour(area, at) for one in self.signals.values())


def fold(arrived: Iterable[Placed], feed: FeedId) -> Folded:
    """Put messages together, in whatever order they came, doubled or late."""
    standing, conflicts = _first_of_each(arrived)
    waiting = sorted(standing.values(), key=lambda one: one.order)
    signals: dict[SignalId, Signal] = {}
    home: dict[str, SignalId] = {}
    left: dict[str, Reason] = {}
    while waiting:
        again = [one for one in waiting if not _settle(one, feed, signals, home, left)]
        if len(again) == len(waiting):
            left |= {one.identifier: Reason.UNKNOWN_REFERENCE for one in again}
            break
        waiting = again
    return Folded(signals=signals, left=left, conflicts=conflicts)


def _settle(
    placed: Placed,
    feed: FeedId,
    signals: dict[SignalId, Signal],
    home: dict[str, SignalId],
    left: dict[str, Reason],
) -> bool:
    """Find a message's place; False while none of its references is known."""
    message = placed.message
    if message.type is MessageType.ALERT:
        signal = begun_by(placed, feed)
    else:
        known = next((home[one] for one in message.references if one in home), None)
        if known is None:
            return False
        if (reason := signals[known].refuses(message)) is not None:
            left[message.identifier] = reason
            return True
        signal = signals[known].joined_by(placed)
    signals[signal.id] = signal
    home[message.identifier] = signal.id
    return True


def _first_of_each(arrived: Iterable[Placed]) -> tuple[dict[str, Placed], frozenset[str]]:
    standing: dict[str, Placed] = {}
    conflicts = set()
    for one in arrived:
        if standing.setdefault(one.identifier, one).message != one.message:
            conflicts.add(one.identifier)
    return standing, frozenset(conflicts)
