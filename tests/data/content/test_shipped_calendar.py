"""The working days of 2026, as the State Council's notice has them."""

from datetime import date, timedelta

import pytest

from data.civic.calendar import WorkCalendar
from data.civic.knowing.releases import Release

YEAR = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]


@pytest.fixture(scope="module")
def calendar(release: Release) -> WorkCalendar:
    return release.rules.calendar


@pytest.mark.parametrize(
    ("first", "last"),
    [
        pytest.param((1, 1), (1, 3), id="New Year"),
        pytest.param((2, 15), (2, 23), id="Spring Festival"),
        pytest.param((4, 4), (4, 6), id="Qingming"),
        pytest.param((5, 1), (5, 5), id="Labour Day"),
        pytest.param((6, 19), (6, 21), id="Dragon Boat"),
        pytest.param((9, 25), (9, 27), id="Mid-Autumn"),
        pytest.param((10, 1), (10, 7), id="National Day"),
    ],
)
def test_offices_are_closed_on_holidays(
    calendar: WorkCalendar, first: tuple[int, int], last: tuple[int, int]
) -> None:
    off = [day for day in YEAR if first <= (day.month, day.day) <= last]
    assert not [day for day in off if calendar.is_working(day)]


def test_six_days_of_weekends_are_worked_for_them(calendar: WorkCalendar) -> None:
    worked = [day for day in YEAR if day.weekday() >= 5 and calendar.is_working(day)]
    made_up = [(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)]
    assert worked == [date(2026, month, day) for month, day in made_up]


def test_the_year_has_as_many_working_days_as_it_has(calendar: WorkCalendar) -> None:
    """365 days, 104 of weekends, 13 holidays by law: 248."""
    assert sum(calendar.is_working(day) for day in YEAR) == 248


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        pytest.param(date(2026, 2, 13), 1, date(2026, 2, 14), id="a Saturday that is worked"),
        pytest.param(date(2026, 2, 14), 5, date(2026, 2, 28), id="over the Spring Festival"),
        pytest.param(date(2026, 9, 30), 3, date(2026, 10, 10), id="over the National Day"),
    ],
)
def test_a_term_over_a_festival(calendar: WorkCalendar, start: date, days: int, end: date) -> None:
    assert calendar.after(start, days) == end


def test_no_day_is_both_free_and_worked(calendar: WorkCalendar) -> None:
    assert not calendar.holidays & calendar.workdays
    assert all(day.weekday() >= 5 for day in calendar.workdays)
