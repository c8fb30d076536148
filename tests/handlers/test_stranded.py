"""Who has no car, or cannot leave, while there is danger."""

import pytest

from bot.house import House
from data.civic.warning.messages import Colour
from tests import builders
from tests.evacuation import evacuation
from tests.handlers.talking import Talk, words
from tests.observed import relayed

STRANDED = (
    "没有车",
    "我没有车",
    "我想走，可是没车",
    "没车走不了",
    "车坏了走不了",
    "没有车怎么走",
    "不能自己走的",
    "腿脚不好走不了",
    "没车去不了安置点",
    "家里没车怎么办",
)
ERRANDS = (
    "没车能不能办驾照",
    "没有车可以申请补贴吗",
    "我病了请假工资怎么算",
    "网站上不去",
    "没车位怎么停车",
    "腿疼挂哪个科",
)


async def _cases(house: House) -> int:
    return len(await house.stores.duty_calls.unseen(100))


@pytest.mark.parametrize("text", STRANDED)
async def test_in_a_red_warning_who_is_in_no_roster_and_has_no_car_is_helped(
    talk: Talk, text: str
) -> None:
    await relayed(talk.house, colour=Colour.RED)
    before = await _cases(talk.house)
    reply = await talk.say(text)
    assert reply.intent == "need_help"
    assert "119" in words(reply)
    assert await _cases(talk.house) == before + 1


@pytest.mark.parametrize("who", ["openid-1", "openid-9"])
async def test_under_an_order_who_has_no_car_is_helped_registered_or_not(
    house: House, who: str
) -> None:
    await (await evacuation(house)).ordered()
    before = await _cases(house)
    assert (await Talk(house, by=builders.citizen(who)).say("没有车")).intent == "need_help"
    assert await _cases(house) == before + 1


async def test_after_a_question_about_warnings_it_is_no_more_of_that_topic(talk: Talk) -> None:
    await relayed(talk.house, colour=Colour.RED)
    assert (await talk.say("现在有什么预警", "我没有车")).intent == "need_help"


@pytest.mark.parametrize("text", ERRANDS)
async def test_in_a_warning_an_errand_stays_an_errand(talk: Talk, text: str) -> None:
    await relayed(talk.house, colour=Colour.RED)
    before = await _cases(talk.house)
    assert (await talk.say(text)).intent != "need_help"
    assert await _cases(talk.house) == before


@pytest.mark.parametrize("text", ["没有车", "我没有车", "我想走，可是没车"])
async def test_in_a_quiet_time_it_calls_nobody(talk: Talk, text: str) -> None:
    await talk.say(text)
    assert await _cases(talk.house) == 0
