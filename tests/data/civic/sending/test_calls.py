"""Call-answer: after five minutes the deputy, then the next level, until somebody has seen it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.civic.ids import StaffId
from data.civic.sending import ringing
from data.civic.sending.calls import CallNow, CallRules, Wait, next_call
from data.civic.warning import duty
from data.civic.warning.dials import Ring
from data.civic.warning.duty import DutyCall
from data.civic.warning.shifts import DutyHolder, Post
from tests.bulletins import START
from tests.onduty import CHIEF, DEPUTY, OFFICER, dialled, duty_call, holder

RULES = CallRules()
HOLDERS = (OFFICER, DEPUTY, CHIEF)
MINUTE = timedelta(minutes=1)


def ended(call: DutyCall, ring: Ring, at: datetime = START) -> DutyCall:
    return ringing.ended(call, len(call.dials), at, ring)


def test_the_officer_is_called_at_once() -> None:
    assert next_call(duty_call(), HOLDERS, RULES, START) == CallNow(holder=OFFICER, turn=1)


def test_while_it_rings_the_officer_has_five_minutes_then_the_deputy_is_called() -> None:
    call = dialled(duty_call(), OFFICER, START)
    at = START + 5 * MINUTE
    assert next_call(call, HOLDERS, RULES, START) == Wait(until=at)
    assert next_call(call, HOLDERS, RULES, at) == CallNow(holder=DEPUTY, turn=1)


def test_who_does_not_take_the_call_is_rung_once_more_within_the_five_minutes() -> None:
    call = ended(dialled(duty_call(), OFFICER, START), Ring.NO_ANSWER)
    again = START + RULES.again_after
    assert next_call(call, HOLDERS, RULES, START) == Wait(until=again)
    assert next_call(call, HOLDERS, RULES, again) == CallNow(holder=OFFICER, turn=1)
    twice = ended(dialled(call, OFFICER, again), Ring.LINE_BUSY, again)
    assert next_call(twice, HOLDERS, RULES, again) == Wait(until=START + 5 * MINUTE)


@pytest.mark.parametrize("ring", [Ring.PASSED, Ring.FAILED, Ring.REFUSED])
def test_where_waiting_is_useless_the_next_is_called_at_once(ring: Ring) -> None:
    call = ended(dialled(duty_call(), OFFICER, START), ring, START + MINUTE)
    found = next_call(call, HOLDERS, RULES, START + MINUTE)
    assert found == CallNow(holder=DEPUTY, turn=1)


def test_after_everybody_was_called_in_vain_it_begins_again() -> None:
    call = duty_call()
    for place, one in enumerate(HOLDERS):
        call = dialled(call, one, START + 5 * place * MINUTE)
    over = START + 15 * MINUTE
    assert next_call(call, HOLDERS, RULES, over) == Wait(until=over + RULES.rest)
    assert next_call(call, HOLDERS, RULES, over + RULES.rest) == CallNow(holder=OFFICER, turn=2)


def test_after_many_turns_the_rests_become_long() -> None:
    call = dialled(duty_call(), OFFICER, START, turn=RULES.quick)
    over = START + 5 * MINUTE
    assert next_call(call, (OFFICER,), RULES, over) == Wait(until=over + RULES.slow_rest)


def test_who_goes_off_duty_is_not_called_again_and_who_comes_is() -> None:
    call = dialled(duty_call(), OFFICER, START)
    new = holder(name="新值班", phone="13900000077")
    assert next_call(call, (new, CHIEF), RULES, START + MINUTE) == CallNow(holder=new, turn=1)


def test_with_nobody_on_duty_it_looks_again_in_a_minute() -> None:
    assert next_call(duty_call(), (), RULES, START) == Wait(until=START + RULES.rest)


def test_what_is_seen_is_called_for_no_more() -> None:
    seen = duty.see(dialled(duty_call(), OFFICER, START), StaffId("wang"), START)
    assert next_call(seen, HOLDERS, RULES, START + 5 * MINUTE) is None


def test_a_call_by_hand_changes_nothing_for_the_house() -> None:
    call = ringing.by_hand(duty_call(), CHIEF, StaffId("wang"), START, taken=False)
    assert next_call(call, HOLDERS, RULES, START) == CallNow(holder=OFFICER, turn=1)


RINGS = st.lists(st.sampled_from([None, *(one for one in Ring if one is not Ring.ANSWERED)]))
PEOPLE = st.integers(1, 4).map(
    lambda count: tuple(
        holder(tuple(Post)[min(n, 2)], name=f"人{n}", phone=f"1390000000{n}") for n in range(count)
    )
)


@given(RINGS.filter(bool), PEOPLE, st.integers(1, 4))
def test_whatever_the_telephones_do_everybody_is_called_in_order_and_nobody_too_often(
    rings: Sequence[Ring | None], holders: Sequence[DutyHolder], dials: int
) -> None:
    rules = replace(RULES, dials=dials)
    call, at = duty_call(), START
    for n in range(60):
        match next_call(call, holders, rules, at):
            case CallNow(holder=one, turn=turn):
                call = dialled(call, one, at, turn=turn)
                ring = rings[n % len(rings)]
                call = ended(call, ring, at) if ring else call
            case Wait(until=until):
                assert until > at
                at = until
            case None:
                pytest.fail("nobody has seen it")
    many = Counter((one.turn, one.called.key) for one in call.dials)
    assert max(many.values()) <= dials
    order = list(dict.fromkeys((one.turn, one.called.key) for one in call.dials))
    keys = [one.key for one in holders]
    assert order == [(1 + n // len(keys), keys[n % len(keys)]) for n in range(len(order))]
    firsts = {(one.turn, one.called.key): one for one in reversed(call.dials)}
    for before, after in pairwise(order):
        last = [one for one in call.dials if (one.turn, one.called.key) == before][-1]
        waited = firsts[after].at - firsts[before].at
        assert waited >= rules.patience or (last.ring is not None and last.ring.moves_on)
