"""The server of the bench, a process of its own: the shipped application and the probes."""

import asyncio
import os
import sys
import time
from datetime import timedelta

import uvloop
from aiohttp import web

from bot.accounts import Accounts
from bot.app import application
from bot.channels.platforms import Platforms
from bot.house import House, opened
from bot.logs import set_up
from bot.settings import read_settings
from data.civic.labels import Channel
from data.civic.people import CitizenSession
from data.civic.talk.conversations import ConversationKey
from tests.bench.probe import Probe, static

CITIZENS = 3_000
"""So many that nobody sends faster than one citizen may."""


AT_ONCE = 20


async def cpu(_: web.Request) -> web.Response:
    """Tell how much CPU this process has used, in seconds."""
    return web.json_response({"cpu": time.process_time()})


async def serve() -> None:
    """Serve until standard input ends; print the port and the citizens' tokens first."""
    async with opened(read_settings()) as house:
        tokens = []
        for first in range(0, CITIZENS, AT_ONCE):
            some = range(first, first + AT_ONCE)
            tokens += await asyncio.gather(*(_citizen(house, number) for number in some))
        app = application(house, Accounts(), Platforms(wechat={}, alipay={}))
        probe = Probe(house.stores.database)
        await probe.prepare()
        app.router.add_get("/bench/cpu", cpu)
        await listening(app, _bare(probe), tokens)


async def _citizen(house: House, number: int) -> str:
    office = house.office()
    token, now = office.ids.token(), office.clock.now()
    session = CitizenSession(
        token_hash=office.seal.keyed_hash("citizen-session", token),
        key=ConversationKey(
            channel=Channel.WECHAT_MINI, account="bench", user=f"{os.getpid()}-{number}"
        ),
        app_id="bench",
        created_at=now,
        expires_at=now + timedelta(hours=1),
    )
    await house.stores.citizens.put(session)
    return token


def _bare(probe: Probe) -> web.Application:
    app = web.Application()
    app.router.add_get("/static", static)
    app.router.add_post("/talk", probe.talk)
    app.router.add_get("/bench/cpu", cpu)
    return app


async def listening(shipped: web.Application, bare: web.Application, tokens: list[str]) -> None:
    ports = []
    for app in (shipped, bare):
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        ports.append(runner.addresses[0][1])
    sys.stdout.write(" ".join(map(str, [*ports, *tokens])) + "\n")
    sys.stdout.flush()
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    set_up("error")
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve())
