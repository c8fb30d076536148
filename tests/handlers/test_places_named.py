"""A place in a sentence swallows neither its question nor its cry, and is not thereby one's own."""

import pytest

from bot.house import House
from data.civic.ids import AreaCode
from data.civic.warning.decisions import IssueOrder
from data.civic.warning.orders import Tier
from tests import builders
from tests.bulletins import JINHUA, LINPU, VILLAGE
from tests.handlers.talking import Talk, words
from tests.headquarters import staffed_headquarters
from tests.observed import heard
from tests.townsfolk import person, settled

NOTED = "您想办什么事"
ORDER = "【人员转移令】"
MOTHER = "我妈在进化镇有没有预警"


async def ordered(house: House, area: AreaCode = VILLAGE) -> None:
    """Order all of an area to leave; one citizen is on the roster of the village."""
    await settled(house.stores, person(1, chat=True, village=VILLAGE))
    await heard(house)
    hq = await staffed_headquarters(house)
    tier = Tier(areas=(area,), deadline=builders.now().replace(hour=23))
    await hq.decided(IssueOrder(tiers=(tier,)), "请按村里安排转移。")


@pytest.mark.parametrize(
    "text",
    [
        *("苎萝村要转移吗", "苎萝村现在有什么预警", "苎萝村预警", "我在苎萝村走不了", "苎萝村塌了"),
        *("苎萝村被淹了", "临浦要不要撤", "苎萝村可以回家吗", "苎萝村停电了"),
    ],
)
async def test_naming_the_place_swallows_nothing(talk: Talk, text: str) -> None:
    assert NOTED not in words(await talk.say(text))


async def test_a_place_with_its_group_is_still_noted(talk: Talk) -> None:
    assert NOTED in words(await talk.say("苎萝村3组12号"))
    assert (await talk.standing()).area == VILLAGE


async def test_the_order_for_a_village_is_told_to_who_names_it(talk: Talk) -> None:
    await ordered(talk.house)
    stranger = Talk(talk.house, by=builders.citizen("openid-9"))
    assert words(await stranger.say("苎萝村要转移吗")).startswith(ORDER)


@pytest.mark.parametrize("before", [MOTHER, "进化镇安置点在哪", "我妈住在进化镇要不要转移"])
@pytest.mark.parametrize("question", ["要不要转移", "现在有什么预警"])
async def test_the_mother_s_town_is_not_one_s_own(talk: Talk, before: str, question: str) -> None:
    await ordered(talk.house)
    text = words(await talk.say(before, question))
    assert ORDER in text
    assert (await talk.standing()).area is None


async def test_where_one_says_to_be_hides_no_order_to_the_home(talk: Talk) -> None:
    await ordered(talk.house)
    assert ORDER in words(await talk.say("我在进化镇", "要不要转移"))
    assert (await talk.standing()).area == JINHUA


async def test_nor_is_an_order_hidden_where_one_says_to_be(talk: Talk) -> None:
    await ordered(talk.house, JINHUA)
    assert ORDER not in words(await talk.say("要不要转移"))
    assert ORDER in words(await talk.say("我在进化镇", "要不要转移"))


async def test_of_a_place_without_an_order_nothing_is_said_of_one_s_own_home(talk: Talk) -> None:
    await ordered(talk.house)
    text = words(await talk.say("我妈在进化镇要不要转移"))
    assert ORDER not in text
    assert "您家" not in text


async def test_a_matter_keeps_its_place_and_the_next_one_has_its_own(talk: Talk) -> None:
    reply = await talk.say("老人高龄补贴在临浦怎么办", "多久？", "在哪办？")
    assert reply.source is not None
    assert reply.source.area == LINPU
    reply = await talk.say("高龄补贴怎么办")
    assert reply.source is not None
    assert reply.source.area == "330109"


async def test_a_complaint_keeps_the_place_that_was_named_for_it(talk: Talk) -> None:
    await talk.say("我要投诉进化镇的工地", "投诉举报建议")
    await talk.say("每天夜里两点还在施工，吵得全家睡不着觉")
    (ticket,) = await talk.house.stores.tickets.unfinished(limit=2)
    assert ticket.area == JINHUA


async def test_what_comes_in_between_is_not_asked_of_that_place(talk: Talk) -> None:
    await ordered(talk.house)
    assert ORDER in words(await talk.say("我要投诉进化镇的工地", "要不要转移"))
