"""What a request handler reaches: the house and the platforms, by typed application keys."""

from aiohttp import web

from bot.accounts import Accounts
from bot.channels.platforms import Platforms
from bot.house import House
from bot.rehearsal import RehearsalRoom
from bot.tryouts.desk import TrialDesk
from bot.workshop import Workshop

HOUSE = web.AppKey("house", House)
WORKSHOP = web.AppKey("workshop", Workshop)
REHEARSALS = web.AppKey("rehearsals", RehearsalRoom)
TRIALS = web.AppKey("trials", TrialDesk)
PLATFORMS = web.AppKey("platforms", Platforms)
ACCOUNTS = web.AppKey("accounts", Accounts)
