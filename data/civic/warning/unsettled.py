"""A message that waits to be settled: until then it may be a warning that is in force."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from data.civic.ids import AreaCode
from data.civic.warning.arrivals import Arrival
from data.civic.warning.feeds import FeedState
from data.civic.warning.messages import MessageType, Status
from data.civic.warning.places import is_code, touches
from data.civic.warning.signals import NEVER
from data.civic.warning.verdicts import Reason


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


NOT_FOR_HERE = (Reason.FOREIGN_AREA, Reason.NOT_PUBLIC)
"""Of a message that is refused for one of these it is known that it warns nobody here."""


def unsettled(
    waiting: Iterable[Arrival], feeds: Sequence[FeedState], at: datetime
) -> tuple[Unsettled, ...]:
    """List what may be a warning that is in force, the oldest first: no lift, and not over."""
    areas = {one.feed.id: one.feed.area for one in feeds}
    found = [
        Unsettled(since=one.received_at, feed_area=areas[one.feed], areas=_areas(one))
        for one in waiting
        if one.feed in areas and _may_warn(one, at)
    ]
    return tuple(sorted(found, key=lambda one: (one.since, one.feed_area, one.areas)))


def unsettled_since(found: Iterable[Unsettled], area: AreaCode) -> datetime | None:
    """Tell since when a message for an area waits; None: there is none."""
    return min((one.since for one in found if one.concerns(area)), default=None)


def _may_warn(one: Arrival, at: datetime) -> bool:
    if one.status not in (None, Status.ACTUAL):
        return False
    if one.judgement and one.judgement.reason in NOT_FOR_HERE and not one.held:
        return False
    said = one.message
    if said is None:
        return True
    return said.type is not MessageType.CANCEL and (said.expires or NEVER) > at


def _areas(one: Arrival) -> tuple[AreaCode, ...]:
    """Tell where it is for: as it was resolved, or else anywhere inside the codes that it names."""
    if one.areas or one.message is None:
        return one.areas
    blocks = [said.codes for said in one.message.where]
    named = [code for codes in blocks for code in codes]
    if not all(blocks) or not all(is_code(code) for code in named):
        return ()
    return tuple(AreaCode(code) for code in named)
