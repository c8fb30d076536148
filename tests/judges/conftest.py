"""The judges stand before the same simulator as its own tests, at the time of day they see."""

import pytest

from bot.clock import SystemClock
from data.civic.ports import Clock
from tests.bot.demo.conftest import backend, demo_home, limits, simulator

__all__ = ["backend", "demo_home", "limits", "simulator"]


@pytest.fixture
def clock() -> Clock:
    """The judges are programs of others: they take the machine's time."""
    return SystemClock()
