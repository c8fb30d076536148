"""Cries that stand in no list are heard by the shipped rules, and calm questions are not."""

import pytest

from bot.first_release import Shipped
from data.civic.knowing.releases import Release
from intents.danger import DangerEar
from intents.foreign import foreign
from intents.normalise import clean

DANGERS = frozenset({"need_help", "hazard_report", "emergency_phone"})


@pytest.fixture
def content(shipped: Shipped) -> Release:
    return shipped.release


@pytest.mark.parametrize(
    "text",
    [
        "后面山上在掉石头",
        "坡上的石块滚落",
        "山脚下石块一直在滚",
        "后山轰隆一声",
        "屋背后山上泥石哗哗往下滑",
        "山浪泥水冲落来哉",
        "大坝缺口了",
        "江堤漫了",
        "水库要垮了快跑",
        "水齐胸口了",
        "水到门槛了",
        "水涌到家里来哉",
        "车在隧道里熄火水往上涨",
        "地下车库进水人还在里面",
        "我爷爷跌了一跤起不来了",
        "我娘跌倒勒爬勿起",
        "老婆下身出血怀孕七个月",
        "吸氧的老人停电了氧气不够",
        "婆婆吸氧机没电了",
        "天台上有个人站着想往下跳",
        "小偷进屋了我不敢出声",
        "船上还有三个人没下来",
        "还有人没出来",
        "来人哪",
    ],
)
def test_an_unseen_cry_is_heard(content: Release, text: str) -> None:
    assert DangerEar(content.rules.danger).hear(clean(text))


@pytest.mark.parametrize(
    "text",
    [
        "we are trapped on the roof",
        "My baby can't breathe",
        "rocks are falling on the road",
        "mud is coming down the hill",
        "please send ambulance my dad has chest pain",
        "the roof collapsed",
        "there is a thief in my home",
        "we need rescue",
    ],
)
def test_an_unseen_cry_in_english_is_heard(content: Release, text: str) -> None:
    assert DangerEar(content.rules.danger).hear(clean(text)) == "english"


@pytest.mark.parametrize(
    "text",
    [
        "水库移民政策怎么解决了",
        "水库会不会垮",
        "送水到门口吗",
        "水电工进屋检查",
        "孩子的户口还在里面",
        "还有成绩没出来",
        "有人证没下来",
        "鱼塘停电氧气不够鱼死了",
        "手机摔了动不了怎么修",
        "我摔了一跤医保能报吗",
        "快生了要办什么",
        "他要跳槽社保怎么转",
        "后山在动工没有审批",
        "山体裂缝去哪里报",
        "广告牌砸到我的车找谁赔",
        "我要淹死在表格里了",
        "房子淹了赔不赔",
        "where is the fire station",
        "how to book a hospital doctor",
        "police clearance certificate",
        "is there a flood warning today",
        "help me apply for a passport",
    ],
)
def test_a_calm_question_is_no_danger(content: Release, text: str) -> None:
    assert DangerEar(content.rules.danger).hear(clean(text)) is None


def test_hardly_any_held_out_question_about_something_else_fires(content: Release) -> None:
    ear = DangerEar(content.rules.danger)
    calm = [row for row in content.held_out if row.intent not in DANGERS]
    assert [row.text for row in calm if ear.hear(clean(row.text))] == []


@pytest.mark.parametrize("text", ["Do I have to evacuate?", "Tiếng Việt", "можно по-русски"])
def test_other_letters_are_another_language(text: str) -> None:
    assert foreign(text)


@pytest.mark.parametrize("text", ["wifi怎么连", "app登不上", "浙A12345", "119", "", "你好"])
def test_a_word_in_other_letters_is_not(text: str) -> None:
    assert not foreign(text)
