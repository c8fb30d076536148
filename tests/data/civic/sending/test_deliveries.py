"""What becomes of a delivery that was not accepted."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from data.civic.ids import DeliveryId
from data.civic.labels import Channel
from data.civic.sending.deliveries import (
    ATTEMPTS,
    EXPIRES_AFTER,
    FIRST_WAIT,
    LONGEST_WAIT,
    Delivery,
    DeliveryState,
    Failure,
    failed,
)
from data.civic.sending.quotas import WECHAT_SERVICE, Opening, opened, spent
from tests import builders

NOW = builders.now()


def delivery() -> Delivery:
    to = builders.citizen(channel=Channel.WECHAT)
    return Delivery(id=DeliveryId("d"), to=to, answers=None, text="您好", created_at=NOW)


def test_it_is_tried_again_later_and_later_and_then_given_up() -> None:
    one, now, waits = delivery(), NOW, []
    while one.state is DeliveryState.QUEUED:
        one = failed(one, Failure.PASSING, "busy", now)
        if one.due_at is not None and one.state is DeliveryState.QUEUED:
            waits.append(one.due_at - now)
            now = one.due_at
    assert (one.state, one.attempts, one.error) == (DeliveryState.FAILED, ATTEMPTS, "busy")
    assert waits == [FIRST_WAIT * 2**n for n in range(ATTEMPTS - 1)]


def test_what_is_refused_for_good_is_never_repeated() -> None:
    one = failed(delivery(), Failure.LASTING, "blocked", NOW)
    assert (one.state, one.attempts, one.due_at) == (DeliveryState.FAILED, 1, None)


@given(st.integers(0, ATTEMPTS), st.timedeltas(timedelta(), EXPIRES_AFTER * 2))
def test_nothing_is_tried_after_anybody_wants_it(attempts: int, later: timedelta) -> None:
    one = failed(replace(delivery(), attempts=attempts), Failure.PASSING, "busy", NOW + later)
    assert one.attempts == attempts + 1
    if one.state is DeliveryState.QUEUED:
        assert one.due_at is not None
        assert NOW + later < one.due_at < one.expires_at
        assert one.due_at - (NOW + later) <= LONGEST_WAIT
    else:
        assert one.state in (DeliveryState.FAILED, DeliveryState.EXPIRED)


def test_a_window_holds_so_many_messages_for_so_long() -> None:
    window = opened(WECHAT_SERVICE[Opening.MESSAGE], NOW)
    for _ in range(5):
        assert window.open(NOW + timedelta(hours=47))
        window = spent(window)
    assert not window.open(NOW)
    assert spent(window).left == 0
    fresh = opened(WECHAT_SERVICE[Opening.MESSAGE], NOW)
    assert not fresh.open(NOW + timedelta(hours=48))
