"""Locks among processes."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from data.civic.errors import StoreUnavailable
from data.store.mongod.locks import FileLock


@pytest.fixture
def lock(tmp_path: Path) -> Iterator[Callable[[], FileLock]]:
    made: list[FileLock] = []

    def make() -> FileLock:
        made.append(FileLock(tmp_path / "lock"))
        return made[-1]

    yield make
    for one in made:
        one.release()


def test_one_holds_it_alone(lock: Callable[[], FileLock]) -> None:
    first, second = lock(), lock()
    assert first.take_now()
    assert not second.take_now()
    first.release()
    assert second.take_now()


def test_many_hold_it_together_and_the_last_has_it_alone(lock: Callable[[], FileLock]) -> None:
    first, second = lock(), lock()
    first.share()
    second.share()
    assert not first.take_now()
    first.release()
    assert second.take_now()


def test_waiting_comes_to_an_end(lock: Callable[[], FileLock]) -> None:
    lock().take(wait_s=0)
    with pytest.raises(StoreUnavailable, match="another process"):
        lock().take(wait_s=0.05)
