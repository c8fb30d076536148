"""A small county with staff, and the workshop of its worker."""

from collections.abc import AsyncIterator

import pytest

from bot.house import House
from bot.workshop import Workshop
from tests import small_county
from tests.conftest import Build
from tests.small_county import People


@pytest.fixture
async def county(build: Build) -> House:
    house = build(shipped=small_county.small_release())
    await small_county.served(house, small_county.small_release())
    return house


@pytest.fixture
async def staff(county: House) -> People:
    return await small_county.people(county)


@pytest.fixture
async def workshop(county: House) -> AsyncIterator[Workshop]:
    workshop = Workshop(county.current, county.directory, small_county.models())
    yield workshop
    await workshop.stop()
