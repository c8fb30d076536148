"""The words of an informing: complete in every way, and short where a telephone wants it."""

from dataclasses import replace

import pytest

from bot.first_release import Shipped
from data.civic.ids import AreaCode
from data.civic.risks import RiskTag
from data.civic.sending.templates import wechat_fields
from data.civic.warning.drills import MARK, PREFIX
from data.civic.warning.messages import Colour
from handlers import informing_words
from handlers.informing_words import (
    OF_DECISIONS,
    OF_SIGNALS,
    SMS,
    SMS_LONG,
    Telling,
    who_in_words,
    words_of,
)
from tests.bulletins import LINPU, OBSERVATORY, START

TOWNS = tuple(AreaCode(f"330109{n}") for n in ("105", "103", "104", "100", "101"))
VALUES = {
    "headline": "萧山区气象台发布台风橙色预警",
    "description": "风力可达10级以上。",
    "instruction": "",
    "title": "停课通知",
    "text": "请留在家中。",
    "change": "启动",
    "level": "四级",
    "who": "全体人员",
    "deadline": "11月22日18:00",
}


def telling(key: str = "signal", **more: object) -> Telling:
    given = {
        "key": key,
        "subject": "one",
        "areas": (LINPU,),
        "issuer": OBSERVATORY,
        "at": START,
        "values": VALUES,
        "colour": Colour.ORANGE,
    } | more
    return Telling(**given)  # type: ignore[arg-type]


@pytest.mark.parametrize("key", [*OF_SIGNALS, *OF_DECISIONS])
def test_issuer_time_and_a_telephone_number_are_said_by_every_way(
    shipped: Shipped, key: str
) -> None:
    words = words_of(shipped.release, telling(key))
    assert "12345" in words.text
    assert "12345" in words.sms
    assert "12345" in words.door
    for text in (words.text, words.voice, words.loudspeaker):
        assert OBSERVATORY in text
    assert len(words.sms) <= SMS
    for text in (words.text, words.sms, words.voice, words.loudspeaker, words.door):
        assert "{" not in text
        assert "。。" not in text
        assert "\n\n\n" not in text


@pytest.mark.parametrize("key", [*OF_SIGNALS, *OF_DECISIONS])
def test_an_sms_never_has_more_than_two_parts_and_keeps_its_telephone(
    shipped: Shipped, key: str
) -> None:
    long = {**VALUES, "headline": "很长的标题" * 30, "title": "很长" * 40, "who": "某类人员、" * 20}
    issuer = "某某市防汛防台抗旱指挥部"
    words = words_of(shipped.release, telling(key, areas=TOWNS, values=long, issuer=issuer))
    assert len(words.sms) <= SMS_LONG
    assert "12345" in words.sms


@pytest.mark.parametrize("key", [*OF_SIGNALS, *OF_DECISIONS])
def test_a_drill_begins_with_its_mark_once_and_by_every_way(shipped: Shipped, key: str) -> None:
    marked = {**VALUES, "text": f"{MARK}请留在家中。", "title": f"{MARK}停课通知"}
    words = words_of(shipped.release, telling(key, subject=f"{PREFIX}one", values=marked))
    for text in (words.text, words.sms, words.voice, words.loudspeaker, words.door):
        assert text.startswith(MARK)
        assert text.count(MARK) == 1


def test_many_areas_are_named_by_the_first_and_their_number(shipped: Shipped) -> None:
    words = words_of(shipped.release, telling(areas=TOWNS))
    assert "临浦镇等5处" in words.sms
    assert words.fields["area"] == "临浦镇等5处"


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("signal", "萧山区气象台发布台风橙色预警"),
        ("lift_signal", "萧山区气象台发布台风橙色预警"),
        ("expiry", "预警到期：萧山区气象台发布台风橙色预警"),
        ("response", "启动四级应急响应：临浦镇"),
        ("lift_response", "结束应急响应：临浦镇"),
        ("order", "人员转移令：临浦镇"),
        ("lift_order", "转移令解除，先别回去"),
        ("return", "可以返回：临浦镇"),
        ("notice", "停课通知"),
        ("correction", "更正：停课通知"),
        ("lift_notice", "通知结束：停课通知"),
    ],
)
def test_the_title_of_a_subscription_message_says_what_it_is(
    shipped: Shipped, key: str, title: str
) -> None:
    assert words_of(shipped.release, telling(key)).fields["title"] == title


@pytest.mark.parametrize("key", ["expiry", "order", "lift_order", "correction", "lift_notice"])
def test_what_it_is_stays_in_the_title_when_a_drills_is_cut(shipped: Shipped, key: str) -> None:
    first = {"order": "人员转移令", "lift_order": "转移令解除", "correction": "更正"}
    words = words_of(shipped.release, telling(key, subject=f"{PREFIX}one"))
    cut = wechat_fields({"thing1": words.fields["title"]})["thing1"]
    assert len(cut) <= 20
    assert cut.startswith(MARK + first.get(key, ""))


def test_every_risk_has_its_word(shipped: Shipped) -> None:
    assert who_in_words(shipped.release, frozenset({RiskTag.SHIP})) == "船上人员"
    assert "、" in who_in_words(shipped.release, frozenset(RiskTag))


def test_the_directory_insists_on_all_of_these_words(shipped: Shipped) -> None:
    assert set(informing_words.WORDS) <= set(shipped.release.words)
    one = replace(telling(), colour=None)
    assert words_of(shipped.release, one).fields["colour"] == ""


def test_outside_of_a_drill_no_word_of_the_issuer_is_taken_off(shipped: Shipped) -> None:
    marked = {**VALUES, "description": f"{MARK}风力可达10级以上。"}
    assert marked["description"] in words_of(shipped.release, telling(values=marked)).text
    drill = words_of(shipped.release, telling(subject=f"{PREFIX}one", values=marked))
    assert drill.text.count(MARK) == 1
