"""Walkers that are killed: `python -m tests.faults.walker URI DATABASE MODELS`.

Everything that takes long is read once. Then every line of standard input, a JSON object with
`step`, `text`, `user`, `key`, makes a child of this process walk one message with the real
reception and die by SIGKILL right after that step; the line on standard output says how it ended.
"""

import asyncio
import json
import os
import signal
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.first_release import Shipped, shipped_release
from bot.outgoing import Door
from bot.reception import Reception
from data.civic.labels import Channel
from data.civic.talk.conversations import ConversationKey
from data.civic.talk.messages import Message, Reply, Turn
from data.store.conversations import Conversations
from data.store.messages import Claim, MessageLog
from data.store.mongo import connect
from data.store.outbox import Outbox
from data.store.stores import Stores
from handlers.directory import directory
from handlers.office import Office
from handlers.switchboard import Switchboard
from intents.understand import Ear
from tests import builders
from tests.houses import house_of

STEPS = ("claimed", "thought", "put", "moved", "finished")
LEASE_S = 0.1


class Fate:
    """Kills this process right after one step."""

    def __init__(self, step: str) -> None:
        self._step = step

    def reached(self, step: str) -> None:
        if step == self._step:
            os.kill(os.getpid(), signal.SIGKILL)


class Messages(MessageLog):
    fate: Fate

    async def claim(self, message: Message, *, lease_s: float) -> Claim:
        claim = await super().claim(message, lease_s=min(lease_s, LEASE_S))
        self.fate.reached("claimed")
        return claim

    async def finish(self, *told: Any, **more: Any) -> None:
        await super().finish(*told, **more)
        self.fate.reached("finished")


class Deliveries(Outbox):
    fate: Fate

    async def put(self, *told: Any) -> None:
        await super().put(*told)
        self.fate.reached("put")


class Talks(Conversations):
    fate: Fate

    async def replace(self, *told: Any, **more: Any) -> None:
        await super().replace(*told, **more)
        self.fate.reached("moved")


class Thinking(Switchboard):
    fate: Fate

    async def answer(self, turn: Turn, office: Office) -> Reply:
        reply = await super().answer(turn, office)
        self.fate.reached("thought")
        return reply


async def walk(order: dict[str, str], uri: str, name: str, shipped: Shipped, ear: Ear) -> None:
    """Walk one message, as far as fate allows."""
    fate, database = Fate(order["step"]), await connect(uri, name=name)
    stores = Stores.of(database, builders.seal())
    messages, outbox = Messages(database, builders.seal()), Deliveries(database)
    talks, thinking = Talks(database), Thinking(directory())
    for one in (messages, outbox, talks, thinking):
        one.fate = fate  # type: ignore[attr-defined]
    dying = replace(stores, messages=messages, outbox=outbox, conversations=talks)
    house = house_of(
        dying, shipped, clock=builders.clock(), seal=builders.seal(), home=Path(), ear=ear
    )
    key = ConversationKey(channel=Channel.WECHAT, account="county", user=order["user"])
    message = builders.message(order["text"], key=order["key"], by=key)
    await Reception(house.current, thinking).receive(message, Door(open=False))


def main(uri: str, name: str, models: str) -> None:
    """Read once what takes long, then make a child for every order."""
    shipped = shipped_release(Path(models), directory())
    ear = shipped.ear()
    ear.understand("预热")
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            asyncio.run(walk(json.loads(line), uri, name, shipped, ear))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
