"""Days as a date field brings them."""

from datetime import date

import pytest

from data.civic.calendar import day_in


def test_a_day_is_read() -> None:
    assert day_in("2026-11-21") == date(2026, 11, 21)


@pytest.mark.parametrize("said", ["", "21.11.2026", "2026-02-30", "0001-01-01", "9999-12-31"])
def test_what_is_no_day_that_a_form_may_speak_of_is_refused(said: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        day_in(said)
