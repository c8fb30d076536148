"""The platforms and the session that calls them."""

from collections.abc import AsyncIterator

import pytest

from tests.bot.channels.given import listening
from tests.bot.channels.wechat_side import WeChat


@pytest.fixture
async def wechat() -> AsyncIterator[WeChat]:
    standing = WeChat()
    async with listening(standing.answer) as url:
        standing.url = url
        yield standing
