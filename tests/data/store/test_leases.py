"""Leases."""

import asyncio

from data.store.stores import Stores
from tests.waiting import until

LONG_S, SHORT_S = 30.0, 0.05


async def test_one_of_many_takes_a_lease(stores: Stores) -> None:
    taken = [stores.leases.take("publishing", f"w{n}", seconds=LONG_S) for n in range(8)]
    assert sum(await asyncio.gather(*taken)) == 1


async def test_who_holds_it_holds_it_longer(stores: Stores) -> None:
    assert await stores.leases.take("publishing", "w1", seconds=SHORT_S)
    assert await stores.leases.take("publishing", "w1", seconds=LONG_S)
    assert not await stores.leases.take("publishing", "w2", seconds=LONG_S)


async def test_another_takes_over_when_it_has_run_out(stores: Stores) -> None:
    assert await stores.leases.take("publishing", "w1", seconds=SHORT_S)
    await until(lambda: stores.leases.take("publishing", "w2", seconds=LONG_S))
    assert not await stores.leases.take("publishing", "w1", seconds=LONG_S)


async def test_what_is_given_back_is_free_at_once(stores: Stores) -> None:
    assert await stores.leases.take("publishing", "w1", seconds=LONG_S)
    await stores.leases.give_back("publishing", "w2")
    assert not await stores.leases.take("publishing", "w2", seconds=LONG_S)
    await stores.leases.give_back("publishing", "w1")
    assert await stores.leases.take("publishing", "w2", seconds=LONG_S)


async def test_two_names_do_not_stand_in_each_others_way(stores: Stores) -> None:
    assert await stores.leases.take("publishing", "w1", seconds=LONG_S)
    assert await stores.leases.take("watching", "w2", seconds=LONG_S)
