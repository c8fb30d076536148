"""Grids: whoever is on leave, exactly one worker answers, and nobody leaves a gap."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.civic.errors import BadInput, Conflict
from data.civic.ids import AreaCode, GridId, WorkerId
from data.civic.safety.grids import (
    Grid,
    GridWorker,
    Leave,
    chain,
    deputy_of,
    end_leave,
    gap_of,
    take_leave,
    with_worker,
    worker_of,
)

START = datetime(2026, 7, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
VILLAGE = AreaCode("330109105201")


def worker(name: str, deputy: str | None = None, *leaves: Leave) -> GridWorker:
    return GridWorker(
        id=WorkerId(name),
        name=name,
        phone="12345",
        area=VILLAGE,
        deputy=WorkerId(deputy) if deputy else None,
        leaves=leaves,
    )


def grid(*workers: GridWorker) -> Grid:
    return Grid(id=GridId("g"), name="第一网格", village=VILLAGE, workers=workers)


def leave(begins: int, hours: int) -> Leave:
    return Leave(begins=START + begins * HOUR, ends=START + (begins + hours) * HOUR)


leaves = st.builds(leave, st.integers(0, 200), st.integers(1, 80))
wishes = st.lists(st.tuples(st.integers(0, 2), leaves), max_size=12)


@given(wishes=wishes, count=st.integers(2, 3), moments=st.lists(st.integers(-5, 300)))
def test_exactly_one_answers_at_every_moment_for_any_leaves_that_were_granted(
    wishes: list[tuple[int, Leave]], count: int, moments: list[int]
) -> None:
    names = ["a", "b", "c"][:count]
    mine = grid(*(worker(one, names[(n + 1) % count]) for n, one in enumerate(names)))
    for who, wanted in wishes:
        with suppress(Conflict):
            mine = with_worker(mine, take_leave(mine.workers[who % count], wanted, [mine]))
    for hour in moments:
        at = START + hour * HOUR
        answering = worker_of(mine, at)
        assert answering is not None
        assert not answering.away(at)
        before = mine.workers[: mine.workers.index(answering)]
        assert all(one.away(at) for one in before)
    assert gap_of(mine, since=START - HOUR) is None


@given(wishes=wishes)
def test_a_leave_is_refused_only_where_it_would_leave_a_gap(
    wishes: list[tuple[int, Leave]],
) -> None:
    mine = grid(worker("a", "b"), worker("b", "a"))
    for who, wanted in wishes:
        one = mine.workers[who % 2]
        try:
            mine = with_worker(mine, take_leave(one, wanted, [mine]))
        except Conflict:
            other = mine.workers[1 - who % 2]
            assert any(
                wanted.begins < theirs.ends and theirs.begins < wanted.ends
                for theirs in other.leaves
            )


def test_on_leave_the_list_moves_to_the_deputy_and_comes_back() -> None:
    mine = grid(worker("a", "b", leave(10, 5)), worker("b", "a"))
    answering = [worker_of(mine, START + n * HOUR) for n in (9, 10, 14, 15)]
    assert [one.id for one in answering if one] == ["a", "b", "b", "a"]
    assert deputy_of(mine, START + 12 * HOUR) is None
    standing_in = deputy_of(mine, START)
    assert standing_in is not None
    assert standing_in.id == "b"


def test_without_a_deputy_nobody_goes_on_leave() -> None:
    alone = worker("a")
    with pytest.raises(Conflict, match="nobody would answer for grid g"):
        take_leave(alone, leave(0, 5), [grid(alone)])


def test_a_grid_without_workers_is_uncovered() -> None:
    assert worker_of(grid(), START) is None
    assert gap_of(grid(), since=START) == START


def test_who_comes_back_early_answers_again_and_leaves_to_come_are_called_off() -> None:
    away = worker("a", "b", leave(0, 10), leave(20, 5))
    back = end_leave(away, START + 3 * HOUR)
    assert [(one.begins, one.ends) for one in back.leaves] == [(START, START + 3 * HOUR)]
    assert back.version == away.version + 1


def test_a_leave_ends_after_it_begins() -> None:
    with pytest.raises(BadInput):
        Leave(begins=START, ends=START)


def test_the_line_of_deputies_has_nobody_twice() -> None:
    everybody = [worker("a", "b"), worker("b", "c"), worker("c", "a"), worker("d")]
    assert [one.id for one in chain(WorkerId("b"), everybody)] == ["b", "c", "a"]
    assert chain(None, everybody) == ()
    assert chain(WorkerId("gone"), everybody) == ()


def test_a_worker_is_shown_without_name_and_telephone() -> None:
    assert "12345" not in repr(worker("a"))
