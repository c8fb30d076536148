"""The duty roster: who is called in which order, and where nobody is."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.civic.errors import BadInput
from data.civic.ids import AreaCode
from data.civic.warning.shifts import LONGEST, Post, gaps, on_duty
from tests.bulletins import COUNTY, LINPU, PUYANG, START
from tests.onduty import CHIEF, DEPUTY, OFFICER, holder, shift

HOUR = timedelta(hours=1)
VILLAGE = AreaCode("330109105201")
IN_TOWN = holder(name="孙镇班", phone="13900000009")


def test_the_officer_is_called_first_then_the_deputy_then_the_chief() -> None:
    one = shift(CHIEF, OFFICER, DEPUTY)
    assert on_duty([one], COUNTY, START) == (OFFICER, DEPUTY, CHIEF)


def test_the_town_is_called_before_the_county_and_no_other_town() -> None:
    shifts = [shift(), shift(IN_TOWN, area=LINPU), shift(area=PUYANG)]
    assert on_duty(shifts, VILLAGE, START) == (IN_TOWN, OFFICER, DEPUTY, CHIEF)
    assert on_duty(shifts, COUNTY, START) == (OFFICER, DEPUTY, CHIEF)


def test_who_stands_twice_is_called_once() -> None:
    shifts = [shift(), shift(holder(name=CHIEF.name, phone=CHIEF.phone), area=LINPU)]
    named = [one.name for one in on_duty(shifts, LINPU, START)]
    assert named == [CHIEF.name, OFFICER.name, DEPUTY.name]


def test_a_shift_begins_with_its_first_moment_and_ends_before_its_last() -> None:
    one = shift(hours=8)
    assert on_duty([one], COUNTY, START)
    assert on_duty([one], COUNTY, START + 8 * HOUR - timedelta(seconds=1))
    assert on_duty([one], COUNTY, START + 8 * HOUR) == ()
    assert on_duty([one], COUNTY, START - timedelta(seconds=1)) == ()


def test_a_gap_is_where_nobody_is() -> None:
    shifts = [shift(hours=8), shift(begins=START + 10 * HOUR, hours=4)]
    found = gaps(shifts, since=START - HOUR, until=START + 24 * HOUR)
    assert [((one.begins - START) / HOUR, (one.ends - START) / HOUR) for one in found] == [
        (-1, 0),
        (8, 10),
        (14, 24),
    ]


@pytest.mark.parametrize(
    ("holders", "hours"),
    [
        pytest.param((OFFICER,), 0, id="ends as it begins"),
        pytest.param((OFFICER,), -1, id="ends before it begins"),
        pytest.param((OFFICER,), LONGEST / HOUR + 1, id="too long"),
        pytest.param((DEPUTY, CHIEF), 8, id="no officer"),
        pytest.param((OFFICER, holder(name="他")), 8, id="two officers"),
    ],
)
def test_a_shift_that_cannot_be_is_refused(holders: tuple[object, ...], hours: float) -> None:
    with pytest.raises(BadInput):
        shift(*holders, hours=hours)  # type: ignore[arg-type]


def test_names_and_telephones_do_not_show() -> None:
    assert OFFICER.name not in repr(shift())
    assert OFFICER.phone not in repr(shift())


TIMES = st.lists(st.tuples(st.integers(-30, 30), st.integers(1, 20)), max_size=8)


@given(TIMES)
def test_each_hour_is_either_in_a_gap_or_somebody_is_on_duty(
    times: Sequence[tuple[int, int]],
) -> None:
    shifts = [shift(begins=START + first * HOUR, hours=long) for first, long in times]
    found = gaps(shifts, since=START, until=START + 24 * HOUR)
    for hour in range(24):
        at = START + hour * HOUR
        in_gap = sum(one.begins <= at < one.ends for one in found)
        assert in_gap == (0 if on_duty(shifts, COUNTY, at) else 1)
    assert all(one.begins < one.ends for one in found)


def test_posts_have_their_order() -> None:
    assert [one.rank for one in Post] == [0, 1, 2]
