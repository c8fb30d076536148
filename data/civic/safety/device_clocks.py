"""When a scan was made, however wrong the clock of the telephone is.

A telephone has two clocks: one of the day, which anybody may set, and one that only counts on from
when the page was opened, and which some telephones stop while they sleep. Each time it meets us the
two are noted beside ours; between two such pairs the one that ran true is believed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from data.civic.errors import BadInput

DRIFT = timedelta(seconds=30)
"""How far a clock that runs true may be off between two pairs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What both clocks of a telephone show at one moment."""

    boot: str
    """Names one life of the page: ticks of two lives have nothing in common."""
    ticks: int
    """Milliseconds that only count on."""
    wall: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockPair:
    """What the telephone showed when it was so late with us."""

    reading: Reading
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When something was, by our clock."""

    at: datetime
    sure: bool = True
    """False: the telephone slept or was set meanwhile; it was about then."""


def corrected(reading: Reading, pairs: Sequence[ClockPair], *, received: datetime) -> Moment:
    """Tell when a reading was taken; never later than it was received.

    Raises:
        BadInput: the telephone has never met us.
    """
    if not pairs:
        raise BadInput("no pair of clocks: send what the device shows at this moment")
    moment = _moment(reading, pairs)
    return moment if moment.at <= received else Moment(at=received, sure=False)


def _moment(reading: Reading, pairs: Sequence[ClockPair]) -> Moment:
    same = [one for one in pairs if one.reading.boot == reading.boot]
    before = _last(one for one in same if one.reading.ticks <= reading.ticks)
    after = _first(one for one in same if one.reading.ticks >= reading.ticks)
    if before is None and after is None:
        near = min(pairs, key=lambda one: (abs(one.reading.wall - reading.wall), one.at))
        return Moment(at=_by_wall(reading, near), sure=False)
    if before is None or after is None:
        return Moment(at=_by_ticks(reading, before or after or pairs[0]))
    return _between(reading, before, after)


def _between(reading: Reading, before: ClockPair, after: ClockPair) -> Moment:
    ours, one, other = after.at - before.at, before.reading, after.reading
    if abs(ours - timedelta(milliseconds=other.ticks - one.ticks)) <= DRIFT:
        return Moment(at=_by_ticks(reading, after))
    true = abs(ours - (other.wall - one.wall)) <= DRIFT
    if true and one.wall <= reading.wall <= other.wall:
        return Moment(at=_by_wall(reading, after))
    return Moment(at=_by_ticks(reading, before), sure=False)


def _by_ticks(reading: Reading, pair: ClockPair) -> datetime:
    return pair.at + timedelta(milliseconds=reading.ticks - pair.reading.ticks)


def _by_wall(reading: Reading, pair: ClockPair) -> datetime:
    return pair.at + (reading.wall - pair.reading.wall)


def _last(pairs: Iterable[ClockPair]) -> ClockPair | None:
    return max(pairs, key=lambda one: (one.reading.ticks, one.at), default=None)


def _first(pairs: Iterable[ClockPair]) -> ClockPair | None:
    return min(pairs, key=lambda one: (one.reading.ticks, one.at), default=None)
