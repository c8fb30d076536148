"""A simulator for each test, and a backend that answers as the test tells it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession, web

from bot.demo import phones
from bot.demo.config import Config, Limits
from bot.demo.keys import open_accounts
from bot.demo.platforms import running
from data.civic.ports import Clock
from tests.bot.demo.simulated import Backend, CountingIds, Simulator, StillClock, served


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One home a run: RSA keys are made once."""
    return tmp_path_factory.mktemp("demo-home")


@pytest.fixture
async def backend() -> AsyncIterator[Backend]:
    standing = Backend()
    app = web.Application()
    app.add_routes(
        [
            web.post("/wechat/{account}", standing.take),
            web.post("/receipts/{account}", standing.take),
        ]
    )
    runner, standing.url = await served(app)
    yield standing
    await runner.cleanup()


@pytest.fixture
def limits() -> Limits:
    """The documented limits; a module that wants others overrides this fixture."""
    return Limits()


@pytest.fixture
def clock() -> Clock:
    return StillClock()


@pytest.fixture
async def simulator(
    demo_home: Path, backend: Backend, limits: Limits, clock: Clock
) -> AsyncIterator[Simulator]:
    ids = CountingIds()
    config = Config(home=demo_home, backend_url=backend.url, limits=limits)
    async with (
        running(config, clock=clock, ids=ids) as platforms,
        ClientSession() as http,
    ):
        yield Simulator(platforms=platforms, accounts=open_accounts(demo_home, ids), http=http)


@pytest.fixture
async def phones_page(simulator: Simulator) -> AsyncIterator[str]:
    """The page with two phones, beside no API at all."""
    app = web.Application()
    found = simulator.platforms
    phones.add(app, control_url=found.control_url, control_token=found.control_token)
    runner, url = await served(app)
    yield url
    await runner.cleanup()
