"""A message that waits to be settled: until then it may be a warning that is in force."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from data.civic.ids import AreaCode
from data.civic.warning.arrivals import Arrival
from data.civic.warning.feeds import FeedState
from data.civic.warning.messages import MessageType
from data.civic.warning.places import touches
from data.civic.warning.signals import NEVER


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsettled:
    """Since when one message waits, and for where it may be a warning."""

    since: datetime
    feed_area: AreaCode
    areas: tuple[AreaCode, ...] = ()
    """None: nobody knows for where, so it may be for anywhere in the area of its feed."""

    def concerns(self, area: AreaCode) -> bool:
        """Say whether it may be a warning for an area, or for a part of it."""
        named = not self.areas or any(touches(area, one) for one in self.areas)
        return named and touches(area, self.feed_area)


def unsettled(
    waiting: Iterable[Arrival], feeds: Sequence[FeedState], at: datetime
) -> tuple[Unsettled, ...]:
    """List what may be a warning that is in force, the oldest first: no lift, and not over."""
    areas = {one.feed.id: one.feed.area for one in feeds}
    found = [
        Unsettled(since=one.received_at, feed_area=areas[one.feed], areas=one.areas)
        for one in waiting
        if one.feed in areas and _may_warn(one, at)
    ]
    return tuple(sorted(found, key=lambda one: (one.since, one.feed_area, one.areas)))


def unsettled_since(found: Iterable[Unsettled], area: AreaCode) -> datetime | None:
    """Tell since when a message for an area waits; None: there is none."""
    return min((one.since for one in found if one.concerns(area)), default=None)


def _may_warn(one: Arrival, at: datetime) -> bool:
    said = one.message
    if said is None:
        return True
    return said.type is not MessageType.CANCEL and (said.expires or NEVER) > at
