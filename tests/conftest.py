"""What all tests share: one mongod a run, one migrated database, cleared between tests."""

import os
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
from pymongo import MongoClient, WriteConcern, monitoring

from bot import logs
from bot.clock import SystemClock
from bot.first_release import Shipped, shipped_release
from bot.house import House
from bot.settings import Settings
from data.civic.ports import Seal
from data.store import embedded
from data.store.collection import Document
from data.store.indexes import INDEXES
from data.store.migrating import migrate
from data.store.mongo import WORKERS_MS, Database, connect
from data.store.stores import Stores
from handlers.directory import directory
from tests import builders, in_memory
from tests.bulletins import at
from tests.houses import house_of
from tests.in_memory import pytest_configure, pytest_unconfigure
from tests.turns import pytest_collection_modifyitems, pytest_xdist_make_scheduler
from tests.witness import OWN, Witness

__all__ = [
    "pytest_collection_modifyitems",
    "pytest_configure",
    "pytest_unconfigure",
    "pytest_xdist_make_scheduler",
]

Build = Callable[..., House]

WITNESS = Witness()
monitoring.register(WITNESS)  # before any client is made: no command escapes
logs.set_up("warning")  # as in earnest: the library's own way prints a release with every error

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
DATABASE = f"bianmin-test-{WORKER or 'only'}"


@pytest.fixture(scope="session")
def seal() -> Seal:
    return builders.seal()


@pytest.fixture(scope="session")
def mongod() -> Path | None:
    """The program that is named for this machine, if one is."""
    named = os.environ.get("BIANMIN_MONGOD")
    return Path(named) if named else None


@pytest.fixture(scope="session")
async def mongod_uri(
    tmp_path_factory: pytest.TempPathFactory, mongod: Path | None
) -> AsyncIterator[str]:
    """A real MongoDB for this run alone; it looks every second for what has to be purged.

    Workers of one run have folders side by side, and share the one that is started above them,
    or in memory.
    """
    mine = tmp_path_factory.getbasetemp()
    home = (in_memory.folder() or (mine.parent if WORKER else mine)) / "database"
    parameters = {"ttlMonitorSleepSecs": 1}
    async with embedded.running(
        home, mongod=mongod, production=False, parameters=parameters
    ) as attached:
        yield attached.uri


@pytest.fixture(scope="session")
def raw(mongod_uri: str) -> Iterator[MongoClient[Document]]:
    """A client for what no repository does: clearing, explaining, looking underneath."""
    with MongoClient[Document](mongod_uri, tz_aware=True) as client:
        yield client


@pytest.fixture(scope="session")
async def database(mongod_uri: str, raw: MongoClient[Document]) -> AsyncIterator[Database]:
    """This worker's database, in the form that the code knows."""
    database = await connect(mongod_uri, name=DATABASE, timeout_ms=WORKERS_MS)
    await migrate(database)
    WITNESS.explain_with(lambda command: explained(raw, command))
    yield database
    await database.close()


@pytest.fixture
async def stores(
    database: Database, raw: MongoClient[Document], seal: Seal
) -> AsyncIterator[Stores]:
    """All repositories, on an empty database."""
    empty(raw)
    stores = Stores.of(database, seal)
    yield stores
    await stores.drain()


def empty(raw: MongoClient[Document]) -> None:
    """Delete all that stands in this worker's database, whoever wrote it.

    One question names the collections in which anything stands: few do after most tests.
    """
    tests = raw.get_database(DATABASE, write_concern=WriteConcern(w=1))  # no need of a journal
    first, *others = INDEXES
    united = ({"$unionWith": {"coll": one, "pipeline": named(one)}} for one in others)
    for found in tests[first].aggregate([*named(first), *united], comment=OWN):
        tests[found["_id"]].delete_many({}, comment=OWN)


def named(collection: str) -> list[Document]:
    """Ask for a collection's name, if anything stands in it."""
    return [{"$limit": 1}, {"$project": {"_id": collection}}]


@pytest.fixture(autouse=True)
def every_query_has_its_index() -> Iterator[None]:
    """Fail the test that sends a query which no index serves."""
    yield
    wrong = WITNESS.unserved()
    assert not wrong, "no index serves:\n" + "\n".join(wrong)


def explained(raw: MongoClient[Document], command: Document) -> Document:
    """Ask the server how it would go about a command."""
    asked = {"explain": command, "verbosity": "queryPlanner", "comment": OWN}
    return raw[DATABASE].command(asked)


@pytest.fixture(scope="session")
def shipped() -> Shipped:
    """Release one with its model, trained once and kept for the next run."""
    return shipped_release(Settings().home / "models", directory())


@pytest.fixture
def clock() -> SystemClock:
    return builders.clock()


@pytest.fixture
def by_day(clock: SystemClock) -> None:
    """Let it be eight in the morning to come: at night what is not urgent waits.

    To come, not past: browsers and the server forget what has expired by their own clocks.
    """
    at(clock, builders.next_morning())


@pytest.fixture
def build(
    stores: Stores, shipped: Shipped, clock: SystemClock, seal: Seal, tmp_path: Path
) -> Build:
    """Build another house on the same database; what is named differs."""

    def another(**different: object) -> House:
        given = {"stores": stores, "clock": clock, "seal": seal, "home": tmp_path} | different
        one, release = given.pop("stores"), given.pop("shipped", shipped)
        return house_of(one, release, **given)  # type: ignore[arg-type]

    return another


@pytest.fixture
def house(build: Build) -> House:
    """A whole house on an empty database."""
    return build()
