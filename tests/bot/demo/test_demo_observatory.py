"""The demo's observatory at the real door: while it beats, its feed is not silent."""

from pathlib import Path

from aiohttp.test_utils import TestServer
from pydantic import SecretStr

from bot.accounts import Accounts
from bot.app import application
from bot.channels.platforms import Platforms
from bot.demo.accounts_file import COUNTY, FEED, ISSUER, feed_secret_file
from bot.demo.config import Config
from bot.demo.platforms import running
from bot.feed_account import FeedAccount
from bot.house import House
from data.civic.ids import AreaCode, FeedId
from data.civic.warning.feeds import FeedFormat
from handlers.acts.in_force import warnings_in_force
from tests.bot.demo.simulated import CountingIds
from tests.waiting import until


async def test_the_demos_feed_is_heard_from_its_start_on(house: House, demo_home: Path) -> None:
    ids = CountingIds()
    account = FeedAccount(
        name=FEED,
        kind=FeedFormat.NATIONAL,
        secret=SecretStr(feed_secret_file(demo_home, ids).read_text().strip()),
        issuers=(ISSUER,),
        area=COUNTY,
    )
    await house.stores.feeds.configure([account.feed()], house.clock.now())
    assert not (await warnings_in_force(house.office(), AreaCode(COUNTY))).quiet
    platforms = Platforms(wechat={}, alipay={})
    async with TestServer(application(house, Accounts(feed=(account,)), platforms)) as server:
        config = Config(home=demo_home, backend_url=f"http://127.0.0.1:{server.port}")
        async with running(config, clock=house.clock, ids=ids):
            await until(lambda: _heard(house))
    assert (await warnings_in_force(house.office(), AreaCode(COUNTY))).quiet


async def _heard(house: House) -> bool:
    state = await house.stores.feeds.get(FeedId(FEED))
    return state is not None and state.last_heard is not None
