import pytest

from data.civic.knowing.releases import DangerRule, DangerRules
from data.civic.labels import Next
from intents.danger import DangerEar
from intents.understand import Ear


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        pytest.param("水进来了我妈被困", "trapped", id="plain"),
        pytest.param("水進來了 我媽走不動了", "trapped", id="traditional, with a gap"),
        pytest.param("我 们 被 困 了", "trapped", id="spaces between characters"),
        pytest.param("被*困*了", "trapped", id="stars between characters"),
        pytest.param("ＳＯＳ", "life", id="full width"),
        pytest.param("不想活动了，我不想活了", "life", id="beside a look-alike"),
        pytest.param("水进来了一二三四五六七走不动", "trapped", id="eight characters between"),
        pytest.param("我不想活了，被困在山上", "trapped", id="the first rule wins"),
    ],
)
def test_danger_is_heard_without_a_model(deaf: Ear, text: str, rule: str) -> None:
    heard = deaf.understand(text)
    assert (heard.danger, heard.next) == (rule, Next.DANGER)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("被困难户证明", id="a look-alike"),
        pytest.param("演习时谁被困", id="a look-alike with a gap"),
        pytest.param("水进来" + "一" * 9 + "走不动", id="more than eight between"),
        pytest.param("走不动了水进来", id="the other way round"),
        pytest.param("护照怎么办", id="a service"),
        pytest.param("", id="nothing"),
    ],
)
def test_no_danger_where_there_is_none(deaf: Ear, text: str) -> None:
    assert deaf.understand(text).danger is None


def test_danger_comes_before_a_sure_answer(ear: Ear) -> None:
    heard = ear.understand("护照怎么办，我被困了")
    assert heard.intent == "passport"
    assert heard.next is Next.DANGER


def test_danger_late_in_a_long_text_is_heard(deaf: Ear) -> None:
    assert deaf.understand("我想说" * 2000 + "我被困了").danger == "trapped"


def test_no_rules_hear_no_danger() -> None:
    assert DangerEar(DangerRules(rules=(), look_alikes=())).hear("救命") is None


def test_one_word_of_each_group_is_enough() -> None:
    rule = DangerRule(id="stones", patterns=("石头/Rocks…掉/ falling",), emergency=("119",))
    ear = DangerEar(DangerRules(rules=(rule,), look_alikes=("掉/落…赔",)))
    assert ear.hear("石头往下掉") == ear.hear("rocks are falling") == "stones"
    assert [ear.hear(text) for text in ("石头", "掉石头", "石头掉下来找谁赔")] == [None] * 3
