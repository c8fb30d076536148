"""Watching a release after its switch."""

from datetime import UTC, datetime

import pytest

from data.civic.knowing.watching import Tally, bucket, has_jumped


def tally(badly: int, asked: int) -> Tally:
    return Tally(asked=asked, badly=badly)


@pytest.mark.parametrize(
    ("before", "since", "jumped"),
    [
        pytest.param(tally(10, 100), tally(30, 100), True, id="twice-and-fifteen-points"),
        pytest.param(tally(10, 100), tally(25, 100), True, id="just-there"),
        pytest.param(tally(10, 100), tally(24, 100), False, id="fourteen-points"),
        pytest.param(tally(30, 100), tally(50, 100), False, id="much-but-not-twice"),
        pytest.param(tally(0, 100), tally(15, 100), True, id="from-nothing"),
        pytest.param(tally(0, 49), tally(50, 50), False, id="too-few-before"),
        pytest.param(tally(0, 50), tally(49, 49), False, id="too-few-since"),
        pytest.param(tally(0, 0), tally(100, 100), False, id="nothing-to-compare-with"),
        pytest.param(tally(80, 100), tally(10, 100), False, id="better"),
    ],
)
def test_a_jump_is_a_jump(before: Tally, since: Tally, *, jumped: bool) -> None:
    assert has_jumped(before=before, since=since) is jumped


def test_a_bucket_begins_at_full_ten_minutes() -> None:
    moment = datetime(2026, 11, 22, 8, 39, 59, 999, tzinfo=UTC)
    assert bucket(moment) == datetime(2026, 11, 22, 8, 30, tzinfo=UTC)


def test_no_turns_have_no_share() -> None:
    assert Tally().share == 0.0
