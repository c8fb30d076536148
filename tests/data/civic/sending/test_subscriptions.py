"""The ledger of subscriptions: what a person allows, and why not."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.civic.ids import ConversationId
from data.civic.sending.refusals import WhyNot
from data.civic.sending.subscriptions import (
    DOUBTED_FOR,
    Answered,
    Standing,
    Subscription,
    TemplateKind,
    answered,
    asked,
    confirmed,
    denied,
    given_back,
    spent,
    why_not,
)

NOON = datetime(2026, 7, 1, 4, tzinfo=UTC)
WANG = ConversationId("wechat_mini/county/openid-wang")
ONCE, LONG = TemplateKind.ONE_TIME, TemplateKind.LONG_TERM


def answer(key: str = "1", *, yes: bool = True, at: datetime = NOON) -> Answered:
    return Answered(template="alert", yes=yes, key=key, at=at)


def allowed(kind: TemplateKind = ONCE, yeses: int = 1) -> Subscription:
    found = asked(WANG, kind, answer("1"))
    for number in range(1, yeses):
        found = answered(found, answer(str(number + 1)))
    return found


def test_somebody_who_was_never_asked_is_sent_nothing() -> None:
    assert why_not(None, NOON) is WhyNot.NEVER_ASKED


def test_a_no_is_no_until_the_next_yes() -> None:
    no = asked(WANG, ONCE, answer("1", yes=False))
    assert why_not(no, NOON) is WhyNot.DECLINED
    assert why_not(answered(no, answer("2")), NOON) is None


@given(st.integers(1, 12))
def test_as_many_yeses_as_there_were_messages_are_sent(yeses: int) -> None:
    one = allowed(yeses=yeses)
    for _ in range(yeses):
        assert why_not(one, NOON) is None
        one = spent(one)
    assert why_not(one, NOON) is WhyNot.SPENT


def test_a_long_term_yes_is_not_used_up() -> None:
    assert spent(allowed(LONG)) == allowed(LONG)


def test_an_answer_that_is_told_again_or_late_changes_nothing() -> None:
    one = allowed()
    assert answered(one, answer("1")) == one
    assert answered(one, answer("0", yes=False, at=NOON - timedelta(seconds=1))) == one


def test_a_no_takes_all_earlier_yeses_back() -> None:
    one = answered(allowed(yeses=5), answer("no", yes=False))
    assert (one.left, why_not(one, NOON)) == (0, WhyNot.DECLINED)


def test_what_was_not_taken_can_be_sent_again() -> None:
    assert why_not(given_back(spent(allowed())), NOON) is None
    declined = answered(allowed(), answer("no", yes=False))
    assert given_back(declined) == declined


def test_a_one_time_subscription_that_is_denied_is_over() -> None:
    assert why_not(denied(allowed(yeses=3), NOON), NOON) is WhyNot.ENDED


def test_a_long_term_one_is_tried_once_more_after_ten_minutes_and_then_over() -> None:
    doubted = denied(allowed(LONG), NOON)
    assert why_not(doubted, NOON + timedelta(minutes=9)) is WhyNot.DOUBTED
    assert denied(doubted, NOON + timedelta(minutes=9)) == doubted
    later = NOON + DOUBTED_FOR
    assert why_not(doubted, later) is None
    assert why_not(denied(doubted, later), later) is WhyNot.ENDED


def test_a_doubted_one_that_is_taken_after_all_is_good_again() -> None:
    good = confirmed(denied(allowed(LONG), NOON))
    assert (good.standing, good.doubted_at) == (Standing.ACCEPTED, None)
    assert confirmed(good) == good
    assert denied(good, NOON + timedelta(days=1)).standing is Standing.DOUBTED


@given(st.lists(st.sampled_from(["yes", "no", "spend", "deny", "back"]), max_size=30))
def test_never_is_more_sent_than_was_allowed(steps: list[str]) -> None:
    one, yeses, sent = allowed(), 1, 0
    for number, step in enumerate(steps):
        match step:
            case "yes":
                one, yeses = answered(one, answer(f"{number}!")), yeses + 1
            case "no":
                one = answered(one, answer(f"{number}!", yes=False))
            case "spend" if why_not(one, NOON) is None:
                one, sent = spent(one), sent + 1
            case "back" if sent:
                one, sent = given_back(one), sent - 1
            case "deny":
                one = denied(one, NOON)
        assert one.left >= 0
        assert sent + one.left <= yeses


@pytest.mark.parametrize("move", [spent, lambda one: denied(one, NOON), given_back])
def test_every_move_counts_the_version(move: object) -> None:
    one = replace(allowed(yeses=2), version=7)
    assert move(one).version == 8  # type: ignore[operator]
