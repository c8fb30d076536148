"""The collector leaves alone what a process has taken over."""

import gc

import pytest

from bot.memory import settle

RINGS = 10_000


@pytest.fixture(autouse=True)
def _as_before() -> object:
    yield
    gc.unfreeze()


def test_what_stands_is_walked_no_more() -> None:
    settle()
    assert gc.get_freeze_count() > 100 * len(gc.get_objects(generation=2))


def test_what_was_taken_over_before_is_let_go_of_when_it_is_replaced() -> None:
    rings = [_ring() for _ in range(RINGS)]
    settle()
    known = gc.get_freeze_count()
    del rings
    settle()
    assert gc.get_freeze_count() < known - RINGS / 2


def _ring() -> list[object]:
    """Make what only the collector can let go of."""
    ring: list[object] = []
    ring.append(ring)
    return ring
