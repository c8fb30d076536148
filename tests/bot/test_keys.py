"""The house key: made once, whole, for its owner's eyes."""

from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from bot.keys import SIZE, house_key
from data.civic.errors import Mistakes


def made(path: str) -> bytes:
    return house_key(Path(path), make=True)


def test_it_is_made_once_and_read_ever_after(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "house.key"
    key = house_key(path, make=True)
    assert len(key) == SIZE
    assert house_key(path, make=True) == house_key(path, make=False) == key
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert [one.name for one in path.parent.iterdir()] == ["house.key"]


def test_of_many_processes_that_make_it_at_once_all_have_the_same(tmp_path: Path) -> None:
    path = str(tmp_path / "house.key")
    with get_context("spawn").Pool(3) as pool:
        assert len(set(pool.map(made, [path] * 6))) == 1


def test_of_many_threads_that_read_it_all_have_the_same(tmp_path: Path) -> None:
    path = tmp_path / "house.key"
    house_key(path, make=True)
    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(lambda _: house_key(path, make=True), range(8)))) == 1


def test_where_none_can_be_made_the_way_out_is_named(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(Mistakes, match="BIANMIN_HOME"):
        house_key(file / "keys" / "house.key", make=True)


def test_in_production_a_missing_key_is_not_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "house.key"
    with pytest.raises(Mistakes, match="restore it from the backup"):
        house_key(path, make=False)
    assert not path.exists()


@pytest.mark.parametrize("size", [0, 31, 33])
def test_a_key_of_another_size_is_refused(tmp_path: Path, size: int) -> None:
    path = tmp_path / "house.key"
    path.write_bytes(b"k" * size)
    path.chmod(0o600)
    with pytest.raises(Mistakes, match=f"32 bytes, this file {size}"):
        house_key(path, make=True)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644])
def test_a_key_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "house.key"
    house_key(path, make=True)
    path.chmod(mode)
    with pytest.raises(Mistakes, match="chmod 600"):
        house_key(path, make=False)
