"""A number typed instead of dialled, a call that nobody answers, and nobody who comes."""

import pytest

from bot.house import House
from data.civic.labels import Outcome
from data.civic.sending.informing import InformingKind
from data.civic.warning.messages import Colour
from tests import builders
from tests.evacuation import evacuation
from tests.handlers.talking import Talk, choices, words
from tests.observed import relayed, sent

HELP = "我走不动，来接我"

NUMBERS = ("119", "120", "110", "幺幺零", "一一九", "12345", "１１９", "119！")
UNREACHED = ("110打不通怎么办", "119占线", "120没人接", "救护车电话打不通", "幺幺九打不通")


@pytest.mark.parametrize("text", [*NUMBERS, *UNREACHED])
async def test_a_number_typed_or_not_reached_is_answered_by_numbers_to_dial(
    talk: Talk, text: str
) -> None:
    reply = await talk.say(text)
    assert reply.outcome is Outcome.ANSWERED
    assert words(reply).startswith("请拨打电话")
    assert "一直重拨" in words(reply)
    assert all(number in words(reply) for number in ("119", "110", "120", "12345"))
    assert choices(reply) == [HELP]


async def test_help_that_is_tapped_there_is_called_from_here(talk: Talk) -> None:
    assert "登记" in words(await talk.say("119打不通", "1"))
    assert len(await talk.house.stores.duty_calls.unseen(10)) == 1


@pytest.mark.parametrize("text", ["反诈96110打不通", "医保局的电话占线", "我要投诉12345没人接"])
async def test_other_numbers_and_complaints_mean_what_they_mean(talk: Talk, text: str) -> None:
    assert not words(await talk.say(text)).startswith("请拨打电话")


async def test_a_number_leaves_a_form_standing(talk: Talk) -> None:
    assert words(await talk.say("查进度", "110")).startswith("请拨打电话")
    assert "最后四位" in words(await talk.say("33010920261100001"))


WAITING = ("没人来", "等了两个小时没人来", "没人接", "怎么还不来", "电话打不通")


@pytest.mark.parametrize("text", WAITING)
async def test_in_a_warning_who_waits_in_vain_is_helped(talk: Talk, text: str) -> None:
    await relayed(talk.house, colour=Colour.ORANGE)
    reply = await talk.say(text)
    assert reply.intent in ("need_help", "emergency_phone")
    assert "119" in words(reply)
    assert "大厅排队人数" not in choices(reply)


@pytest.mark.parametrize("text", WAITING)
async def test_where_no_danger_is_known_nobody_is_alarmed(talk: Talk, text: str) -> None:
    await talk.say(text)
    assert await talk.house.stores.duty_calls.unseen(10) == []


@pytest.mark.parametrize("text", ["没人来", "等了两个小时没人来", "119打不通", "没人接"])
async def test_after_a_cry_it_belongs_to_the_case(talk: Talk, text: str) -> None:
    reply = await talk.say("走不动来接我", text)
    assert "已补充到求助登记" in words(reply)
    assert "119" in words(reply)


@pytest.mark.parametrize("text", ["网格员电话", "网格员是谁", "村干部电话"])
async def test_who_is_known_here_is_told_who_answers_for_the_place(house: House, text: str) -> None:
    me = Talk(house, by=builders.citizen("openid-1"))
    await evacuation(house)
    assert "陈网格" in words(await me.say(text))
    stranger = Talk(house, by=builders.citizen("openid-9"))
    assert "陈网格" not in words(await stranger.say(text))


@pytest.mark.parametrize(
    "text", ["我到了", "到学校了", "在亲戚家", "我在女儿家", "出发了", "到安置点了", "住在舅舅家"]
)
async def test_who_was_told_to_leave_and_says_where_they_are_is_asked_what_to_write(
    house: House, text: str
) -> None:
    me, scene = Talk(house, by=builders.citizen("openid-1")), await evacuation(house)
    await scene.ordered()
    await sent(house, "order/1", kind=InformingKind.ORDER)
    reply = await me.say(text)
    assert choices(reply) == ["我平安", "我在路上或亲戚家", "收到"]
    assert "登记" in words(reply)
    assert "已经记下" in words(await me.say("1"))


@pytest.mark.parametrize("text", ["到学校怎么走？", "我女儿在学校没回来", "到镇上办社保卡"])
async def test_what_is_more_than_where_one_is_asks_nothing_of_that(house: House, text: str) -> None:
    me, scene = Talk(house, by=builders.citizen("openid-1")), await evacuation(house)
    await scene.ordered()
    await sent(house, "order/1", kind=InformingKind.ORDER)
    assert "我平安" not in choices(await me.say(text))
