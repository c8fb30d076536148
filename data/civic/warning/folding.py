"""Warnings out of a heap of messages, in whatever order they came."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from data.civic.ids import AreaCode, FeedId, SignalId
from data.civic.warning.messages import Colour, MessageType, worst
from data.civic.warning.signals import Placed, Signal, begun_by, begun_id
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
    begins = [one for one in standing.values() if one.message.type is MessageType.ALERT]
    signals = {one.id: one for one in (begun_by(placed, feed) for placed in begins)}
    home = {one.identifier: {begun_id(one.message, feed)} for one in begins}
    changes = [one for one in standing.values() if one.message.type is not MessageType.ALERT]
    changes.sort(key=lambda one: one.order)
    while any(_joins(one, signals, home) for one in changes):
        continue
    left = {
        one.identifier: _why(one, signals, home) for one in changes if one.identifier not in home
    }
    return Folded(signals=signals, left=left, conflicts=conflicts)


def _joins(placed: Placed, signals: dict[SignalId, Signal], home: dict[str, set[SignalId]]) -> bool:
    """Put a message into every warning that it refers to and may change; False: it is there."""
    found = {one for one in _referred(placed, home) if not signals[one].refuses(placed.message)}
    new = found - home.get(placed.identifier, set())
    for one in new:
        signals[one] = signals[one].joined_by(placed)
        home.setdefault(placed.identifier, set()).add(one)
    return bool(new)


def _referred(placed: Placed, home: Mapping[str, set[SignalId]]) -> set[SignalId]:
    return {id_ for one in placed.message.references for id_ in home.get(one, ())}


def _why(
    placed: Placed, signals: Mapping[SignalId, Signal], home: Mapping[str, set[SignalId]]
) -> Reason:
    reasons = [signals[one].refuses(placed.message) for one in _referred(placed, home)]
    return min((one for one in reasons if one), default=Reason.UNKNOWN_REFERENCE)


def _first_of_each(arrived: Iterable[Placed]) -> tuple[dict[str, Placed], frozenset[str]]:
    standing: dict[str, Placed] = {}
    conflicts = set()
    for one in arrived:
        if standing.setdefault(one.identifier, one).message != one.message:
            conflicts.add(one.identifier)
    return standing, frozenset(conflicts)
