"""A gateway to the house, and the session that calls it."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession

from bot.channels.calling import open_session
from tests.bot.channels.gateway_side import GatewaySide
from tests.bot.channels.given import listening


@pytest.fixture
async def side() -> AsyncIterator[GatewaySide]:
    standing = GatewaySide()
    async with listening(standing.answer) as url:
        standing.url = url
        yield standing


@pytest.fixture
async def session() -> AsyncIterator[ClientSession]:
    async with open_session(total_s=2) as opened:
        yield opened
