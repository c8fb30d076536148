"""Make a running mongod ready: a replica set of one, with an account, writable."""

import socket
import time
from collections.abc import Callable
from typing import Any

from pymongo import MongoClient
from pymongo.errors import OperationFailure, PyMongoError

from data.civic.errors import StoreUnavailable
from data.store.servers import ServerVersion, version_from

LOOPBACK = "127.0.0.1"
SET = "rs0"
ACCOUNT = "bianmin"
READY_S = 90
"""How long a mongod may take to be writable, after a crash too."""

UNAUTHORIZED, ALREADY_INITIALIZED, STILL_STARTING, ACCOUNT_STANDS = 13, 23, 94, 51003
"""Source: MongoDB error codes, read 2026-11-21."""

Client = MongoClient[dict[str, Any]]


def make_ready(port: int, password: str, *, lives: Callable[[], bool]) -> ServerVersion:
    """Bring the mongod on `port` to where it can be written to. Idempotent. Blocks.

    A first start makes the replica set and the account, through the exception that MongoDB
    makes for loopback while there is no account. A later start may have another port than the
    replica set remembers: then it is told.

    Raises:
        StoreUnavailable: it ends, or does not become writable.
    """
    patience = _Patience(lives)
    patience.until(lambda: _listens(port))
    try:
        if not _knows_account(port, password):
            with _client(port) as client:
                _make_set_and_account(client, port, password, patience)
        with _client(port, password) as client:
            patience.until(lambda: _knows_port(client, port))
            patience.until(lambda: _is_primary(client))
            return version_from(client.server_info()["version"])
    except PyMongoError as error:
        raise StoreUnavailable(f"mongod on port {port} does not get ready: {error}") from error


class _Patience:
    """Asks again until something is so, while the process lives and there is time."""

    def __init__(self, lives: Callable[[], bool]) -> None:
        self._lives = lives
        self._end = time.monotonic() + READY_S

    def until(self, so: Callable[[], bool]) -> None:
        while not so():
            if not self._lives():
                raise StoreUnavailable("mongod has ended while it was starting")
            if time.monotonic() > self._end:
                raise StoreUnavailable(f"mongod is not ready after {READY_S} s")
            time.sleep(0.02)


def _client(port: int, password: str | None = None) -> Client:
    if password is None:
        return MongoClient(LOOPBACK, port, directConnection=True, timeoutMS=READY_S * 1000)
    return MongoClient(
        LOOPBACK,
        port,
        directConnection=True,
        timeoutMS=READY_S * 1000,
        username=ACCOUNT,
        password=password,
    )


def _listens(port: int) -> bool:
    try:
        socket.create_connection((LOOPBACK, port), timeout=1).close()
    except OSError:
        return False
    return True


def _is_primary(client: Client) -> bool:
    return bool(client.admin.command("hello").get("isWritablePrimary"))


def _knows_account(port: int, password: str) -> bool:
    with _client(port, password) as client:
        try:
            client.admin.command("ping")
        except OperationFailure:
            return False
        return True


def _make_set_and_account(client: Client, port: int, password: str, patience: _Patience) -> None:
    config = {"_id": SET, "members": [{"_id": 0, "host": f"{LOOPBACK}:{port}"}]}
    _run(client, {"replSetInitiate": config}, unless={ALREADY_INITIALIZED, UNAUTHORIZED})
    patience.until(lambda: _is_primary(client))
    account = {"createUser": ACCOUNT, "pwd": password, "roles": ["root"]}
    _run(client, account, unless={ACCOUNT_STANDS, UNAUTHORIZED})


def _run(client: Client, command: dict[str, Any], *, unless: set[int]) -> None:
    try:
        client.admin.command(command)
    except OperationFailure as error:
        if error.code not in unless:
            raise


def _knows_port(client: Client, port: int) -> bool:
    """Say whether the replica set has this port, and tell it if it has another.

    At a start with another port mongod first looks, for up to 30 s, whether it is itself that
    listens on the old one.
    """
    try:
        config = client.admin.command("replSetGetConfig")["config"]
    except OperationFailure as error:
        if error.code != STILL_STARTING:
            raise
        return False
    host = f"{LOOPBACK}:{port}"
    if config["members"][0]["host"] != host:
        config["members"][0]["host"] = host
        config["version"] += 1
        client.admin.command({"replSetReconfig": config, "force": True})
    return True
