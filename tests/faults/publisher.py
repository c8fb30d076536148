"""A worker that publishes, and is killed right after one step of its way."""

import asyncio
import json
import os
import signal
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.house import House
from bot.workers.publishing import publish_next
from bot.workshop import Prepared, Workshop
from data.civic.ids import ReleaseId
from data.civic.knowing.drafts import Draft, DraftState
from data.store.drafts import Drafts
from data.store.leases import Leases
from data.store.mongo import Database, connect
from data.store.releases import Releases
from data.store.stores import Stores
from tests import builders, small_county
from tests.houses import house_of

STEPS = ("leased", "started", "rebased", "prepared", "put", "becoming", "switched", "noted")
LEASE_S = 0.2


class Fate:
    """Kills this process right after one step."""

    def __init__(self, step: str) -> None:
        self._step = step

    def reached(self, step: str) -> None:
        if step == self._step:
            os.kill(os.getpid(), signal.SIGKILL)


class DyingLeases(Leases):
    def __init__(self, database: Database, fate: Fate) -> None:
        super().__init__(database)
        self._fate = fate

    async def take(self, name: str, holder: str, *, seconds: float) -> bool:
        taken = await super().take(name, holder, seconds=min(seconds, LEASE_S))
        self._fate.reached("leased")
        return taken


class DyingDrafts(Drafts):
    def __init__(self, database: Database, fate: Fate) -> None:
        super().__init__(database)
        self._fate = fate
        self._base: ReleaseId | None = None

    async def save(self, draft: Draft) -> Draft:
        saved = await super().save(draft)
        self._fate.reached(self._step(saved))
        self._base = saved.base
        return saved

    def _step(self, saved: Draft) -> str:
        if saved.state is DraftState.PUBLISHED:
            return "noted"
        if self._base is None:
            return "started"
        if saved.base != self._base:
            return "rebased"
        return "becoming" if saved.release else "advanced"


class DyingReleases(Releases):
    def __init__(self, database: Database, fate: Fate) -> None:
        super().__init__(database)
        self._fate = fate

    async def put(self, *told: Any, **more: Any) -> ReleaseId:
        made = await super().put(*told, **more)
        self._fate.reached("put")
        return made

    async def make_current(self, *told: Any, **more: Any) -> None:
        await super().make_current(*told, **more)
        self._fate.reached("switched")


class DyingWorkshop(Workshop):
    fate: Fate

    async def prepared(self, draft: Draft) -> Prepared:
        made = await super().prepared(draft)
        self.fate.reached("prepared")
        return made


async def publish(step: str, uri: str, name: str) -> None:
    """Publish what is due, as far as fate allows."""
    fate, database = Fate(step), await connect(uri, name=name)
    dying = replace(
        Stores.of(database, builders.seal()),
        leases=DyingLeases(database, fate),
        drafts=DyingDrafts(database, fate),
        releases=DyingReleases(database, fate),
    )
    house: House = house_of(
        dying,
        small_county.small_release(),
        clock=builders.clock(),
        seal=builders.seal(),
        home=Path(),
    )
    workshop = DyingWorkshop(house.current, house.directory, small_county.models())
    workshop.fate = fate
    await publish_next(house.office(), house.directory, workshop, holder="dying")


def main(uri: str, name: str) -> None:
    """Read once what takes long, then make a child for every order."""
    small_county.small_release().ear().understand("预热")
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            asyncio.run(publish(json.loads(line), uri, name))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
