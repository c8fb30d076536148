"""A citizen who talks with a whole house."""

import pytest

from bot.house import House
from tests.handlers.talking import Talk


@pytest.fixture
def talk(house: House) -> Talk:
    return Talk(house)
