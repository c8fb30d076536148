"""A county with its release served, and an editor with a draft before the console."""

import pytest

from bot.first_release import Shipped
from bot.house import House
from tests import drafting
from tests.conftest import Build
from tests.editing import Writer, writer
from tests.staffed import Seat


@pytest.fixture
async def house(build: Build, shipped: Shipped) -> House:
    made = build()
    await drafting.served(made, shipped)
    return made


@pytest.fixture
async def editor(house: House, seat: Seat) -> Writer:
    return await writer(house, seat)
