"""Outside production the first start makes the house key, and never over what stands."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pymongo import MongoClient
from structlog.testing import capture_logs

from bot.house import store_opened
from bot.settings import Settings
from data.civic.errors import Mistakes, StoreUnavailable
from data.store.collection import Document

DATABASE = f"bianmin-first-key-{os.getpid()}"


@pytest.fixture
def settings(mongod_uri: str, raw: MongoClient[Document], tmp_path: Path) -> Iterator[Settings]:
    yield Settings(home=tmp_path, mongodb_uri=mongod_uri, database=DATABASE)  # type: ignore[arg-type]
    raw.drop_database(DATABASE)


async def test_over_an_empty_database_a_new_key_is_made_and_said(
    settings: Settings,
) -> None:
    with capture_logs() as lines:
        for _ in range(2):
            async with store_opened(settings):
                assert settings.house_key.exists()
    told = [one["path"] for one in lines if one["event"].startswith("new house key")]
    assert told == [str(settings.house_key)]


async def test_over_a_database_that_keeps_anything_none_is_made(
    settings: Settings, raw: MongoClient[Document]
) -> None:
    async with store_opened(settings):
        raw[DATABASE]["releases"].insert_one({"_id": "kept"})
    settings.house_key.unlink()
    with pytest.raises(Mistakes, match=r"house key is missing.*releases.*restore the key"):
        async with store_opened(settings):
            pass
    assert not settings.house_key.exists()


async def test_where_no_database_answers_no_key_is_made(settings: Settings) -> None:
    nowhere = Settings(home=settings.home, mongodb_uri="mongodb://127.0.0.1:9/")  # type: ignore[arg-type]
    with pytest.raises(StoreUnavailable, match="does not answer"):
        async with store_opened(nowhere):
            pass
    assert not nowhere.house_key.exists()
