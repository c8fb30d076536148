"""Clocks of telephones: whichever ran true is believed, and what is not sure says so."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.civic.errors import BadInput
from data.civic.safety.device_clocks import ClockPair, Reading, corrected
from tests.sheltering import START, Phone

HOUR = timedelta(hours=1)


def after(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


@given(
    skew=st.floats(-10_000, 10_000),
    made=st.floats(0, 600),
    sent=st.floats(0, 600),
    known=st.booleans(),
)
def test_a_wrong_clock_of_the_day_does_not_matter(
    *, skew: float, made: float, sent: float, known: bool
) -> None:
    phone = Phone(name="one", skew=timedelta(minutes=skew))
    received = after(made + sent)
    pairs = [phone.pair(received), *([phone.pair(START)] if known else [])]
    found = corrected(phone.reading(after(made)), pairs, received=received)
    assert abs(found.at - after(made)) < timedelta(milliseconds=5)
    assert found.sure


def test_a_telephone_that_slept_is_believed_by_its_clock_of_the_day() -> None:
    slow = timedelta(minutes=10)
    begun = ClockPair(reading=Reading(boot="b", ticks=0, wall=START + slow), at=START)
    ended = Reading(boot="b", ticks=60_000, wall=START + 2 * HOUR + slow)
    scanned = Reading(boot="b", ticks=30_000, wall=START + HOUR + slow)
    pairs = [begun, ClockPair(reading=ended, at=START + 2 * HOUR)]
    found = corrected(scanned, pairs, received=START + 2 * HOUR)
    assert (found.at, found.sure) == (START + HOUR, True)


def test_a_telephone_that_slept_and_was_set_is_not_sure() -> None:
    begun = ClockPair(reading=Reading(boot="b", ticks=0, wall=START), at=START)
    ended = Reading(boot="b", ticks=60_000, wall=START + 9 * HOUR)
    scanned = Reading(boot="b", ticks=30_000, wall=START + HOUR)
    pairs = [begun, ClockPair(reading=ended, at=START + 2 * HOUR)]
    found = corrected(scanned, pairs, received=START + 2 * HOUR)
    assert not found.sure
    assert START <= found.at <= START + 2 * HOUR


def test_after_a_restart_the_clock_of_the_day_is_all_there_is() -> None:
    phone = Phone(name="one", skew=timedelta(minutes=-10))
    scanned = phone.reading(after(5))
    phone.boot = "boot-2"
    found = corrected(scanned, [phone.pair(after(60))], received=after(60))
    assert (found.at, found.sure) == (after(5), False)


def test_nothing_was_scanned_after_it_was_received() -> None:
    phone = Phone(name="one")
    found = corrected(phone.reading(after(90)), [phone.pair(after(60))], received=after(60))
    assert (found.at, found.sure) == (after(60), False)


def test_without_any_pair_nothing_can_be_told() -> None:
    with pytest.raises(BadInput, match="pair of clocks"):
        corrected(Phone(name="one").reading(START), [], received=START)
