"""Feeds in the accounts file."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.accounts import read_accounts
from data.civic.errors import Mistakes
from data.civic.warning.feeds import FeedFormat

KEY = "k" * 40
WHOLE = f"""
[[feed]]
name = "weather"
kind = "national"
secret_file = "feed.key"
issuers = ["33010941600000", "萧山区气象台"]
area = "330109"
heartbeat_minutes = 5
title = "萧山区气象台"
confirm_first = true

[[feed]]
name = "water"
kind = "cap"
secret = "{KEY}"
issuers = ["water.example"]
area = "33"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "feed.key").write_text(f"{KEY}\n")
    return tmp_path / "accounts.toml"


def test_feeds_are_read_with_their_limits(file: Path) -> None:
    file.write_text(WHOLE)
    accounts = read_accounts(file)
    weather, water = (one.feed() for one in accounts.feed)
    assert (weather.id, weather.format) == ("weather", FeedFormat.NATIONAL)
    assert weather.issuers == {"33010941600000", "萧山区气象台"}
    assert (weather.heartbeat, weather.confirm_first) == (timedelta(minutes=5), True)
    assert (water.heartbeat, water.stale_after) == (timedelta(minutes=15), timedelta(hours=24))
    assert (weather.called, water.called) == ("萧山区气象台", "water")
    assert KEY not in repr(accounts)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('kind = "cap"', 'kind = "rss"', "[[feed]] water, kind"),
        (KEY, "short", "at least 32 characters"),
        ('["water.example"]', "[]", "[[feed]] water, issuers"),
        ('area = "33"', 'area = "3"', "[[feed]] water, area"),
        ('name = "water"', 'name = "drill-water"', "kept for drills"),
        ('name = "water"', 'name = "weather"', "given to two accounts"),
        ("heartbeat_minutes = 5", "heartbeat_minutes = 0", "heartbeat_minutes"),
        ('area = "33"\n', 'area = "33"\ncolour = "red"\n', "is not known here"),
    ],
)
def test_a_mistake_is_named(file: Path, old: str, new: str, words: str) -> None:
    file.write_text(WHOLE.replace(old, new))
    with pytest.raises(Mistakes) as raised:
        read_accounts(file)
    assert words in str(raised.value)
    assert KEY not in str(raised.value)
