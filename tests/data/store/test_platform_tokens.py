"""Access tokens of the platforms."""

import asyncio
from datetime import timedelta

import pytest
from pymongo import MongoClient

from data.civic.errors import Conflict
from data.store.collection import Document
from data.store.platform_tokens import PlatformToken
from data.store.stores import Stores
from tests import builders
from tests.conftest import DATABASE
from tests.witness import OWN


def token(value: str = "one", *, lasts: timedelta = timedelta(hours=2)) -> PlatformToken:
    return PlatformToken(app_id="wx1", token=value, expires_at=builders.now() + lasts)


async def test_what_one_process_fetches_all_may_use(stores: Stores) -> None:
    one = token()
    await stores.platform_tokens.put(one, instead_of=None)
    assert await stores.platform_tokens.get("wx1") == one
    assert await stores.platform_tokens.get("wx2") is None


async def test_of_many_who_renew_a_token_one_succeeds(stores: Stores) -> None:
    await stores.platform_tokens.put(token(), instead_of=None)
    puts = [stores.platform_tokens.put(token(str(number)), instead_of="one") for number in range(8)]
    ends = await asyncio.gather(*puts, return_exceptions=True)
    assert ends.count(None) == 1
    assert sum(isinstance(end, Conflict) for end in ends) == 7
    kept = await stores.platform_tokens.get("wx1")
    assert kept is not None
    assert kept.token == str(ends.index(None))


async def test_a_valid_token_is_not_replaced_by_who_does_not_know_it(stores: Stores) -> None:
    await stores.platform_tokens.put(token(), instead_of=None)
    with pytest.raises(Conflict):
        await stores.platform_tokens.put(token("two"), instead_of=None)


async def test_an_expired_token_is_not_there_and_may_be_replaced(stores: Stores) -> None:
    await stores.platform_tokens.put(token(lasts=timedelta(seconds=-1)), instead_of=None)
    assert await stores.platform_tokens.get("wx1") is None
    await stores.platform_tokens.put(token("two"), instead_of="another")
    assert await stores.platform_tokens.get("wx1") is not None


async def test_a_token_is_kept_sealed(stores: Stores, raw: MongoClient[Document]) -> None:
    await stores.platform_tokens.put(token("a-secret"), instead_of=None)
    kept = raw[DATABASE]["platform_tokens"].find_one(comment=OWN)
    assert "a-secret" not in str(kept)
