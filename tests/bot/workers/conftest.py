"""A small county with staff, the workshop of its worker, and lines to people on duty."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession

from bot.channels.gateway import Gateway
from bot.channels.voice import Dialer
from bot.channels.workapp import WorkApp
from bot.house import House
from bot.workers.calling import Lines
from bot.workers.ways import duty_menu_of
from bot.workshop import Workshop
from data.civic.sending.calls import CallRules
from tests import small_county
from tests.bot.channels.gateway_side import GatewaySide, account
from tests.builders import Loaded
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


@pytest.fixture
def lines(house: House, side: GatewaySide, session: ClientSession) -> Lines:
    gateway = Gateway(account(side.url), session=session, clock=house.clock, dice=Loaded())
    return Lines(
        dialer=Dialer(gateway=gateway, menu=duty_menu_of(house.office)),
        work_app=WorkApp(gateway=gateway),
        rules=CallRules(),
    )
