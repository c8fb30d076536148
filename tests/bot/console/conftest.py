"""The console of a house, served on a real socket, and a seat before it."""

from collections.abc import AsyncIterator

import pytest

from bot.house import House
from tests.staffed import Seat, served


@pytest.fixture
async def seat(house: House) -> AsyncIterator[Seat]:
    async with served(house) as client:
        yield Seat(client)
