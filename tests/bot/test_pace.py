"""How fast one citizen may send."""

from datetime import timedelta

from bot.pace import REMEMBERED, Pace, Verdict
from tests import builders

TAKE, SLOW, SILENT = Verdict.TAKE, Verdict.SAY_SLOW_DOWN, Verdict.STAY_SILENT


def test_the_first_one_too_many_is_told_and_then_there_is_silence() -> None:
    pace = Pace(builders.clock())
    said = [pace.judge("wang", limit=3) for _ in range(6)]
    assert said == [TAKE, TAKE, TAKE, SLOW, SILENT, SILENT]


def test_after_a_minute_one_may_send_again() -> None:
    clock = builders.clock()
    pace = Pace(clock)
    for _ in range(5):
        pace.judge("wang", limit=3)
    clock.shift = timedelta(seconds=61)
    assert pace.judge("wang", limit=3) is TAKE


def test_one_who_is_fast_slows_nobody_else() -> None:
    pace = Pace(builders.clock())
    for _ in range(9):
        pace.judge("wang", limit=3)
    assert pace.judge("li", limit=3) is TAKE


def test_only_so_many_senders_are_remembered() -> None:
    pace = Pace(builders.clock())
    for _ in range(2):
        pace.judge("first", limit=1)
    for number in range(REMEMBERED):
        pace.judge(f"citizen {number}", limit=1)
    assert pace.judge("first", limit=1) is TAKE
