"""Windows."""

import asyncio
from datetime import timedelta

from data.civic.sending.quotas import WECHAT_SERVICE, Opening, opened, spent
from data.store.stores import Stores
from tests import builders

CITIZEN = builders.citizen().id


async def test_no_more_is_spent_than_there_is(stores: Stores) -> None:
    now = builders.now()
    await stores.windows.opened(CITIZEN, opened(WECHAT_SERVICE[Opening.MESSAGE], now))
    spends = await asyncio.gather(*[stores.windows.spend(CITIZEN, now) for _ in range(20)])
    assert spends.count(True) == 5


async def test_a_window_that_has_closed_gives_nothing(stores: Stores) -> None:
    now = builders.now()
    await stores.windows.opened(CITIZEN, opened(WECHAT_SERVICE[Opening.ENTERED], now))
    assert not await stores.windows.spend(CITIZEN, now + timedelta(minutes=1))
    assert await stores.windows.spend(CITIZEN, now)


async def test_a_citizen_who_never_wrote_has_no_window(stores: Stores) -> None:
    assert await stores.windows.get(CITIZEN) is None
    assert not await stores.windows.spend(CITIZEN, builders.now())


async def test_a_new_opening_takes_the_place_of_the_old(stores: Stores) -> None:
    window = opened(WECHAT_SERVICE[Opening.MESSAGE], builders.now())
    await stores.windows.opened(CITIZEN, spent(spent(window)))
    await stores.windows.opened(CITIZEN, window)
    assert await stores.windows.get(CITIZEN) == window


async def test_a_window_that_the_platform_closed_is_forgotten(stores: Stores) -> None:
    now = builders.now()
    await stores.windows.opened(CITIZEN, opened(WECHAT_SERVICE[Opening.MESSAGE], now))
    await stores.windows.close(CITIZEN)
    assert not await stores.windows.spend(CITIZEN, now)


async def test_what_the_platform_did_not_take_goes_back_into_the_same_window(
    stores: Stores,
) -> None:
    now = builders.now()
    window = opened(WECHAT_SERVICE[Opening.MESSAGE], now)
    await stores.windows.opened(CITIZEN, window)
    assert await stores.windows.spend(CITIZEN, now)
    await stores.windows.give_back(CITIZEN, window.until)
    assert await stores.windows.get(CITIZEN) == window


async def test_nothing_goes_back_into_a_newer_window_or_one_that_is_closed(
    stores: Stores,
) -> None:
    now = builders.now()
    old = opened(WECHAT_SERVICE[Opening.MESSAGE], now - timedelta(hours=1))
    new = opened(WECHAT_SERVICE[Opening.MESSAGE], now)
    await stores.windows.opened(CITIZEN, new)
    await stores.windows.give_back(CITIZEN, old.until)
    assert await stores.windows.get(CITIZEN) == new
    await stores.windows.close(CITIZEN)
    await stores.windows.give_back(CITIZEN, new.until)
    assert await stores.windows.get(CITIZEN) is None
