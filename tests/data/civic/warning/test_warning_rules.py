"""Headlines, codes, and when a feed is silent."""

from datetime import timedelta

import pytest

from data.civic.ids import AreaCode
from data.civic.warning import headlines
from data.civic.warning.feeds import FeedState, Silence, silence
from data.civic.warning.messages import Colour
from data.civic.warning.places import bare_code
from tests.bulletins import COUNTY, FEED, LINPU, OBSERVATORY, START


@pytest.mark.parametrize(
    "broken",
    [
        "台风橙色预警",
        f"{OBSERVATORY}发布台风预警",
        f"{OBSERVATORY}台风橙色预警",
        f"{OBSERVATORY}发布橙色预警",
        f"{OBSERVATORY}发布台风橙色预警，请注意",
        f"{OBSERVATORY}发布台风紫色预警",
        "杭州市气象台发布台风橙色预警",
    ],
)
def test_a_headline_that_is_not_by_the_grammar_says_nothing(broken: str) -> None:
    assert headlines.read(broken, sender=OBSERVATORY) is None


@pytest.mark.parametrize("colour", list(Colour))
@pytest.mark.parametrize("act", ["发布", "解除"])
@pytest.mark.parametrize("event", ["台风", "暴雨", "山洪灾害"])
def test_a_headline_by_the_grammar_is_read(colour: Colour, act: str, event: str) -> None:
    (word,) = (one for one, known in headlines.COLOURS.items() if known is colour)
    for ending in ("预警", "预警信号"):
        found = headlines.read(f"{OBSERVATORY}{act}{event}{word}{ending}", sender=OBSERVATORY)
        assert found == headlines.Headline(lifted=act == "解除", event=event, colour=colour)


@pytest.mark.parametrize(
    ("code", "bare"),
    [
        ("330109", "330109"),
        ("330109000000", "330109"),
        ("330109105000", "330109105"),
        ("330109105201", "330109105201"),
        ("330100", "3301"),
        ("330000", "33"),
        ("331000", "3310"),
        ("33", "33"),
    ],
)
def test_a_division_code_is_bared_of_the_zeros_that_fill_it(code: str, bare: str) -> None:
    assert bare_code(code) == bare


def heard(minutes_ago: float | None, *, area: str = COUNTY) -> FeedState:
    last = None if minutes_ago is None else START - timedelta(minutes=minutes_ago)
    feed = FEED.__class__(id=FEED.id, format=FEED.format, issuers=FEED.issuers, area=AreaCode(area))
    return FeedState(feed=feed, since=START - timedelta(days=1), last_heard=last)


def test_a_feed_is_silent_after_its_limit() -> None:
    assert silence([heard(15)], LINPU, START) is None
    assert silence([heard(15.1)], LINPU, START) == Silence(
        feeds=(FEED.id,), last_heard=START - timedelta(minutes=15.1)
    )


def test_without_a_feed_there_is_nothing_but_silence() -> None:
    assert silence([], LINPU, START) == Silence()
    assert silence([heard(1, area="330110")], LINPU, START) == Silence()


def test_one_silent_feed_of_two_is_silence_enough() -> None:
    assert silence([heard(1), heard(20)], LINPU, START) is not None
    never = silence([heard(20), heard(None)], LINPU, START)
    assert never is not None
    assert never.last_heard is None


def test_a_feed_just_set_up_is_silent_but_nobody_is_called_yet() -> None:
    state = FeedState(feed=FEED, since=START)
    assert state.silent(START)
    assert not state.overdue(START + timedelta(minutes=15))
    assert state.overdue(START + timedelta(minutes=16))
