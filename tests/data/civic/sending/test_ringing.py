"""What becomes of an attempt: told twice and in any order, the first answer stands."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.civic.errors import BadInput, NotFound
from data.civic.ids import DutyCallId, StaffId
from data.civic.sending import ringing
from data.civic.sending.calls import CallNow
from data.civic.sending.receipts import Told
from data.civic.warning import duty
from data.civic.warning.dials import Ring
from data.civic.warning.duty import DutyCall, SeenAs
from tests.bulletins import START
from tests.onduty import DEPUTY, OFFICER, dialled, duty_call, holder

LATER = START + timedelta(minutes=2)
WORDS = "收到萧山区临浦镇转移令"


def told(
    call: DutyCall, what: Told, said: str = "", *, number: int = 1, notice: bool = False
) -> DutyCall:
    return ringing.told(call, number, LATER, what=what, said=said, notice=notice)


def asked() -> DutyCall:
    """Somebody is asked to say words back."""
    return ringing.dialled(duty_call(), CallNow(holder=OFFICER, turn=1), START, read_back=WORDS)


def test_a_reference_names_the_call_the_attempt_and_the_way_and_no_person() -> None:
    call = DutyCallId("message_held/weather/" + "a" * 64)
    for notice in (True, False):
        name = ringing.reference(call, 12, notice=notice)
        assert ringing.referred(name) == (ringing.handle_of(call), 12, notice)
        assert len(name) <= 60


@pytest.mark.parametrize("name", ["", "call-1", "call-1-2-v", "5-7-3-1", "call-" + "g" * 32])
def test_what_is_no_reference_is_refused(name: str) -> None:
    with pytest.raises(BadInput):
        ringing.referred(name)


@pytest.mark.parametrize(
    ("what", "said", "ring"),
    [
        pytest.param(Told.ANSWERED, "1", Ring.ANSWERED, id="key"),
        pytest.param(Told.ANSWERED, "1#", Ring.ANSWERED, id="key and hash"),
        pytest.param(Told.ANSWERED, "2", Ring.PASSED, id="passed on"),
        pytest.param(Told.ANSWERED, "喂，哪位", Ring.LISTENED, id="words nobody asked for"),
        pytest.param(Told.READ, "", Ring.LISTENED, id="listened"),
        pytest.param(Told.NO_ANSWER, "", Ring.NO_ANSWER, id="no answer"),
        pytest.param(Told.LINE_BUSY, "", Ring.LINE_BUSY, id="line busy"),
        pytest.param(Told.HUNG_UP, "", Ring.HUNG_UP, id="hung up"),
        pytest.param(Told.FAILED, "", Ring.FAILED, id="failed"),
        pytest.param(Told.DELIVERED, "", None, id="delivered tells nothing"),
    ],
)
def test_what_a_gateway_tells_of_a_call(what: Told, said: str, ring: Ring | None) -> None:
    after = told(dialled(duty_call(), OFFICER, START), what, said)
    assert after.dials[0].ring is ring
    assert (after.seen_at is not None) == (ring is Ring.ANSWERED)


@pytest.mark.parametrize(
    ("said", "how"),
    [
        pytest.param(WORDS, SeenAs.WORDS, id="the words"),
        pytest.param(f"嗯，{WORDS}。", SeenAs.WORDS, id="among others"),
        pytest.param("收到，萧山区临浦镇，转移令", SeenAs.WORDS, id="with breath"),
        pytest.param("1", SeenAs.KEY, id="a key all the same"),
        pytest.param("收到萧山区浦阳镇转移令", None, id="another place"),
    ],
)
def test_words_that_are_read_back_must_be_those_that_were_asked_for(
    said: str, how: SeenAs | None
) -> None:
    after = told(asked(), Told.ANSWERED, said)
    assert after.seen_as is how
    assert after.dials[0].said == said


def test_an_opened_notice_is_an_answer_and_a_shown_one_is_none() -> None:
    call = dialled(duty_call(), holder(staff=StaffId("wang")), START)
    assert told(call, Told.DELIVERED, notice=True) == call
    seen = told(call, Told.READ, notice=True)
    assert (seen.seen_by, seen.seen_as, seen.seen_at) == ("wang", SeenAs.NOTICE, LATER)


def test_of_an_attempt_that_was_never_made_nothing_can_be_told() -> None:
    with pytest.raises(NotFound):
        told(duty_call(), Told.ANSWERED, "1")


def test_the_first_answer_stands_and_the_second_is_on_record() -> None:
    both = dialled(dialled(duty_call(), OFFICER, START), DEPUTY, START)
    seen = duty.see(both, StaffId("zhao"), START)
    after = told(seen, Told.ANSWERED, "1", number=2)
    assert (after.seen_by, after.seen_as) == ("zhao", SeenAs.CONSOLE)
    assert after.answered is not None
    assert after.answered.called == DEPUTY


def test_a_call_by_hand_that_is_taken_is_an_answer() -> None:
    noted = ringing.by_hand(duty_call(), OFFICER, StaffId("li"), LATER, taken=True)
    assert (noted.seen_as, noted.seen_by, noted.version) == (SeenAs.TELEPHONE, None, 1)
    assert noted.dials[0].by == "li"


MOVES = st.lists(
    st.one_of(
        st.tuples(st.integers(1, 2), st.sampled_from(Told), st.sampled_from(["", "1", "2"])),
        st.tuples(st.integers(1, 2), st.none(), st.just("")),
    ),
    max_size=12,
)


@given(MOVES)
def test_told_in_any_order_and_twice_it_is_the_same(
    moves: Sequence[tuple[int, Told | None, str]],
) -> None:
    call = dialled(dialled(duty_call(), OFFICER, START), DEPUTY, START)
    for number, what, said in (*moves, *moves):
        before = call
        if what is None:
            call = ringing.handed(call, number, LATER)
        else:
            call = told(call, what, said, number=number)
        assert call.version - before.version in (0, 1)
        assert (call == before) == (call.version == before.version)
        assert before.seen_at is None or call.seen_by == before.seen_by
    answered = any(what is Told.ANSWERED and said == "1" for _, what, said in moves)
    assert (call.seen_at is not None) == answered
    assert (call.due_at is None) == answered
