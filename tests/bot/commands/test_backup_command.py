"""`backup`, `restore` and `purge`, as an operator runs them."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pymongo import MongoClient

from data.store.collection import Document

DATABASE = f"bianmin-backup-{os.getpid()}"


class Operator:
    """Runs `bianmin` with a house key and a database of its own."""

    def __init__(self, uri: str, folder: Path) -> None:
        self.folder = folder
        self._env = {
            **os.environ,
            "BIANMIN_MONGODB_URI": uri,
            "BIANMIN_DATABASE": DATABASE,
            "BIANMIN_HOUSE_KEY_FILE": str(folder / "house.key"),
            "BIANMIN_BACKUP_DIR": str(folder / "backups"),
            "COLUMNS": "200",
        }

    def runs(self, *words: str, code: int = 0) -> str:
        command = [sys.executable, "-m", "bot", *words]
        done = subprocess.run(  # noqa: S603  (our own program)
            command, env=self._env, capture_output=True, text=True, timeout=110, check=False
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr


@pytest.fixture
def operator(mongod_uri: str, raw: MongoClient[Document], tmp_path: Path) -> Iterator[Operator]:
    yield Operator(mongod_uri, tmp_path)
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
