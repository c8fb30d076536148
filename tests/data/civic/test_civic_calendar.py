"""Working days, and days in words."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.civic.calendar import WorkCalendar, day_in_words, local

NATIONAL_DAY = WorkCalendar(
    years=frozenset({2026}),
    holidays=frozenset(date(2026, 10, day) for day in range(1, 8)),
    workdays=frozenset({date(2026, 9, 27), date(2026, 10, 10)}),
)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        pytest.param(date(2026, 11, 16), 5, date(2026, 11, 23), id="over a weekend"),
        pytest.param(date(2026, 11, 20), 1, date(2026, 11, 23), id="from a Friday"),
        pytest.param(date(2026, 11, 21), 1, date(2026, 11, 23), id="from a Saturday"),
        pytest.param(date(2026, 9, 30), 1, date(2026, 10, 8), id="over the holidays"),
        pytest.param(date(2026, 10, 9), 1, date(2026, 10, 10), id="a Saturday that is worked"),
        pytest.param(date(2026, 9, 25), 1, date(2026, 9, 27), id="a Sunday that is worked"),
        pytest.param(date(2026, 11, 16), 0, date(2026, 11, 16), id="at once"),
    ],
)
def test_a_term_ends_on_a_working_day(start: date, days: int, end: date) -> None:
    assert NATIONAL_DAY.after(start, days) == end


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(1, 60))
def test_a_longer_term_never_ends_sooner(start: date, days: int) -> None:
    end = NATIONAL_DAY.after(start, days)
    assert NATIONAL_DAY.is_working(end)
    assert NATIONAL_DAY.after(start, days + 1) > end
    between = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    assert sum(NATIONAL_DAY.is_working(day) for day in between) == days


def test_a_year_without_notice_is_not_known() -> None:
    assert NATIONAL_DAY.known(date(2026, 5, 1))
    assert not NATIONAL_DAY.known(date(2027, 1, 1))
    assert NATIONAL_DAY.is_working(date(2027, 1, 1))


def test_a_day_is_written_in_full_and_by_the_time_people_live_by() -> None:
    late = datetime(2026, 11, 20, 16, 30, tzinfo=UTC)
    assert day_in_words(local(late).date()) == "2026年11月21日"
    assert f"{local(late):%H:%M}" == "00:30"
