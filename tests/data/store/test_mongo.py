"""The connection to the database."""

import asyncio
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import pytest

from data.civic.errors import BadInput, Mistakes, StoreUnavailable
from data.store.mongo import Database, connect
from data.store.stores import Stores
from tests import builders
from tests.conftest import DATABASE
from tests.proxy import Cable, cable


@pytest.fixture
async def pulled(mongod_uri: str) -> AsyncIterator[Cable]:
    place = urlsplit(mongod_uri)
    async with cable(str(place.hostname), place.port or 0) as one:
        yield one


@pytest.fixture
async def beyond(mongod_uri: str, pulled: Cable) -> AsyncIterator[Database]:
    """The database at the far end of the cable."""
    port = urlsplit(mongod_uri).port
    uri = mongod_uri.replace(f":{port}/", f":{pulled.port}/")
    database = await connect(uri, name=DATABASE)
    yield database
    await database.close()


async def failing(database: Database) -> None:
    with pytest.raises(StoreUnavailable):
        await database.ping()


async def test_a_silent_database_is_given_up_within_two_seconds(
    pulled: Cable, beyond: Database
) -> None:
    pulled.whole.clear()
    async with asyncio.timeout(2.5):
        await failing(beyond)


async def test_many_who_wait_are_all_told_in_time(pulled: Cable, beyond: Database) -> None:
    pulled.whole.clear()
    async with asyncio.timeout(3.5):
        await asyncio.gather(*[failing(beyond) for _ in range(64)])


async def test_a_cable_pulled_in_the_middle_heals_when_it_is_back(
    pulled: Cable, beyond: Database
) -> None:
    await beyond.ping()
    pulled.whole.clear()
    await failing(beyond)
    pulled.whole.set()
    assert (await beyond.ping()).major >= 6


async def test_where_nothing_listens_the_store_is_unavailable() -> None:
    database = await connect("mongodb://127.0.0.1:9", timeout_ms=200)
    await failing(database)
    await database.close()


@pytest.mark.parametrize(
    "uri", ["mongodb://root:p@ss:word@h/", "http://root:hunter2@h/", "mongodb://h:port/", ""]
)
async def test_an_address_that_cannot_be_read_is_refused_without_repeating_it(uri: str) -> None:
    with pytest.raises(Mistakes, match="BIANMIN_MONGODB_URI") as refused:
        await connect(uri)
    assert "word" not in str(refused.value).replace("password", "")
    assert "hunter2" not in str(refused.value)


async def test_half_a_character_is_bad_input_and_is_not_repeated(stores: Stores) -> None:
    with pytest.raises(BadInput) as refused:
        await stores.windows.spend(builders.citizen("openid-\ud800").id, builders.now())
    assert "openid" not in str(refused.value)


async def test_what_the_server_refuses_says_which_collection(database: Database) -> None:
    with pytest.raises(StoreUnavailable, match=r"find_one tickets.*OperationFailure 2"):
        await database.collection("tickets").find_one({"$nonsense": 1})
