"""What is done about each error code of a platform."""

from datetime import UTC, datetime, timedelta

import pytest

from data.civic.sending.retries import (
    ALIPAY,
    GATEWAY,
    RETRIES,
    WECHAT,
    Reaction,
    pause,
    reaction,
    rests_until,
)

NOON = datetime(2026, 7, 1, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("code", "what"),
    [
        ("-1", Reaction.AGAIN),
        ("40001", Reaction.NEW_TOKEN),
        ("45009", Reaction.REST_TODAY),
        ("45011", Reaction.REST_A_MINUTE),
        ("43101", Reaction.UNSUBSCRIBED),
        ("45015", Reaction.WINDOW_CLOSED),
        ("45047", Reaction.WINDOW_SPENT),
        ("47003", Reaction.TELL_STAFF),
        ("40003", Reaction.GIVE_UP),
        ("99999", Reaction.GIVE_UP),
    ],
)
def test_a_code_of_wechat_has_one_reaction(code: str, what: Reaction) -> None:
    assert reaction(WECHAT, code) is what


def test_the_other_platforms_have_their_own() -> None:
    assert reaction(ALIPAY, "40005") is Reaction.REST_A_MINUTE
    assert reaction(ALIPAY, "USER_TEMPLATE_LACK_KEYWORD") is Reaction.TELL_STAFF
    assert reaction(GATEWAY, "bad_number") is Reaction.GIVE_UP


def test_a_day_s_quota_rests_until_midnight_in_beijing() -> None:
    until = rests_until(Reaction.REST_TODAY, NOON)
    assert until == datetime(2026, 7, 1, 16, tzinfo=UTC)


def test_a_minute_s_quota_rests_a_minute_at_least() -> None:
    assert rests_until(Reaction.REST_A_MINUTE, NOON) - NOON >= timedelta(seconds=60)


def test_a_busy_platform_is_called_three_times_more_each_time_later() -> None:
    waits = [pause(tried, 0.5) for tried in range(1, RETRIES + 2)]
    assert waits[-1] is None
    known = [one for one in waits if one is not None]
    assert len(known) == RETRIES == 3
    assert known == sorted(known)


def test_chance_spreads_the_calls() -> None:
    low, high = pause(1, 0.0), pause(1, 1.0)
    assert low is not None
    assert high is not None
    assert high == 3 * low
