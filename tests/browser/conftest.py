"""Debian's Chromium, started once a run; a context of its own for each test."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright

from tests.bot.demo.conftest import backend, clock, demo_home, limits, phones_page, simulator

__all__ = ["backend", "clock", "demo_home", "limits", "phones_page", "simulator"]

CHROMIUM = Path("/usr/bin/chromium")
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
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
