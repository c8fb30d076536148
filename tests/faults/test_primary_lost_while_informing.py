"""The primary of three is lost in the middle of making rows, and of marking them."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.channels.calling import open_session
from bot.channels.gateway import Gateway
from bot.channels.messengers import Messengers
from bot.channels.sms import SmsMessenger
from bot.commands.work import add_informing
from bot.demo.accounts_file import GATEWAY_KEY, gateway_secret_file
from bot.demo.config import Config
from bot.demo.platforms import running
from bot.gateway_account import GatewayAccount
from bot.house import House
from data.civic.sending.rows import RowState, Rung
from data.store.migrating import migrate
from data.store.mongo import WORKERS_MS
from data.store.stores import Stores
from tests import builders, small_county
from tests.faults.accounting import balanced, states_of
from tests.faults.handed import Handed, counting
from tests.faults.replica_set import ReplicaSet, ready, three
from tests.houses import house_of
from tests.journeys.informing import mobile
from tests.journeys.phones import Control
from tests.townsfolk import informed, person, settled
from tests.waiting import until

PEOPLE = 300
HANDLES = range(1, PEOPLE + 1)
MAKING, MARKING = "hangDuringBatchInsert", "setYieldAllLocksHang"
"""Where the server stands still: between two parts of an insert; where a long update yields."""

Lose = Callable[[ReplicaSet], None]


@pytest.fixture(scope="module")
async def replicas(
    tmp_path_factory: pytest.TempPathFactory, mongod: Path | None
) -> AsyncIterator[ReplicaSet]:
    async with three(tmp_path_factory.mktemp("set"), named=mongod) as made:
        await ready(made)
        yield made


@pytest.fixture
async def whole(replicas: ReplicaSet) -> AsyncIterator[ReplicaSet]:
    yield replicas
    await asyncio.to_thread(replicas.whole_again)
    await ready(replicas)
    await asyncio.to_thread(replicas.go_on, MAKING, MARKING)


@pytest.fixture
async def house(whole: ReplicaSet, tmp_path: Path) -> AsyncIterator[House]:
    """A worker's house on a database of its own."""
    name, seal = f"faults-{builders.ids().new()[:8]}", builders.seal()
    async with Stores.open(whole.uri, seal=seal, name=name, timeout_ms=WORKERS_MS) as stores:
        await migrate(stores.database)
        clock, shipped = builders.clock(), small_county.small_release()
        yield house_of(stores, shipped, clock=clock, seal=seal, home=tmp_path)


@pytest.fixture
async def handed(platforms_home: Path) -> AsyncIterator[Handed]:
    config = Config(home=platforms_home, backend_url="http://127.0.0.1:9")
    async with (
        running(config, clock=builders.clock(), ids=builders.ids()) as platforms,
        counting(platforms.gateway_base) as door,
        ClientSession() as http,
    ):
        control = Control(url=platforms.control_url, token=platforms.control_token, http=http)
        await control.post("/_sim/telephones", habit="listens")
        yield door


@asynccontextmanager
async def working(house: House, handed: Handed, home: Path) -> AsyncIterator[None]:
    """Work as `bianmin work` does."""
    secret = await asyncio.to_thread(gateway_secret_file, home, builders.ids())
    account = GatewayAccount(
        name="county-sms",
        api_base=handed.url,
        key=GATEWAY_KEY,
        secret=secret.read_text().strip(),
        per_second=10_000,
    )
    async with open_session() as calls:
        gateway = Gateway(account, session=calls, clock=house.clock, dice=builders.dice())
        ways: Messengers = {Rung.SMS: SmsMessenger(gateway=gateway)}
        work = asyncio.create_task(_workers(house, ways))
        try:
            yield
        finally:
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)


async def _workers(house: House, ways: Messengers) -> None:
    async with asyncio.TaskGroup() as group:
        add_informing(group, house, ways)


async def everybody_is_sent_to_once(house: House, handed: Handed) -> None:
    (informing,) = await house.stores.informings.newest(1)

    async def all_sent() -> bool:
        states = await states_of(house.stores, informing)
        return list(states.values()) == [RowState.SENT] * PEOPLE

    await until(all_sent, within_s=60)
    handed.nobody_twice()
    assert handed.people(Rung.SMS) == set(HANDLES)
    await balanced(house.stores, informing, HANDLES)


def stepped_down(replicas: ReplicaSet) -> None:
    replicas.step_down()
    replicas.go_on(MAKING, MARKING)


def killed(replicas: ReplicaSet) -> None:
    replicas.kill_primary()


@pytest.fixture
async def town(house: House) -> None:
    await settled(house.stores, *[person(n, phone=mobile(n)) for n in HANDLES])


@pytest.mark.parametrize("lose", [stepped_down, killed])
@pytest.mark.usefixtures("town")
async def test_in_the_middle_of_the_merge(
    house: House, handed: Handed, whole: ReplicaSet, platforms_home: Path, lose: Lose
) -> None:
    rows = f"{house.stores.database.name}.rows"
    await asyncio.to_thread(
        whole.stop_at, MAKING, {"skip": 2}, nss=rows, shouldCheckForInterrupt=True
    )
    await informed(house)
    async with working(house, handed, platforms_home):
        await asyncio.to_thread(whole.wait_at, MAKING)
        assert handed.accepted == {}
        await asyncio.to_thread(lose, whole)
        await everybody_is_sent_to_once(house, handed)


@pytest.mark.parametrize("lose", [stepped_down, killed])
@pytest.mark.usefixtures("town")
async def test_in_the_middle_of_marking(
    house: House, handed: Handed, whole: ReplicaSet, platforms_home: Path, lose: Lose
) -> None:
    rows = f"{house.stores.database.name}.rows"
    handed.answering.clear()
    await informed(house)
    async with working(house, handed, platforms_home):
        await until(handed.something_is_there)
        await asyncio.to_thread(whole.stop_at, MARKING, "alwaysOn", namespace=rows)
        handed.answering.set()
        await asyncio.to_thread(whole.wait_at, MARKING)
        await asyncio.to_thread(lose, whole)
        await everybody_is_sent_to_once(house, handed)
