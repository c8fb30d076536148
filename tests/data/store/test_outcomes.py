"""How turns ended."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from data.civic.ids import ReleaseId
from data.civic.knowing.watching import BUCKET, Tally
from data.store.mongo import Database
from data.store.outcomes import Outcomes
from data.store.stores import Stores
from tests import builders
from tests.waiting import until

OLD, NEW = ReleaseId("a" * 64), ReleaseId("b" * 64)


@pytest.fixture
async def another(stores: Stores, database: Database) -> AsyncIterator[Outcomes]:
    """The counts of another process."""
    outcomes = Outcomes(database, write_every_s=0.01)
    yield outcomes
    await outcomes.stop()


async def tally(stores: Stores, release: ReleaseId, at: datetime) -> Tally:
    return await stores.outcomes.tally(release, since=at, until=at + BUCKET)


async def test_what_two_processes_count_is_put_together(stores: Stores, another: Outcomes) -> None:
    now = builders.now()
    for n in range(6):
        stores.outcomes.count(NEW, badly=n < 2, at=now)
        another.count(NEW, badly=False, at=now)
    await asyncio.gather(stores.outcomes.stop(), another.stop())
    assert await tally(stores, NEW, now) == Tally(asked=12, badly=2)


async def test_releases_and_times_are_counted_apart(stores: Stores) -> None:
    now = builders.now()
    stores.outcomes.count(NEW, badly=True, at=now)
    stores.outcomes.count(OLD, badly=False, at=now)
    stores.outcomes.count(NEW, badly=True, at=now - timedelta(hours=2))
    await stores.outcomes.stop()
    assert await tally(stores, NEW, now) == Tally(asked=1, badly=1)
    assert await tally(stores, OLD, now) == Tally(asked=1, badly=0)
    whole = await stores.outcomes.tally(NEW, since=now - timedelta(hours=3), until=now + BUCKET)
    assert whole == Tally(asked=2, badly=2)


async def test_what_is_counted_is_written_without_being_asked(
    stores: Stores, another: Outcomes
) -> None:
    now = builders.now()
    for _ in range(2):  # the second time the writer has gone, and another begins

        async def counted(wanted: int) -> bool:
            return (await tally(stores, NEW, now)).asked == wanted

        before = (await tally(stores, NEW, now)).asked
        another.count(NEW, badly=False, at=now)
        await until(lambda before=before: counted(before + 1))


async def test_nothing_counted_is_nothing(stores: Stores) -> None:
    assert await tally(stores, NEW, builders.now()) == Tally()
