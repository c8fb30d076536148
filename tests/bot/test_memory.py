"""The collector leaves alone what a process has taken over."""

import gc

import pytest

from bot.memory import settle


@pytest.fixture(autouse=True)
def _as_before() -> object:
    yield
    gc.unfreeze()


def test_what_stands_is_walked_no_more() -> None:
    settle()
    assert gc.get_freeze_count() > 100 * len(gc.get_objects(generation=2))


def test_what_was_taken_over_before_is_let_go_of_when_it_is_replaced() -> None:
    ring: list[object] = []
    ring.append(ring)
    settle()
    known = gc.get_freeze_count()
    del ring
    settle()
    assert gc.get_freeze_count() <= known
