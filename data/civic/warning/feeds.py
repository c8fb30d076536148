"""A feed of warnings, and when it is silent: a silent feed is not a quiet sky."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from data.civic.ids import AreaCode, FeedId
from data.civic.warning.places import touches

HEARTBEAT = timedelta(minutes=15)
STALE_AFTER = timedelta(hours=24)


class FeedFormat(StrEnum):
    """In which format a feed sends."""

    NATIONAL = "national"
    """The national release system, 12379 (GB/T 35965.1)."""
    CAP = "cap"
    """The Common Alerting Protocol, 1.2."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """Where warnings come from, and what is taken from there."""

    id: FeedId
    format: FeedFormat
    issuers: frozenset[str]
    """Codes, or names, of the issuers that are competent here."""
    area: AreaCode
    """Warnings for this division, for what lies in it and for what it lies in."""
    heartbeat: timedelta = HEARTBEAT
    """After so long without a word it is silent."""
    stale_after: timedelta = STALE_AFTER
    confirm_first: bool = False
    """One duty officer confirms before a warning is relayed."""
    tests_to: frozenset[str] = frozenset()
    """Logins of the staff who may read its tests and exercises; a citizen never does."""
    title: str = ""
    """What staff call it: the name of the station."""

    @property
    def called(self) -> str:
        """Tell what it is called on pages."""
        return self.title or self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """A feed, and when it was last heard."""

    feed: Feed
    since: datetime
    """When it was set up here."""
    last_heard: datetime | None = None

    def silent(self, at: datetime) -> bool:
        """Say whether nothing was heard for longer than the limit, or ever."""
        return self.last_heard is None or at - self.last_heard > self.feed.heartbeat

    def overdue(self, at: datetime) -> bool:
        """Say whether it is time to call somebody: a feed just set up is given its first limit."""
        return at - (self.last_heard or self.since) > self.feed.heartbeat


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """Why nobody may say that there is no warning."""

    feeds: tuple[FeedId, ...] = ()
    """The feeds that are silent; none: no feed covers the area at all."""
    last_heard: datetime | None = None
    """When the one that was silent for longest was heard; None: never."""


def silence(states: Iterable[FeedState], area: AreaCode, at: datetime) -> Silence | None:
    """Tell whether, and how, warnings for an area may be missing; None: every feed is heard."""
    ours = [one for one in states if touches(area, one.feed.area)]
    silent = [one for one in ours if one.silent(at)]
    if ours and not silent:
        return None
    heard = [one.last_heard for one in silent if one.last_heard]
    never = len(heard) < len(silent)
    return Silence(
        feeds=tuple(one.feed.id for one in silent),
        last_heard=min(heard) if heard and not never else None,
    )
