"""A town that is informed, whose workers are killed and whose gateways count."""

import asyncio
import json
import signal
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from pymongo import MongoClient

from bot.accounts import read_accounts
from bot.channels.calling import open_session
from bot.channels.messengers import Messengers
from bot.channels.platforms import Platforms
from bot.demo.platforms import RunningPlatforms, find_running
from bot.house import House
from bot.workers.ways import ways_of
from data.civic.safety.rosters import Person
from data.civic.sending.informing import Informing
from data.civic.sending.ladder import LadderRules
from data.civic.sending.rows import RowState, Rung
from data.store.collection import Document
from tests.carrying import later, walked
from tests.conftest import DATABASE, Build
from tests.faults.accounting import balanced, states_of
from tests.faults.handed import Handed, counting
from tests.journeys.county import County
from tests.journeys.informing import WORDS, landline, mobile
from tests.townsfolk import guarded, informed, person, rows_of, settled
from tests.waiting import until
from tests.witness import OWN

ROOT = Path(__file__).parents[2]
ONCE = LadderRules(waits=dict.fromkeys(Rung, timedelta(hours=1)))
"""Whom a message has reached is sent no other for an hour."""
PEOPLE: tuple[Person, ...] = (
    *[person(handle, phone=mobile(handle)) for handle in range(1, 7)],
    *[person(handle, phone=landline(handle)) for handle in range(7, 11)],
    *[person(handle, phone=None) for handle in range(11, 13)],
)

HANDLES = [one.id for one in PEOPLE]
REACHED = {RowState.SENT, RowState.DELIVERED, RowState.READ, RowState.WITH_WORKER}

Told = tuple[int, list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A town that is informed, what reaches its gateways, and a worker that is killed."""

    house: House
    handed: Handed
    ways: Messengers
    raw: MongoClient[Document]
    sender: asyncio.subprocess.Process
    accounts: Path
    """In which the gateways are behind the door that counts."""

    async def kill(self, step: str, *, minutes_off: int = 0) -> Told:
        """Let a worker carry on and die after a step; tell how it ended, and what it did.

        The clock of that worker is so many minutes ahead.
        """
        await until(self.nobody_holds_a_slice)
        assert self.sender.stdin is not None
        assert self.sender.stdout is not None
        order = {"step": step, "accounts": str(self.accounts), "minutes_off": minutes_off}
        self.sender.stdin.write(json.dumps(order).encode() + b"\n")
        told = json.loads(await self.sender.stdout.readline())
        return told["exit"], told["steps"]

    async def killed(self, step: str, *, minutes_off: int = 0) -> None:
        assert (await self.kill(step, minutes_off=minutes_off))[0] == -signal.SIGKILL

    async def go_on(self) -> None:
        """Let another worker go on, until no slice is in the hands of a dead one."""

        async def done() -> bool:
            await walked(self.house, self.ways)
            return self._slices({"w": {"$ne": None}}) == 0

        await until(done)

    async def nobody_holds_a_slice(self) -> bool:
        return self._slices({"$expr": {"$gt": ["$until", "$$NOW"]}}) == 0

    def _slices(self, wanted: Document) -> int:
        return len(list(self.raw[DATABASE]["slices"].find(wanted, comment=OWN)))


@pytest.fixture(scope="module")
async def sender(mongod_uri: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """A process that makes workers and lets them die."""
    running = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.faults.sender", mongod_uri, DATABASE),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        cwd=ROOT,
    )
    yield running
    await running.communicate(b"")  # end of input: it leaves


@pytest.fixture
async def scene(
    county: County,
    platforms_home: Path,
    raw: MongoClient[Document],
    sender: asyncio.subprocess.Process,
) -> AsyncIterator[Scene]:
    known, house = find_running(platforms_home), county.house
    file = Path(known.accounts_file).with_name("counted.toml")
    async with counting(known.gateway_base) as handed, open_session() as calls:
        await asyncio.to_thread(_rewrite, file, known, handed.url)
        accounts, tokens = read_accounts(file), house.stores.platform_tokens
        platforms = Platforms.of(accounts, session=calls, tokens=tokens, clock=house.clock)
        ways = ways_of(house.office, accounts, platforms, calls)
        yield Scene(house=house, handed=handed, ways=ways, raw=raw, sender=sender, accounts=file)


def _rewrite(file: Path, known: RunningPlatforms, gateway: str) -> None:
    """Write the accounts anew with the counting door in the place of the gateways."""
    written = Path(known.accounts_file).read_text(encoding="utf-8")
    file.write_text(written.replace(known.gateway_base, gateway), encoding="utf-8")


@pytest.fixture
async def informing(county: County) -> Informing:
    await county.control.post("/_sim/telephones", habit="listens")
    await settled(county.house.stores, *PEOPLE)
    await guarded(county.house.stores)
    return await informed(county.house, words=WORDS, rules=ONCE)


async def comes_to_its_end(
    scene: Scene, informing: Informing, build: Build, *, minutes: float = 3
) -> None:
    """Let others go on, receipts and the next way settle what is unknown; look at the books."""
    await scene.go_on()
    stores = scene.house.stores
    await balanced(stores, informing, HANDLES)

    async def receipts_came() -> bool:
        rows = (await rows_of(stores, informing)).values()
        unknown = [row for row in rows if row.state is RowState.UNKNOWN and row.rung]
        return not any(row.resident in scene.handed.people(row.rung) for row in unknown)

    await until(receipts_came)
    await later(build, minutes, scene.ways)
    await until(receipts_came)
    scene.handed.nobody_twice()
    await balanced(stores, informing, HANDLES)
    assert set((await states_of(stores, informing)).values()) <= REACHED
