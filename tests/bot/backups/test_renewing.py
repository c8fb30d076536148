"""The keyring beside the backups forgets what is destroyed, however it came to be there."""

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.backups.renewing import renew_keyring
from bot.backups.restoring import read_keyring
from bot.backups.writing import DRAFT_S, KEYRING, write_keyring
from bot.keys import house_key
from bot.settings import Settings
from bot.signing import backup_key
from data.civic.ids import PersonId
from data.civic.safety.aftermath import Deletion
from data.civic.safety.identity import named
from data.store.archive import Archive, informing_key
from data.store.stores import Stores
from tests import builders

ME, YOU = named(PersonId(1)), named(PersonId(2))
NOW = builders.now()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(house_key_file=tmp_path / "house.key", backup_dir=tmp_path)
    house_key(made.house_key, make=True)
    return made


def key_of(settings: Settings) -> bytes:
    return backup_key(house_key(settings.house_key, make=False))


def known(settings: Settings) -> set[str]:
    return set(read_keyring(settings.backups / KEYRING, key_of(settings)).keys)


async def write(settings: Settings, stores: Stores) -> None:
    archive, at = Archive(stores.database), builders.now()
    await write_keyring(archive, stores.handles, settings.backups, key=key_of(settings), at=at)


async def recorded(stores: Stores) -> None:
    """Keep the record of a deletion, as is done before anything is destroyed."""
    one = Deletion(id="one", people=(PersonId(1),), at=builders.now(), counts={}, why="on wish")
    await stores.deletions.add(replace(one, at=one.at - timedelta(minutes=1)))


async def test_a_keyring_written_between_the_record_and_the_deed_is_renewed(
    settings: Settings, stores: Stores
) -> None:
    await stores.handles.keys([ME, YOU])
    await recorded(stores)
    await write(settings, stores)
    assert not await renew_keyring(settings, stores, at=NOW)
    await stores.handles.destroy([ME])
    assert await renew_keyring(settings, stores, at=NOW)
    assert known(settings) == {YOU}
    assert not await renew_keyring(settings, stores, at=NOW)


async def test_a_key_that_went_by_its_age_leaves_the_keyring_without_any_record(
    settings: Settings, stores: Stores
) -> None:
    told = informing_key(7)
    await stores.handles.keys([ME, told])
    await write(settings, stores)
    await stores.handles.destroy([told])
    assert await stores.deletions.newest() is None
    assert await renew_keyring(settings, stores, at=NOW)
    assert known(settings) == {ME}
    assert not await renew_keyring(settings, stores, at=NOW)


async def test_whose_key_was_destroyed_and_made_anew_loses_the_old_one(
    settings: Settings, stores: Stores
) -> None:
    old = (await stores.handles.keys([ME]))[ME]
    await recorded(stores)
    await write(settings, stores)
    await stores.handles.destroy([ME])
    new = (await stores.handles.keys([ME]))[ME]
    assert await renew_keyring(settings, stores, at=NOW)
    kept = read_keyring(settings.backups / KEYRING, key_of(settings)).keys
    assert (kept, old == new) == ({ME: new}, False)


async def test_a_keyring_that_lacks_a_record_of_deletion_is_renewed(
    settings: Settings, stores: Stores
) -> None:
    await write(settings, stores)
    await recorded(stores)
    assert await renew_keyring(settings, stores, at=NOW)
    books = read_keyring(settings.backups / KEYRING, key_of(settings)).books
    assert len(books["deletions"]) == 1


async def test_a_keyring_that_cannot_be_read_is_written_anew(
    settings: Settings, stores: Stores
) -> None:
    await recorded(stores)
    (settings.backups / KEYRING).write_bytes(b"damaged")
    assert await renew_keyring(settings, stores, at=NOW)
    assert known(settings) == set()


async def test_where_no_keyring_stands_none_is_made(settings: Settings, stores: Stores) -> None:
    await recorded(stores)
    assert not await renew_keyring(settings, stores, at=NOW)
    assert not (settings.backups / KEYRING).exists()


async def test_the_draft_of_another_who_writes_stays_and_that_of_who_was_killed_goes(
    settings: Settings, stores: Stores
) -> None:
    await stores.handles.keys([ME])
    left, fresh = settings.backups / f"{KEYRING}.x.part", settings.backups / f"{KEYRING}.part"
    for one in (left, fresh):
        one.write_bytes(b"a part of it")
    moment = fresh.stat().st_mtime - DRAFT_S - 60
    os.utime(left, (moment, moment))
    await write(settings, stores)
    assert known(settings) == {ME}
    assert list(settings.backups.glob("*.part")) == [fresh]
