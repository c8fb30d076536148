"""`backup`, `restore` and `purge`, as an operator runs them."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pymongo import MongoClient

from data.store.collection import Document
from tests.bot.commands.conftest import Operator

DATABASE = f"bianmin-backup-{os.getpid()}"


@pytest.fixture
def operator(mongod_uri: str, raw: MongoClient[Document], tmp_path: Path) -> Iterator[Operator]:
    yield Operator(mongod_uri, tmp_path, database=DATABASE, backup_dir=str(tmp_path / "backups"))
    raw.drop_database(DATABASE)


@pytest.mark.timeout(300)
def test_what_was_backed_up_is_brought_back_and_nothing_else_is(operator: Operator) -> None:
    assert "nothing stands" in operator.runs("purge")
    told = operator.runs("backup")
    assert "bianmin.keyring" in told
    (file,) = (operator.folder / "backups").glob("*.backup")
    assert "not empty" in operator.runs("restore", str(file), code=1)
    told = operator.runs("restore", str(file), "--replace")
    assert "0 deletions replayed" in told
    assert "the audit log is whole" in told
    keyring = operator.folder / "backups" / "bianmin.keyring"
    keyring.unlink()
    assert "no keyring" in operator.runs("restore", str(file), "--replace", code=1)
    assert "0 events purged" in operator.runs("purge", "--carry-out")
