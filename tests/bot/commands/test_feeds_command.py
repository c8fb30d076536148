"""`feeds in`, `feeds out`, `feeds list`, as an operator runs them, on a real database."""

import os
from collections.abc import Iterator

import pytest
from pymongo import MongoClient

from bot.clock import SystemClock
from bot.feeds import cap, national
from data.store.collection import Document
from tests import bulletins
from tests.bot.commands.conftest import Operator
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


class Feeds(Operator):
    """Runs `bianmin feeds`."""

    first = ("feeds",)

    def takes_in(self, body: bytes, *, code: int = 0) -> str:
        file = self.folder / "message.xml"
        file.write_bytes(body)
        return self.runs("in", str(file), "--feed", "weather", code=code)


@pytest.fixture(scope="module")
def operator(
    mongod_uri: str, raw: MongoClient[Document], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Feeds]:
    folder = tmp_path_factory.mktemp("operator")
    accounts = folder / "accounts.toml"
    accounts.write_text(ACCOUNTS)
    yield Feeds(mongod_uri, folder, database=DATABASE, accounts=str(accounts))
    raw.drop_database(DATABASE)


def test_a_message_comes_in_is_listed_and_goes_out_in_both_formats(operator: Feeds) -> None:
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


def test_what_is_not_relayed_is_told_with_its_reason(operator: Feeds) -> None:
    told = operator.takes_in(bulletins.national(9, msg_type="Ack"), code=1)
    assert "refused" in told
    assert "unknown_type" in told


def test_what_is_not_there_is_named(operator: Feeds) -> None:
    assert "there is weather" in operator.runs("in", __file__, "--feed", "water", code=1)
    assert "cannot be read" in operator.runs("in", "nowhere.xml", "--feed", "weather", code=1)
    assert "no signal weather/none" in operator.runs("out", "weather/none", code=1)


def test_of_a_message_that_is_too_large_its_own_size_is_said(operator: Feeds) -> None:
    large = bulletins.national() + b" " * 3_000_000
    told = operator.takes_in(large, code=1)
    assert f"{len(large)} bytes" in told
