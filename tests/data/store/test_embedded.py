"""The embedded database: started by the first process, ended by the last, whoever is killed."""

import asyncio
import os
import signal
import stat
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest
from pymongo import MongoClient
from pymongo.errors import OperationFailure, PyMongoError

from data.civic.errors import Mistakes, StoreUnavailable
from data.store import embedded
from data.store.batching import GroupCommit
from data.store.collection import Document
from data.store.mongo import connect
from data.store.mongod import note, processes
from data.store.mongod.home import Home, end
from tests.waiting import until
from tests.witness import OWN

ROOT = Path(__file__).parents[3]
Guest = asyncio.subprocess.Process


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Path]:
    """A home with a blank in its name; what still runs in it at the end is ended."""
    path = tmp_path / "our home"
    yield path
    end(Home(path=path))


@asynccontextmanager
async def guest(home: Path, mongod: Path | None) -> AsyncIterator[Guest]:
    """Another process that has joined."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.data.store.guest", str(home), str(mongod or "")),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        cwd=ROOT,
        start_new_session=True,
    )
    assert process.stdout is not None
    assert await process.stdout.readline()
    try:
        yield process
    finally:
        await leave(process)


async def leave(process: Guest) -> None:
    """Let it go as one does, if it has not gone."""
    if process.returncode is None:
        await process.communicate(b"")


async def kill(process: Guest) -> None:
    process.kill()
    await process.wait()


def pid_in(home: Path) -> int | None:
    standing = note.read(home / "mongod.json")
    return standing.pid if standing else None


def runs(home: Path, pid: int | None) -> bool:
    return pid is not None and processes.runs(pid, with_word=str(home / "mongod"))


def keep(uri: str, value: int) -> None:
    with MongoClient[Document](uri, w="majority", journal=True) as client:
        client["kept"]["values"].insert_one({"_id": value}, comment=OWN)


def kept(uri: str) -> set[int]:
    with MongoClient[Document](uri) as client:
        return {one["_id"] for one in client["kept"]["values"].find({}, comment=OWN)}


async def test_the_last_to_leave_ends_it(home: Path, mongod: Path | None) -> None:
    async with guest(home, mongod) as first:
        pid = pid_in(home)
        async with guest(home, mongod):
            assert pid_in(home) == pid
            await leave(first)
            assert runs(home, pid)
        assert not runs(home, pid)
        assert pid_in(home) is None


async def test_of_many_who_come_at_once_one_starts_it(home: Path, mongod: Path | None) -> None:
    async def join() -> int | None:
        async with embedded.running(home, mongod=mongod, production=False):
            return pid_in(home)

    async with embedded.running(home, mongod=mongod, production=False):
        assert await asyncio.gather(*[join() for _ in range(4)]) == [pid_in(home)] * 4


async def test_what_a_killed_owner_leaves_behind_is_taken_over(
    home: Path, mongod: Path | None
) -> None:
    async with guest(home, mongod) as owner:
        orphan = pid_in(home)
        await kill(owner)
    assert runs(home, orphan)
    async with embedded.running(home, mongod=mongod, production=False) as attached:
        assert pid_in(home) == orphan
        keep(attached.uri, 1)
    assert not runs(home, orphan)


async def test_an_orphan_that_no_note_knows_gives_way(home: Path, mongod: Path | None) -> None:
    async with guest(home, mongod) as owner:
        orphan = pid_in(home)
        keep(note_of(home).uri, 1)
        await kill(owner)
    (home / "mongod.json").unlink()
    async with embedded.running(home, mongod=mongod, production=False) as attached:
        assert not runs(home, orphan)
        assert kept(attached.uri) == {1}


async def test_an_owner_killed_while_starting_does_no_harm(home: Path, mongod: Path | None) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.data.store.guest", str(home), str(mongod or "")),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.DEVNULL,
        cwd=ROOT,
    )

    async def begun() -> bool:
        return pid_in(home) is not None

    await until(begun)
    await kill(process)
    async with embedded.running(home, mongod=mongod, production=False) as attached:
        keep(attached.uri, 1)


async def test_what_was_answered_survives_a_killed_database(
    home: Path, mongod: Path | None
) -> None:
    answered: set[int] = set()

    async def write(commit: GroupCommit, number: int) -> None:
        await commit.insert({"_id": number})
        answered.add(number)

    async with guest(home, mongod) as owner:
        uri, pid = note_of(home).uri, pid_in(home)
        assert pid is not None
        database = await connect(uri, name="kept", timeout_ms=1_000)
        commit = GroupCommit(database.collection("values"), linger_s=0)
        writes = [asyncio.ensure_future(write(commit, number)) for number in range(5_000)]
        await until(lambda: some(answered))
        os.kill(pid, signal.SIGKILL)
        ends = await asyncio.gather(*writes, return_exceptions=True)
        await commit.stop()
        await database.close()
        await kill(owner)
    assert {type(end) for end in ends} <= {type(None), StoreUnavailable}
    async with embedded.running(home, mongod=mongod, production=False) as attached:
        assert answered <= kept(attached.uri)


async def some(answered: set[int]) -> bool:
    return len(answered) >= 1_000


async def test_ctrl_c_does_not_reach_the_database(home: Path, mongod: Path | None) -> None:
    async with guest(home, mongod) as owner:
        pid = pid_in(home)
        assert pid is not None
        assert os.getpgid(pid) != os.getpgid(owner.pid)
        assert os.getsid(pid) != os.getsid(owner.pid)


async def test_a_port_that_is_taken_meanwhile_is_no_obstacle(
    home: Path, mongod: Path | None
) -> None:
    async with embedded.running(home, mongod=mongod, production=False) as attached:
        keep(attached.uri, 1)
    async with (
        squatter(note_of(home).port),
        embedded.running(home, mongod=mongod, production=False) as attached,
    ):
        assert kept(attached.uri) == {1}
        keep(attached.uri, 2)


@asynccontextmanager
async def squatter(port: int) -> AsyncIterator[None]:
    """Somebody else who listens there, and hangs up on whoever calls."""

    async def listening() -> asyncio.Server | None:
        with suppress(OSError):  # what is left of the connections before may still be there
            return await asyncio.start_server(lambda _, out: out.close(), "127.0.0.1", port)
        return None

    server = await until(listening)
    assert server is not None
    async with server:
        yield


async def test_a_start_that_is_given_up_leaves_nothing_running(
    home: Path, mongod: Path | None
) -> None:
    async def join() -> None:
        async with embedded.running(home, mongod=mongod, production=False):
            pytest.fail("it was given up")

    joining = asyncio.ensure_future(join())
    begun = until(lambda: begun_in(home))
    pid = await begun
    joining.cancel()
    with pytest.raises(asyncio.CancelledError):
        await joining
    assert not runs(home, pid)


async def begun_in(home: Path) -> int | None:
    return pid_in(home)


def note_of(home: Path) -> note.Note:
    standing = note.read(home / "mongod.json")
    assert standing is not None
    return standing


async def test_only_who_has_the_note_gets_in(home: Path, mongod: Path | None) -> None:
    async with embedded.running(home, mongod=mongod, production=False) as attached:
        assert stat.S_IMODE((home / "mongod.json").stat().st_mode) == 0o600
        assert stat.S_IMODE((home / "mongod" / "key").stat().st_mode) == 0o600
        assert note_of(home).password not in repr(attached)
        stranger = MongoClient[Document]("127.0.0.1", note_of(home).port, directConnection=True)
        with stranger, pytest.raises(OperationFailure):
            stranger["kept"]["values"].insert_one({})
        with MongoClient[Document](attached.uri) as client, pytest.raises(PyMongoError):
            client["kept"]["values"].find_one({"$where": "true"}, comment=OWN)


async def test_it_says_what_it_is(home: Path, mongod: Path | None) -> None:
    async with embedded.running(home, mongod=mongod, production=False) as attached:
        assert f"MongoDB {attached.version}" in attached.notice
        assert "SSPL" in attached.notice
        assert "end of life" in attached.notice


async def test_in_production_it_is_refused_before_anything_is_started(home: Path) -> None:
    with pytest.raises(Mistakes, match="BIANMIN_MONGODB_URI"):
        async with embedded.running(home, mongod=None, production=True):
            pytest.fail("it must not start")
    assert not [*home.parent.iterdir()]


async def test_a_database_that_cannot_start_says_where_to_look(
    home: Path, mongod: Path | None
) -> None:
    spoil(home / "mongod")
    with pytest.raises(StoreUnavailable, match=r"mongod\.log"):
        async with embedded.running(home, mongod=mongod, production=False):
            pytest.fail("it must not start")


def spoil(data: Path) -> None:
    data.mkdir(parents=True)
    (data / "storage.bson").write_bytes(b"not a database")


async def test_a_home_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(Mistakes, match="BIANMIN_HOME"):
        async with embedded.running(file, mongod=None, production=False):
            pass
