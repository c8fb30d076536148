"""A worker that carries informings on, and is killed right after one step of its way.

`python -m tests.faults.sender URI DATABASE`: every line of standard input, a JSON object, names a
`step`, or none, a file of `accounts`, and by how many `minutes_off` the clock is ahead; a child of
this process carries on what is due and dies by SIGKILL when the step is done. The line on standard
output says how it ended, and which steps it has done.

A step is what others can see of a worker: a command that the database has carried out, or a call
that a gateway has answered. They are heard from the drivers themselves, so none can be forgotten.
"""

import asyncio
import json
import os
import signal
import sys
import threading
from collections import Counter
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import aiohttp
from pymongo import monitoring

from bot import logs
from bot.accounts import read_accounts
from bot.channels.platforms import Platforms
from bot.workers.informing import inform_next
from bot.workers.ways import ways_of
from data.store.mongo import WORKERS_MS, connect
from data.store.stores import Stores
from tests import builders, small_county
from tests.houses import house_of

LEASE_S = 1.5
WORK = {"find", "aggregate", "insert", "update", "delete", "findAndModify"}
"""Commands of repositories; the rest is the driver's own."""


class Fate(monitoring.CommandListener):
    """Tells every step, and kills this process right after one of them."""

    def __init__(self, step: str, *, tell_at: int) -> None:
        self._step, self._tell_at = step, tell_at
        self._lock = threading.Lock()  # the driver calls from its own threads
        self._collections: dict[int, str] = {}
        self._done: Counter[str] = Counter()

    def reached(self, what: str) -> None:
        with self._lock:
            self._done[what] += 1
            step = f"{what} {self._done[what]}"
            os.write(self._tell_at, f"{step}\n".encode())
            if step == self._step:
                os.kill(os.getpid(), signal.SIGKILL)

    def started(self, event: monitoring.CommandStartedEvent) -> None:
        if event.command_name in WORK:
            self._collections[event.request_id] = str(event.command[event.command_name])

    def succeeded(self, event: monitoring.CommandSucceededEvent) -> None:
        if collection := self._collections.pop(event.request_id, None):
            self.reached(f"{event.command_name} {collection}")

    def failed(self, event: monitoring.CommandFailedEvent) -> None:
        self._collections.pop(event.request_id, None)


async def carry_on(fate: Fate, uri: str, name: str, order: dict[str, Any]) -> None:
    """Carry on what is due, as far as fate allows."""
    monitoring.register(fate)
    database = await connect(uri, name=name, timeout_ms=WORKERS_MS)
    stores = Stores.of(database, builders.seal())
    shift = timedelta(minutes=order["minutes_off"])
    shipped, clock = small_county.small_release(), builders.clock(shift=shift)
    house = house_of(stores, shipped, clock=clock, seal=builders.seal(), home=Path())
    accounts = read_accounts(Path(order["accounts"]))
    async with aiohttp.ClientSession(trace_configs=[_telling(fate)]) as calls:
        tokens = stores.platform_tokens
        platforms = Platforms.of(accounts, session=calls, tokens=tokens, clock=clock)
        ways = ways_of(house.office, accounts, platforms, calls)
        while await inform_next(house.office(), ways, lease_s=LEASE_S):
            pass
    await stores.stop()


def _telling(fate: Fate) -> aiohttp.TraceConfig:
    async def answered(
        _: aiohttp.ClientSession, __: SimpleNamespace, told: aiohttp.TraceRequestEndParams
    ) -> None:
        fate.reached(f"{told.method} {told.url.path}")

    trace = aiohttp.TraceConfig()
    trace.on_request_end.append(answered)
    return trace


def main(uri: str, name: str) -> None:
    """Read once what takes long, then make a child for every order."""
    logs.set_up("error")  # standard output is for the orders
    small_county.small_release().ear().understand("预热")
    for line in sys.stdin:
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            order = json.loads(line)
            fate = Fate(order["step"], tell_at=writing)
            asyncio.run(carry_on(fate, uri, name, order))
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading) as steps:
            done = steps.read().splitlines()
        _, status = os.waitpid(child, 0)
        told = {"exit": os.waitstatus_to_exitcode(status), "steps": done}
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
