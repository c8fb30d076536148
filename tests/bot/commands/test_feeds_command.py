"""`feeds in`, `feeds out`, `feeds list`, as an operator runs them, on a real database."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pymongo import MongoClient

from bot.clock import SystemClock
from bot.feeds import cap, national
from data.store.collection import Document
from tests import bulletins
from tests.bulletins import ISSUER, named

DATABASE = f"bianmin-feeds-{os.getpid()}"
ACCOUNTS = f"""
[[feed]]
name = "weather"
kind = "national"
secret = "{"k" * 40}"
issuers = ["{ISSUER}"]
area = "330109"
"""


class Operator:
    """Runs `bianmin feeds` with a database and a folder of its own."""

    def __init__(self, uri: str, folder: Path) -> None:
        self.folder = folder
        (folder / "accounts.toml").write_text(ACCOUNTS)
        self._env = {
            **os.environ,
            "BIANMIN_MONGODB_URI": uri,
            "BIANMIN_DATABASE": DATABASE,
            "BIANMIN_HOUSE_KEY_FILE": str(folder / "house.key"),
            "BIANMIN_ACCOUNTS": str(folder / "accounts.toml"),
        }

    def runs(self, *words: str, code: int = 0) -> str:
        command = [sys.executable, "-m", "bot", "feeds", *words]
        done = subprocess.run(  # noqa: S603  (our own program)
            command, env=self._env, capture_output=True, text=True, timeout=100, check=False
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def takes_in(self, body: bytes, *, code: int = 0) -> str:
        file = self.folder / "message.xml"
        file.write_bytes(body)
        return self.runs("in", str(file), "--feed", "weather", code=code)


@pytest.fixture(scope="module")
def operator(
    mongod_uri: str, raw: MongoClient[Document], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Operator]:
    yield Operator(mongod_uri, tmp_path_factory.mktemp("operator"))
    raw.drop_database(DATABASE)


def test_a_message_comes_in_is_listed_and_goes_out_in_both_formats(operator: Operator) -> None:
    assert "no feed is configured" in operator.runs("list")
    body = bulletins.national(sent=SystemClock().now().replace(microsecond=0))
    told = operator.takes_in(body)
    assert told.startswith(f"applied: {named(1)} for 330109105, 330109103")
    listed = operator.runs("list")
    assert "weather" in listed
    assert "never" in listed
    signal = f"weather/{named(1)}"
    as_cap = operator.runs("out", signal).encode()
    as_national = operator.runs("out", signal, "--format", "national").encode()
    assert national.read(as_national) == national.read(body)
    assert cap.read(as_cap).where == national.read(body).where


def test_what_is_not_relayed_is_told_with_its_reason(operator: Operator) -> None:
    told = operator.takes_in(bulletins.national(9, msg_type="Ack"), code=1)
    assert "refused" in told
    assert "unknown_type" in told


def test_what_is_not_there_is_named(operator: Operator) -> None:
    assert "there is weather" in operator.runs("in", __file__, "--feed", "water", code=1)
    assert "cannot be read" in operator.runs("in", "nowhere.xml", "--feed", "weather", code=1)
    assert "no signal weather/none" in operator.runs("out", "weather/none", code=1)
