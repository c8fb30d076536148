"""How turns ended: counted for each release and ten minutes, and written now and then.

What is counted is a statistic: it never holds up a citizen, and what a process has not written
when it dies, or when the database does not answer, is not counted.
"""

import asyncio
from collections import Counter
from contextlib import suppress
from datetime import datetime, timedelta

from pymongo import ASCENDING, IndexModel, UpdateOne

from data.civic.errors import StoreUnavailable
from data.civic.ids import ReleaseId
from data.civic.knowing.watching import Tally, bucket
from data.store.mongo import Database

COLLECTION = "outcomes"
KEPT = timedelta(days=30)
WRITE_EVERY_S = 1.0
MOST_BUCKETS = 1_000
"""Most buckets that are summed up: a week of them."""

INDEXES = (
    IndexModel([("release", ASCENDING), ("since", ASCENDING)], name="release"),
    IndexModel([("purge_at", ASCENDING)], name="purge", expireAfterSeconds=0),
)

_Key = tuple[ReleaseId, datetime]


class Outcomes:
    """The counts of this process, and those that all processes have written."""

    def __init__(self, database: Database, *, write_every_s: float = WRITE_EVERY_S) -> None:
        self._collection = database.collection(COLLECTION)
        self._every_s = write_every_s
        self._asked: Counter[_Key] = Counter()
        self._badly: Counter[_Key] = Counter()
        self._writer: asyncio.Task[None] | None = None
        self._stopped = asyncio.Event()

    def count(self, release: ReleaseId, *, badly: bool, at: datetime) -> None:
        """Count one more turn; it is written with the others, at most a second later."""
        key = (release, bucket(at))
        self._asked[key] += 1
        self._badly[key] += badly
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write_on())

    async def tally(self, release: ReleaseId, *, since: datetime, until: datetime) -> Tally:
        """Sum up what is written of a release, from bucket to bucket."""
        wanted = {"release": release, "since": {"$gte": bucket(since), "$lt": until}}
        found = await self._collection.find(wanted, sort=[("since", ASCENDING)], limit=MOST_BUCKETS)
        counts = (Tally(asked=one["asked"], badly=one["badly"]) for one in found)
        return sum(counts, start=Tally())

    async def stop(self) -> None:
        """Write what was counted; a second call does nothing."""
        self._stopped.set()
        if self._writer is not None:
            await self._writer

    async def _write_on(self) -> None:
        while self._asked:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._every_s):
                    await self._stopped.wait()
            asked, self._asked = self._asked, Counter()
            badly, self._badly = self._badly, Counter()
            with suppress(StoreUnavailable):
                await self._write(asked, badly)

    async def _write(self, asked: Counter[_Key], badly: Counter[_Key]) -> None:
        keys = list(asked)
        writes = [_write(key, asked[key], badly[key]) for key in keys]
        for place in await self._collection.write_all(writes):
            # Two processes began the same bucket at once: the next round finds it there.
            self._asked[keys[place]] += asked[keys[place]]
            self._badly[keys[place]] += badly[keys[place]]


def _write(key: _Key, asked: int, badly: int) -> UpdateOne:
    release, since = key
    return UpdateOne(
        {"_id": f"{release}/{since:%Y%m%dT%H%M}"},
        {
            "$inc": {"asked": asked, "badly": badly},
            "$setOnInsert": {"release": release, "since": since, "purge_at": since + KEPT},
        },
        upsert=True,
    )
