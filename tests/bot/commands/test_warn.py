"""`warn`, `inform status` and `uninformed`, as an operator runs them, on a real database."""

import asyncio
import os
from collections.abc import Iterator
from datetime import timedelta

import pytest
from pymongo import MongoClient

from data.civic.warning.signals import begun_by
from data.store.collection import Document
from data.store.mongo import connect
from data.store.signals import Signals
from tests import builders, bulletins
from tests.bot.commands.conftest import Operator
from tests.bulletins import FEED, OBSERVATORY, placed

DATABASE = f"bianmin-warn-{os.getpid()}"


@pytest.fixture(scope="module")
def operator(
    mongod_uri: str, raw: MongoClient[Document], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Operator]:
    yield Operator(mongod_uri, tmp_path_factory.mktemp("operator"), database=DATABASE)
    raw.drop_database(DATABASE)


async def _keep_a_signal(uri: str) -> str:
    database = await connect(uri, name=DATABASE)
    start = builders.now() - timedelta(minutes=5)
    signal = begun_by(placed(bulletins.message(start=start)), FEED.id)
    await Signals(database).add(signal)
    await database.close()
    return signal.id


@pytest.mark.timeout(600)
def test_warnings_and_informings_are_told_on_the_command_line(
    operator: Operator, mongod_uri: str
) -> None:
    empty = operator.runs("warn", "list")
    assert "nobody may say that there is no warning" in empty
    assert "nothing is in force" not in empty
    signal = asyncio.run(_keep_a_signal(mongod_uri))
    listed = operator.runs("warn", "list")
    assert signal in listed
    assert "orange" in listed
    shown = operator.runs("warn", "show", signal)
    assert OBSERVATORY in shown
    assert "风力可达10级以上" in shown
    assert "there is no signal" in operator.runs("warn", "show", "none", code=1)
    assert "there is no informing 1" in operator.runs("inform", "status", "1", code=1)
    assert "there is no informing 1" in operator.runs("uninformed", "1", code=1)
    told = operator.runs("uninformed", "1", "--village", "330109105201", code=1)
    assert "for what purpose" in told
