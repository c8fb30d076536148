"""Headlines, codes, and when a feed is silent."""

from datetime import timedelta

import pytest

from data.civic.ids import AreaCode
from data.civic.warning import headlines
from data.civic.warning.feeds import FeedState, Silence, silence
from data.civic.warning.messages import Colour, MessageType
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
        f"{OBSERVATORY}发布台风橙色预警信号[Ⅰ级/特别严重]",
        f"{OBSERVATORY}发布解除台风橙色预警",
        f"{OBSERVATORY}发布橙色升级为红色预警",
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
    "said",
    [
        "发布台风橙色预警信号[Ⅱ级/严重]",
        "发布台风橙色预警信号【II级】",
        "发布台风橙色预警（Ⅱ级/严重）",
        "2026年11月21日08时00分发布台风橙色预警信号",
        "11月21日8时发布台风橙色预警",
        "继续发布台风橙色预警",
        " 发布 台风橙色预警",
    ],
)
def test_a_headline_as_really_written_is_read(said: str) -> None:
    found = headlines.read(f"{OBSERVATORY}{said}", sender=OBSERVATORY)
    assert found == headlines.Headline(lifted=False, event="台风", colour=Colour.ORANGE)


@pytest.mark.parametrize(
    ("said", "type_", "colour"),
    [
        ("解除台风红色预警信号[Ⅰ级/特别严重]", MessageType.ALERT, Colour.RED),
        ("台风红色预警解除", MessageType.UPDATE, Colour.RED),
        ("发布台风红色预警信号[Ⅰ级/特别严重]", MessageType.CANCEL, Colour.RED),
        ("台风预警升级", MessageType.CANCEL, None),
        ("2026年11月21日08时00分发布暴雨黄色预警信号", MessageType.ALERT, Colour.RED),
        ("台风黄色预警", MessageType.ALERT, Colour.RED),
        ("由台风橙色预警升级为红色", MessageType.UPDATE, Colour.ORANGE),
        ("发布台风红色预警信号[Ⅱ级/严重]", MessageType.ALERT, Colour.RED),
    ],
)
def test_one_word_of_a_headline_is_enough_to_contradict(
    said: str, type_: MessageType, colour: Colour | None
) -> None:
    assert headlines.contradicts(f"{OBSERVATORY}{said}", type_=type_, colour=colour)


@pytest.mark.parametrize(
    ("said", "type_", "colour"),
    [
        ("", MessageType.ALERT, Colour.RED),
        ("发布台风预警", MessageType.ALERT, Colour.RED),
        ("发布台风红色预警，请注意防范", MessageType.ALERT, Colour.RED),
        ("由台风橙色预警升级为红色", MessageType.UPDATE, Colour.RED),
        ("解除台风红色预警信号[Ⅰ级/特别严重]", MessageType.CANCEL, None),
        ("发布通知：台风红色预警解除", MessageType.CANCEL, None),
    ],
)
def test_a_headline_that_says_the_same_or_less_contradicts_nothing(
    said: str, type_: MessageType, colour: Colour | None
) -> None:
    assert not headlines.contradicts(f"{OBSERVATORY}{said}", type_=type_, colour=colour)


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
        ("3301091", "3301091"),
        ("33010900000", "33010900000"),
        ("３３０１０９", "３３０１０９"),
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
