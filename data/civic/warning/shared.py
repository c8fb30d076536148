"""A message that refers to several warnings: what of it is told under which of them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from data.civic.areas import within
from data.civic.ids import AreaCode, SignalId
from data.civic.warning.signals import Signal


def shares(
    signals: Sequence[Signal], identifier: str, at: datetime
) -> Mapping[SignalId, tuple[AreaCode, ...]]:
    """Tell under which warning a message is news for which of its areas.

    Each tells of its own places, whatever they were told under it before; the first tells of the
    rest. So nobody is told twice for whom there was one warning.
    """
    ordered = sorted(signals, key=lambda one: one.id)
    own = {one.id: _named_without(one, identifier) for one in ordered}
    found = {}
    for one in ordered:
        others = [area for id_, areas in own.items() if id_ != one.id for area in areas]
        decided = one.decided_by(identifier, at)
        if one is ordered[0]:
            mine = [area for area in decided if _mine(area, own[one.id], others)]
        else:
            mine = [part for area in decided for part in _parts(area, own[one.id])]
        found[one.id] = tuple(dict.fromkeys(mine))
    return found


def common(some: Iterable[AreaCode], others: Sequence[AreaCode]) -> tuple[AreaCode, ...]:
    """Tell what lies in areas of both lists."""
    parts = (part for area in some for part in _parts(area, others))
    return tuple(dict.fromkeys(parts))


def _mine(area: AreaCode, own: Iterable[AreaCode], others: Iterable[AreaCode]) -> bool:
    named = any(within(area, one) or within(one, area) for one in own)
    return named or not any(within(area, one) for one in others)


def _parts(area: AreaCode, own: Iterable[AreaCode]) -> list[AreaCode]:
    """Give an area that lies in the own places, or else those own places that lie in it."""
    places = sorted(own)
    if any(within(area, one) for one in places):
        return [area]
    return [one for one in places if within(one, area)]


def _named_without(signal: Signal, identifier: str) -> frozenset[AreaCode]:
    named = (step.areas for step in signal.steps if step.identifier != identifier)
    return frozenset(area for areas in named for area in areas)
