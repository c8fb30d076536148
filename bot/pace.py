"""How fast one citizen may send: a bucket in this process for each of the recent senders."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from data.civic.ports import Clock

MINUTE = timedelta(minutes=1)
REMEMBERED = 20_000
"""Senders whose pace is remembered; who was silent longest is forgotten first."""


class Verdict(StrEnum):
    """What to do with a message."""

    TAKE = "take"
    SAY_SLOW_DOWN = "say_slow_down"
    """The first one too many: say so."""
    STAY_SILENT = "stay_silent"


@dataclass(slots=True)
class _Bucket:
    since: datetime
    count: int


class Pace:
    """Counts messages a minute and sender."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def judge(self, sender: str, *, limit: int) -> Verdict:
        """Count one message of `sender` and say what to do with it."""
        now = self._clock.now()
        bucket = self._buckets.pop(sender, None)
        if bucket is None or now - bucket.since >= MINUTE:
            bucket = _Bucket(since=now, count=0)
        bucket.count += 1
        self._buckets[sender] = bucket
        if len(self._buckets) > REMEMBERED:
            self._buckets.popitem(last=False)
        if bucket.count <= limit:
            return Verdict.TAKE
        return Verdict.SAY_SLOW_DOWN if bucket.count == limit + 1 else Verdict.STAY_SILENT
