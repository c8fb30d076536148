"""Debian's Chromium, started once a run; a context of its own for each test, and a seat."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, BrowserContext, async_playwright

from bot.house import House
from data.civic.ports import Clock
from tests import builders
from tests.bot.demo.conftest import backend, demo_home, limits, phones_page, simulator
from tests.bot.demo.simulated import StillClock
from tests.staffed import Seat, served

__all__ = ["backend", "demo_home", "limits", "phones_page", "simulator"]

CHROMIUM = Path("/usr/bin/chromium")
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-device-for-media-stream",  # Chromium's own camera without a lens
]


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    if not CHROMIUM.exists():  # noqa: ASYNC240 - once a run
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is not installed; run: make test-tools")
        pytest.skip("run: make test-tools")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGS)
        yield browser
        await browser.close()


@pytest.fixture
def clock(request: pytest.FixtureRequest) -> Clock:
    """The machine's, for browser and house alike; that of simulated platforms stands still."""
    return StillClock() if "simulator" in request.fixturenames else builders.clock()


@pytest.fixture
async def seat(house: House) -> AsyncIterator[Seat]:
    async with served(house) as client:
        yield Seat(client)


@pytest.fixture
async def context(chromium: Browser) -> AsyncIterator[BrowserContext]:
    context = await chromium.new_context(locale="zh-CN", timezone_id="Asia/Shanghai")
    yield context
    await context.close()
