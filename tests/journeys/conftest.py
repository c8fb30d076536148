"""A county for each journey, on this worker's database."""

from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bot.house import House
from data.civic.ports import Seal
from data.store.mongo import connect
from data.store.stores import Stores
from tests.conftest import DATABASE, Build
from tests.journeys.county import County, opened
from tests.proxy import Cable, cable


@pytest.fixture(scope="session")
def platforms_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One home a run: the platforms' RSA keys are made once."""
    return tmp_path_factory.mktemp("platforms")


@pytest.fixture
async def county(house: House, platforms_home: Path) -> AsyncIterator[County]:
    async with opened(house, home=platforms_home) as one:
        yield one


@pytest.fixture
async def pulled(mongod_uri: str) -> AsyncIterator[Cable]:
    """A cable to the database that can be pulled."""
    place = urlsplit(mongod_uri)
    async with cable(str(place.hostname), place.port or 0) as one:
        yield one


@pytest.fixture
async def at_the_cable(
    build: Build, pulled: Cable, mongod_uri: str, seal: Seal, platforms_home: Path
) -> AsyncIterator[County]:
    """A county whose database is at the far end of the cable."""
    port = urlsplit(mongod_uri).port
    uri = mongod_uri.replace(f":{port}/", f":{pulled.port}/")
    beyond = Stores.of(await connect(uri, name=DATABASE), seal)
    async with opened(build(stores=beyond), home=platforms_home) as one:
        yield one
        pulled.whole.set()
    await beyond.stop()
