"""Working days: weekends, public holidays and the Saturdays that are worked for them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")
YEARS = range(2000, 2101)
"""Of which a form may speak: far enough from where dates end that every clock can hold them."""


def local(moment: datetime) -> datetime:
    """Tell the moment in the time people here live by."""
    return moment.astimezone(BEIJING)


def stamp(at: datetime) -> str:
    """Name a moment within an id: 17 digits, to the millisecond as the store keeps it."""
    return f"{local(at):%Y%m%d%H%M%S}{at.microsecond // 1000:03}"


def day_in(said: str) -> date:
    """Read a day as a date field holds it: 2026-11-21.

    Raises:
        ValueError: it is none, or of a year that nothing here is about.
    """
    day = date.fromisoformat(said)
    if day.year not in YEARS:
        raise ValueError(f"{said}: a day of the years {YEARS[0]} to {YEARS[-1]}")
    return day


def day_in_words(day: date) -> str:
    """Write a date in full: 2026年11月21日."""
    return f"{day.year}年{day.month}月{day.day}日"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCalendar:
    """Public holidays and make-up working days, for the years whose notice is known."""

    years: frozenset[int]
    holidays: frozenset[date]
    workdays: frozenset[date]

    def is_working(self, day: date) -> bool:
        """Say whether offices work on `day`; in a year without notice weekends alone count."""
        if day in self.workdays:
            return True
        return day.weekday() < 5 and day not in self.holidays

    def after(self, start: date, working_days: int) -> date:
        """Tell the last day of a term of `working_days`; the day after `start` is the first."""
        day = start
        left = working_days
        while left > 0:
            day += timedelta(days=1)
            left -= self.is_working(day)
        return day

    def known(self, day: date) -> bool:
        """Say whether the holidays of the day's year have been announced."""
        return day.year in self.years
