"""Journey 1: somebody asks how to get the allowance for the old in Linpu, and asks back."""

import re

import pytest

from data.civic.ids import AreaCode
from data.civic.knowing.guides import ElementName, elements_for
from tests.journeys.county import County
from tests.journeys.phones import MiniProgramPhone, choices_in

QUESTION = "老人高龄补贴在临浦怎么办"
LINPU = "330109105"


@pytest.fixture
async def mini(county: County) -> MiniProgramPhone:
    return await county.mini()


async def test_the_guide_of_the_town_is_shown_with_all_that_one_must_know(
    county: County, mini: MiniProgramPhone
) -> None:
    answer = await mini.ask(QUESTION)
    guide = county.office.release.guides["elderly_allowance"]
    assert answer.body["intent"] == "elderly_allowance"
    assert answer.body["source"] == {"guide": guide.id, "version": guide.version, "area": LINPU}
    here = elements_for(guide, area=AreaCode(LINPU), situation=None)
    for name in ("duration", "visits", "fee", "place", "phone"):
        assert here[ElementName(name)].text in answer.text
    for number, material in enumerate(here[ElementName.MATERIALS].items, start=1):
        assert f"{number}. {material.name}" in answer.text
    assert f"{here[ElementName.DURATION].promised_days}个工作日" in answer.text
    assert "临浦镇便民服务中心" in answer.text
    assert "12345" in answer.text
    assert f"指南版本：{guide.version}；适用地区：萧山区临浦镇" in answer.text


async def test_every_channel_says_the_same_of_the_same_version(county: County) -> None:
    service = await (await county.wechat()).ask(QUESTION)
    in_wechat = await (await county.mini("wechat")).ask(QUESTION)
    in_alipay = await (await county.mini("alipay")).ask(QUESTION)
    assert in_wechat.body["parts"] == in_alipay.body["parts"]
    assert in_wechat.version == in_alipay.version
    assert service == in_wechat.as_plain_text


async def test_one_asks_on_without_naming_the_matter_again(mini: MiniProgramPhone) -> None:
    await mini.ask(QUESTION)
    duration = await mini.ask("多久？")
    place = await mini.ask("在哪办？")
    proxy = await mini.ask("我老婆能代办吗？")
    assert [one.body["aspect"] for one in (duration, place, proxy)] == [
        "duration",
        "place",
        "proxy",
    ]
    for answer in (duration, place, proxy):
        assert answer.body["intent"] == "elderly_allowance"
        assert answer.body["source"]["area"] == LINPU
    assert "10个工作日" in duration.text
    assert "临浦镇便民服务中心" in place.text
    assert "可以代办" in proxy.text


async def test_one_asks_on_in_the_chat_of_the_service_account(county: County) -> None:
    phone = await county.wechat()
    await phone.ask(QUESTION)
    assert "10个工作日" in await phone.ask("多久？")


async def test_another_matter_is_another_matter(mini: MiniProgramPhone) -> None:
    await mini.ask(QUESTION)
    passport = await mini.ask("护照怎么办")
    fee = await mini.ask("多少钱一本？")
    assert passport.body["intent"] == "passport"
    assert (fee.body["intent"], fee.body["aspect"]) == ("passport", "fee")


async def test_a_short_question_of_its_own_is_no_follow_up(mini: MiniProgramPhone) -> None:
    await mini.ask(QUESTION)
    newborn = await mini.ask("生了个宝宝要办哪些手续")
    assert newborn.body["intent"] == "newborn_bundle"


async def test_a_place_named_later_changes_the_answer(mini: MiniProgramPhone) -> None:
    in_county = await mini.ask("老人高龄补贴怎么办")
    in_town = await mini.ask("临浦的呢")
    assert in_county.body["source"]["area"] == "330109"
    assert in_town.body["source"]["area"] == LINPU
    assert "临浦镇便民服务中心" in in_town.text


async def test_a_village_is_shown_the_guide_of_its_town(mini: MiniProgramPhone) -> None:
    answer = await mini.ask("高龄补贴怎么办", place=LINPU + "200")
    assert "临浦镇便民服务中心民政窗口" in answer.text


async def test_what_is_offered_next_can_be_tapped(mini: MiniProgramPhone) -> None:
    answer = await mini.ask(QUESTION)
    assert 1 <= len(answer.choices) <= 4
    for choice in answer.choices:
        tapped = await mini.ask(choice)
        assert tapped.body["intent"] == "elderly_allowance", choice
        assert tapped.outcome == "answered"
        await mini.ask(QUESTION)


async def test_a_number_in_the_chat_picks_what_is_offered(county: County) -> None:
    phone = await county.wechat()
    offered = choices_in(await phone.ask(QUESTION))
    answer = await phone.ask("1")
    assert answer.startswith(f"【高龄津贴】{offered[0]}")


async def test_the_answer_can_be_read_again(mini: MiniProgramPhone) -> None:
    answer = await mini.ask(QUESTION)
    lines = await mini.history()
    assert [line["from"] for line in lines] == ["citizen", "assistant"]
    assert lines[0]["text"] == QUESTION
    assert lines[1]["parts"] == answer.body["parts"]


async def test_no_placeholder_and_no_braces_are_ever_left_over(mini: MiniProgramPhone) -> None:
    answer = await mini.ask(QUESTION)
    assert not re.search(r"[{}]", str([part.get("text") for part in answer.body["parts"]]))
