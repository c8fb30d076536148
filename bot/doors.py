"""What a request handler reaches: the house and the platforms, by typed application keys."""

from aiohttp import web

from bot.accounts import Accounts
from bot.channels.platforms import Platforms
from bot.house import House

HOUSE = web.AppKey("house", House)
PLATFORMS = web.AppKey("platforms", Platforms)
ACCOUNTS = web.AppKey("accounts", Accounts)
