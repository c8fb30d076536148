"""Versions of MongoDB."""

from datetime import date, timedelta

import pytest

from data.civic.errors import Mistakes
from data.store.servers import ServerVersion, check_server, version_from

DAY = date(2026, 11, 21)
END_OF_6 = date(2025, 7, 31)


@pytest.mark.parametrize(
    ("text", "version"),
    [("6.0.5", (6, 0, 5)), ("8.0.4-rc1", (8, 0, 4)), ("7.0.28-17-gabc", (7, 0, 28))],
)
def test_a_version_is_read(text: str, version: tuple[int, int, int]) -> None:
    read = version_from(text)
    assert (read.major, read.minor, read.patch) == version


@pytest.mark.parametrize("text", ["6.0.27", "4.4.30", "3.6.0", "5.0.32"])
def test_a_server_past_its_end_of_life_is_refused_in_production(text: str) -> None:
    with pytest.raises(Mistakes, match="MongoDB 8"):
        check_server(version_from(text), production=True, today=DAY)


@pytest.mark.parametrize("text", ["8.0.17", "8.2.1", "7.0.28", "9.0.0"])
def test_a_server_that_is_mended_is_taken(text: str) -> None:
    check_server(version_from(text), production=True, today=DAY)


def test_the_last_day_still_counts() -> None:
    six = ServerVersion(major=6, minor=0, patch=27)
    check_server(six, production=True, today=END_OF_6)
    with pytest.raises(Mistakes):
        check_server(six, production=True, today=END_OF_6 + timedelta(days=1))


def test_for_trial_any_server_will_do() -> None:
    check_server(version_from("6.0.5"), production=False, today=DAY)
