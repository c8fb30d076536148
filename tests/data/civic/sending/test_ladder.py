"""The ladder: by which way somebody is informed next, and when."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.civic.calendar import BEIJING, local
from data.civic.sending.batches import marked
from data.civic.sending.ladder import (
    CALM,
    QUIET_FROM,
    QUIET_TO,
    SAME_WAYS,
    URGENT,
    AtTheDoor,
    Done,
    LadderRules,
    Send,
    Step,
    Wait,
    next_step,
    rules_for,
)
from data.civic.sending.rows import GIVEN_UP, Ending, RowState, Rung, Standing

NOON = datetime(2026, 7, 1, 12, tzinfo=BEIJING).astimezone(UTC)
NIGHT = datetime(2026, 7, 1, 23, 30, tzinfo=BEIJING).astimezone(UTC)
ALL = frozenset(Rung)
NEW = Standing(ways=ALL)
MOMENTS = st.datetimes(
    min_value=datetime(2026, 1, 1),  # noqa: DTZ001  (hypothesis adds the zone)
    max_value=datetime(2027, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
RULES = st.sampled_from([URGENT, CALM, SAME_WAYS, replace(URGENT, quiet=True)])
WAYS = st.sets(st.sampled_from(Rung), min_size=1).map(frozenset)


def sent(by: Rung, *, state: RowState = RowState.SENT, tries: int = 0) -> Standing:
    return Standing(
        ways=ALL,
        state=state,
        rung=by,
        attempts=1,
        tries=tries,
        at=NOON,
        reached=frozenset() if tries else frozenset({by}),
    )


def test_the_ladder_is_gone_in_its_order_each_after_its_time() -> None:
    one, at, gone = NEW, NOON, []
    while not isinstance(step := next_step(one, URGENT, at), Done):
        if isinstance(step, Wait):
            at = step.until
            continue
        rung = Rung.DOOR if isinstance(step, AtTheDoor) else step.rung
        gone.append((rung, int((at - NOON).total_seconds() // 60)))
        one = marked(one, rung, Ending.ACCEPTED, at)
    assert gone == [
        (Rung.SUBSCRIPTION, 0),
        (Rung.CHAT, 3),
        (Rung.SMS, 6),
        (Rung.VOICE, 11),
        (Rung.DOOR, 16),
        (Rung.LOUDSPEAKER, 46),
    ]
    assert step == Done(RowState.WITH_WORKER)


def test_who_has_no_telephone_is_given_to_the_worker_at_once() -> None:
    one = Standing(ways=frozenset({Rung.DOOR, Rung.LOUDSPEAKER}))
    assert next_step(one, URGENT, NOON) == AtTheDoor()


@pytest.mark.parametrize("state", [RowState.SENT, RowState.DELIVERED, RowState.READ])
def test_a_message_that_arrived_is_waited_on_however_far_it_came(state: RowState) -> None:
    step = next_step(sent(Rung.SMS, state=state), URGENT, NOON)
    assert step == Wait(NOON + URGENT.waits[Rung.SMS])


def test_what_was_refused_is_followed_by_the_next_way_at_once() -> None:
    one = sent(Rung.SUBSCRIPTION, state=RowState.FAILED, tries=GIVEN_UP)
    assert next_step(one, URGENT, NOON) == Send(Rung.CHAT)


def test_a_busy_way_is_tried_again_later_and_later_and_then_left() -> None:
    one, at, waits = Standing(ways=frozenset({Rung.SMS, Rung.VOICE})), NOON, []
    while (step := next_step(one, URGENT, at)) != Send(Rung.VOICE):
        if isinstance(step, Wait):
            waits.append((step.until - at).total_seconds())
            at = step.until
        else:
            one = marked(one, Rung.SMS, Ending.BUSY, at)
    assert waits == [15, 30, 60]
    assert one.attempts == URGENT.tries


def test_what_is_unknown_waits_for_a_receipt_and_is_never_repeated() -> None:
    one = sent(Rung.SMS, state=RowState.UNKNOWN)
    assert next_step(one, URGENT, NOON) == Wait(NOON + URGENT.settles_after)
    assert next_step(one, URGENT, NOON + URGENT.settles_after) == Send(Rung.VOICE)


def test_where_nobody_answers_for_the_grid_it_is_asked_again_and_the_loudspeaker_is_used() -> None:
    one = marked(sent(Rung.VOICE), Rung.DOOR, Ending.REFUSED, NOON)
    assert one.state is RowState.UNREACHABLE
    assert next_step(one, URGENT, NOON) == Send(Rung.LOUDSPEAKER)
    heard = marked(one, Rung.LOUDSPEAKER, Ending.ACCEPTED, NOON)
    assert heard.state is RowState.UNREACHABLE
    assert next_step(heard, URGENT, NOON) == Wait(NOON + URGENT.asks_again)
    assert next_step(heard, URGENT, NOON + URGENT.asks_again) == AtTheDoor()


def test_blue_and_yellow_are_told_by_text_and_pursued_no_further() -> None:
    assert next_step(sent(Rung.SMS), CALM, NOON) == Done(RowState.SENT)
    without = Standing(ways=frozenset({Rung.DOOR, Rung.LOUDSPEAKER}))
    assert next_step(without, CALM, NOON) == Done(RowState.UNREACHABLE)


BLUE, RED = rules_for(urgent=False), rules_for(urgent=True)
FLASH_FLOOD = rules_for(urgent=False, flash_flood=True)
MORNING = datetime(2026, 7, 2, QUIET_TO, tzinfo=BEIJING).astimezone(UTC)
AT_ONCE = Send(Rung.SUBSCRIPTION)


@pytest.mark.parametrize(
    ("rules", "at", "step"),
    [
        pytest.param(BLUE, NIGHT, Wait(MORNING), id="blue at night waits"),
        pytest.param(BLUE, NOON, AT_ONCE, id="blue at noon goes out"),
        pytest.param(FLASH_FLOOD, NIGHT, AT_ONCE, id="a flash flood wakes people"),
        pytest.param(RED, NIGHT, AT_ONCE, id="red wakes people"),
    ],
)
def test_the_night_is_quiet_but_for_what_kills(
    rules: LadderRules, at: datetime, step: Step
) -> None:
    assert next_step(NEW, rules, at) == step


def test_a_correction_goes_every_way_the_first_message_went_and_waits_for_none() -> None:
    one, gone = Standing(ways=frozenset({Rung.CHAT, Rung.SMS})), []
    while isinstance(step := next_step(one, SAME_WAYS, NOON), Send):
        gone.append(step.rung)
        one = marked(one, step.rung, Ending.ACCEPTED, NOON)
    assert gone == [Rung.CHAT, Rung.SMS]


@given(
    ways=WAYS,
    rules=RULES,
    at=MOMENTS,
    state=st.sampled_from([RowState.CONFIRMED, RowState.CANCELLED]),
)
def test_who_is_informed_or_called_off_is_left_in_peace(
    ways: frozenset[Rung], rules: LadderRules, at: datetime, state: RowState
) -> None:
    assert next_step(Standing(ways=ways, state=state), rules, at) == Done(state)


@given(
    ways=WAYS,
    rules=RULES,
    at=MOMENTS,
    endings=st.lists(st.sampled_from(Ending), min_size=40, max_size=40),
)
def test_whatever_happens_the_ladder_ends_and_no_way_is_gone_twice_that_arrived(
    ways: frozenset[Rung], rules: LadderRules, at: datetime, endings: list[Ending]
) -> None:
    one, arrived = Standing(ways=ways), set[Rung]()
    for number, ending in enumerate(endings, start=1):
        step = next_step(one, rules, at)
        while isinstance(step, Wait):
            assert step.until > at
            at = step.until
            step = next_step(one, rules, at)
        if isinstance(step, Done):
            assert step.left is not RowState.CREATED
            return
        rung = Rung.DOOR if isinstance(step, AtTheDoor) else step.rung
        assert rung in ways
        assert rung <= rules.last
        assert rung not in arrived
        if rules.quiet:
            assert QUIET_TO <= local(at).hour < QUIET_FROM
        one = marked(one, rung, ending, at)
        if ending is Ending.ACCEPTED or (ending is Ending.UNKNOWN and rung is not Rung.DOOR):
            arrived.add(rung)
        assert one.attempts == number
    assert Rung.DOOR in ways, "only somebody to knock is looked for without end"


@given(at=MOMENTS)
def test_a_moment_is_never_put_off_beyond_the_morning(at: datetime) -> None:
    step = next_step(NEW, replace(URGENT, quiet=True), at)
    if isinstance(step, Wait):
        assert step.until - at <= timedelta(hours=24 - QUIET_FROM + QUIET_TO)
