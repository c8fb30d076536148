"""Counters."""

import asyncio
from datetime import timedelta

from data.store.stores import Stores

MINUTE = timedelta(minutes=1)


async def test_hits_are_counted_within_the_window(stores: Stores) -> None:
    assert [await stores.counters.hit("k", window=MINUTE) for _ in range(3)] == [1, 2, 3]
    assert await stores.counters.count("k", window=MINUTE) == 3


async def test_what_was_never_hit_counts_nothing(stores: Stores) -> None:
    assert await stores.counters.count("k", window=MINUTE) == 0


async def test_a_window_that_has_ended_starts_anew(stores: Stores) -> None:
    ended = timedelta(milliseconds=0)
    await stores.counters.hit("k", window=ended)
    assert await stores.counters.count("k", window=ended) == 0
    assert await stores.counters.hit("k", window=ended) == 1


async def test_windows_of_different_length_are_counted_apart(stores: Stores) -> None:
    await stores.counters.hit("k", window=MINUTE)
    assert await stores.counters.count("k", window=timedelta(hours=1)) == 0


async def test_of_many_hits_at_once_none_is_lost(stores: Stores) -> None:
    hits = [stores.counters.hit("k", window=MINUTE) for _ in range(100)]
    assert sorted(await asyncio.gather(*hits)) == list(range(1, 101))


async def test_a_hit_can_be_taken_back_while_the_window_runs(stores: Stores) -> None:
    for _ in range(3):
        await stores.counters.hit("k", window=MINUTE)
    await stores.counters.take_back("k", window=MINUTE)
    assert await stores.counters.count("k", window=MINUTE) == 2


async def test_from_a_window_that_has_ended_nothing_is_taken_back(stores: Stores) -> None:
    ended = timedelta(milliseconds=0)
    await stores.counters.hit("k", window=ended)
    await stores.counters.take_back("k", window=ended)
    assert await stores.counters.hit("k", window=ended) == 1
