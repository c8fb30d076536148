"""A county for each journey, on this worker's database."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.first_release import Shipped
from bot.house import House
from data.civic.ports import Seal
from data.store.stores import Stores
from tests.houses import house_of
from tests.journeys.county import County, opened

Build = Callable[..., House]


@pytest.fixture(scope="session")
def platforms_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One home a run: the platforms' RSA keys are made once."""
    return tmp_path_factory.mktemp("platforms")


@pytest.fixture
def build(
    stores: Stores, shipped: Shipped, clock: SystemClock, seal: Seal, tmp_path: Path
) -> Build:
    """Build another house on the same database; what is named differs."""

    def another(**different: object) -> House:
        given = {"stores": stores, "clock": clock, "seal": seal, "home": tmp_path} | different
        return house_of(given.pop("stores"), shipped, **given)  # type: ignore[arg-type]

    return another


@pytest.fixture
async def county(house: House, platforms_home: Path) -> AsyncIterator[County]:
    async with opened(house, home=platforms_home) as one:
        yield one
