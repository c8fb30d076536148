"""A replica set of three real mongods on this machine, whose primary can be lost."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pymongo import MongoClient
from pymongo.errors import AutoReconnect, OperationFailure

from data.store.collection import Document
from data.store.mongod import note, processes
from data.store.mongod.program import find
from data.store.mongod.replica import ACCOUNT, LOOPBACK, SET
from data.store.mongod.start_line import start_line
from tests.faults.processes import free_port
from tests.waiting import until

ELECTION_MS, HEARTBEAT_MS = 2_000, 400
PARAMETERS = {
    "enableTestCommands": 1,
    "internalInsertMaxBatchSize": 64,
    "internalQueryExecYieldIterations": 10,
}
"""Points to stop at; and smaller steps, so that even small works have a middle."""
READY_S = 100


@dataclass(slots=True, kw_only=True)
class Member:
    """One mongod of the set."""

    data: Path
    port: int
    pid: int = 0

    def start(self, program: Path) -> None:
        line = start_line(program, self.data, port=self.port, parameters=PARAMETERS)
        self.pid = processes.start(line, output=self.data / "output")

    def kill(self) -> None:
        """Kill it; asked politely, each would wait for a majority that is leaving as well."""
        if processes.runs(self.pid, with_word=str(self.data)):
            os.kill(self.pid, signal.SIGKILL)

    def client(self, password: str | None) -> MongoClient[Document]:
        """Connect to this member alone."""
        account: dict[str, Any] = {"username": ACCOUNT, "password": password} if password else {}
        return MongoClient(LOOPBACK, self.port, directConnection=True, **account)


@dataclass(slots=True, kw_only=True)
class ReplicaSet:
    """The set; what it does blocks, and is called in a thread."""

    program: Path
    members: tuple[Member, ...]
    password: str = field(repr=False)

    @property
    def uri(self) -> str:
        places = ",".join(f"{LOOPBACK}:{one.port}" for one in self.members)
        return f"mongodb://{ACCOUNT}:{self.password}@{places}/?replicaSet={SET}&authSource=admin"

    def primary(self) -> Member | None:
        return next((one for one in self.members if self._leads(one)), None)

    def stop_at(self, point: str, mode: object, **told: object) -> None:
        """Have the primary stand still at a point."""
        command = {"configureFailPoint": point, "mode": mode, "data": told}
        self._at_primary(command)

    def wait_at(self, point: str) -> None:
        """Wait until it stands there."""
        self._at_primary({"waitForFailPoint": point, "timesEntered": 1, "maxTimeMS": 30_000})

    def step_down(self) -> None:
        """Have the primary give up its office, in the middle of whatever it does."""
        self._at_primary({"replSetStepDown": 10, "secondaryCatchUpPeriodSecs": 5})

    def kill_primary(self) -> None:
        self._must().kill()

    def whole_again(self) -> None:
        """Start who was killed."""
        running = self._running()
        for one in self.members:
            if one not in running:
                one.start(self.program)

    def go_on(self, *points: str) -> None:
        """Let everybody go on who stands at one of these points."""
        for one in self._running():
            with one.client(self.password) as client:
                for point in points:
                    client.admin.command({"configureFailPoint": point, "mode": "off"})

    def all_ready(self) -> bool:
        """Say whether one leads and all others follow."""
        try:
            with self._must().client(self.password) as client:
                members = client.admin.command("replSetGetStatus")["members"]
        except (AssertionError, AutoReconnect, OperationFailure):
            return False
        return sorted(one["stateStr"] for one in members) == ["PRIMARY", "SECONDARY", "SECONDARY"]

    def _running(self) -> list[Member]:
        return [one for one in self.members if processes.runs(one.pid, with_word=str(one.data))]

    def _at_primary(self, command: Document) -> None:
        with self._must().client(self.password) as client:
            client.admin.command(command)

    def _must(self) -> Member:
        leading = self.primary()
        assert leading is not None, "nobody leads"
        return leading

    def _leads(self, one: Member) -> bool:
        try:
            with one.client(None) as client:
                return bool(client.admin.command("hello").get("isWritablePrimary"))
        except AutoReconnect:
            return False


@asynccontextmanager
async def three(home: Path, *, named: Path | None) -> AsyncIterator[ReplicaSet]:
    """Run a set of three as long as the block lasts."""
    made = await asyncio.to_thread(_made, home, named)
    try:
        await asyncio.to_thread(_initiated, made)
        yield made
    finally:
        for one in made.members:
            one.kill()


async def ready(made: ReplicaSet) -> None:
    """Wait until one leads and all others follow."""
    await until(lambda: asyncio.to_thread(made.all_ready), within_s=READY_S)


def _made(home: Path, named: Path | None) -> ReplicaSet:
    program = find(named).path
    members = tuple(Member(data=home / f"member-{n}", port=free_port()) for n in range(3))
    members[0].data.mkdir(parents=True)
    key = note.key_of(members[0].data)
    for one in members[1:]:
        one.data.mkdir()
        note.write_private(one.data / "key", key)
    for one in members:
        one.start(program)
    password = note.password_of(members[0].data)
    return ReplicaSet(program=program, members=members, password=password)


def _initiated(made: ReplicaSet) -> None:
    """Make the set and its account, through the exception that MongoDB makes for loopback."""
    hosts = [
        {"_id": place, "host": f"{LOOPBACK}:{one.port}"} for place, one in enumerate(made.members)
    ]
    settings = {"electionTimeoutMillis": ELECTION_MS, "heartbeatIntervalMillis": HEARTBEAT_MS}
    for one in made.members:  # a set is refused while one of them does not listen yet
        with one.client(None) as client:
            client.admin.command("hello")
    with made.members[0].client(None) as client:
        client.admin.command(
            {"replSetInitiate": {"_id": SET, "members": hosts, "settings": settings}}
        )
    leading = made.primary()
    while leading is None:
        leading = made.primary()
    with leading.client(None) as client:
        account = {"createUser": ACCOUNT, "pwd": made.password, "roles": ["root"]}
        client.admin.command(account)
