"""Short questions whether it is over are answered by how it stands for the own village."""

import pytest

from bot.house import House
from tests import builders
from tests.evacuation import evacuation
from tests.handlers.talking import Talk, words

OVER = ("我想回家", "现在安全吗", "还用走吗", "没事了吗", "没事了吧", "好转去了伐", "可以归家未")
NEWS = ("现在什么情况", "有新通知吗", "最新通知是什么", "我该怎么办", "要我做啥")


@pytest.mark.parametrize("text", [*OVER, *NEWS])
async def test_what_is_true_for_the_own_village_is_told_before_and_after_the_return(
    house: House, text: str
) -> None:
    me, scene = Talk(house, by=builders.citizen("openid-1")), await evacuation(house)
    order = await scene.ordered()
    assert "【人员转移令】" in words(await me.say(text))
    await scene.lifted(order)
    assert "【还不能回去】" in words(await me.say(text))
    await scene.checked(order)
    await scene.released(order)
    assert "【可以返回】" in words(await me.say(text))


@pytest.mark.parametrize("text", ["预警解除了吗", "码是绿的能回家吗", "户口能回迁吗"])
async def test_what_asks_for_something_else_is_that(house: House, text: str) -> None:
    me, scene = Talk(house, by=builders.citizen("openid-1")), await evacuation(house)
    await scene.lifted(await scene.ordered())
    assert (await me.say(text)).intent != "evacuation"


@pytest.mark.parametrize("text", ["没事了吧", "我想回家"])
async def test_where_nobody_had_to_leave_nothing_of_it_is_said(talk: Talk, text: str) -> None:
    assert "返回】" not in words(await talk.say(text))
