"""What a citizen is told of warnings: quoted, with issuer and time; silence is no quiet sky."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.house import House
from data.civic.calendar import local
from data.civic.ids import AreaCode
from data.civic.knowing.sentences import PLAIN_LIMIT
from data.civic.risks import RiskTag
from data.civic.talk.messages import Reply, Say
from data.civic.warning.decisions import IssueOrder
from data.civic.warning.messages import Colour
from data.civic.warning.orders import Tier
from handlers.acts.open_event import open_event
from handlers.acts.relay import relay
from tests import builders
from tests.bulletins import FEED, LINPU, VILLAGE, arrival, message
from tests.evacuation import evacuation
from tests.handlers.talking import Talk, choices, words
from tests.headquarters import NOTICE, START_IV, order, staffed_headquarters
from tests.observed import heard, relayed
from tests.townsfolk import VILLAGE as OWN_VILLAGE
from tests.townsfolk import person, settled

QUESTION = "现在有什么预警"
NEVER = ("当前无预警", "没有预警", "没有正在生效")


def unclaimed(text: str) -> bool:
    """Say whether a text claims nowhere that there is no warning."""
    told = text.replace("不等于没有", "").replace("有没有", "")
    return not any(one in told for one in NEVER)


def all_versions(reply: Reply) -> str:
    says = [part for part in reply.parts if isinstance(part, Say)]
    return "\n".join(text for one in says for text in (one.full, one.plain, one.spoken))


def plain_enough(reply: Reply) -> bool:
    return all(len(one.plain) <= PLAIN_LIMIT for one in reply.parts if isinstance(one, Say))


async def test_a_warning_is_quoted_with_issuer_time_areas_and_end(talk: Talk) -> None:
    await heard(talk.house)
    await relayed(talk.house)
    reply = await talk.say("临浦现在有什么预警")
    text = words(reply)
    assert text.startswith("【红色预警】萧山区气象台发布台风预警\n发布单位：萧山区气象台\n")
    sent = local(builders.now() - timedelta(minutes=1))
    assert f"{sent.year}年{sent.month}月{sent.day}日" in text
    assert "地区：临浦镇\n有效到：" in text.replace("临浦镇、浦阳镇", "临浦镇")
    assert "风力可达10级以上。\n人员撤离低洼地。" in text
    assert "更新" not in text
    (says, *_) = [part for part in reply.parts if isinstance(part, Say)]
    assert "红色预警" in says.plain
    assert "红色预警" in says.spoken
    assert plain_enough(reply)


async def test_another_town_is_not_told_of_it(talk: Talk) -> None:
    await heard(talk.house)
    await relayed(talk.house)
    text = words(await talk.say("进化镇现在有什么预警"))
    assert "红色" not in text
    assert "进化镇没有正在生效的预警" in text


async def test_the_worst_comes_first_and_more_than_three_are_counted(talk: Talk) -> None:
    await heard(talk.house)
    colours = (Colour.BLUE, Colour.YELLOW, Colour.RED, Colour.ORANGE)
    for number, colour in enumerate(colours, start=1):
        await relayed(talk.house, number, colour=colour)
    text = words(await talk.say(QUESTION))
    assert text.index("【红色预警】") < text.index("【橙色预警】") < text.index("【黄色预警】")
    assert "【蓝色预警】" not in text
    assert "另外还有1条预警" in text


@pytest.mark.parametrize("question", [QUESTION, "预警解除了吗", "台风到哪里了", "浦阳江水位多少了"])
async def test_without_a_feed_nobody_says_that_there_is_none(talk: Talk, question: str) -> None:
    reply = await talk.say(question)
    assert unclaimed(all_versions(reply))
    assert "12345" in words(reply)


@pytest.mark.parametrize("question", [QUESTION, "预警解除了吗", "台风到哪里了", "浦阳江水位多少了"])
async def test_a_silent_feed_is_told_with_the_time_it_was_heard(talk: Talk, question: str) -> None:
    last = local(await heard(talk.house, minutes_ago=16))
    reply = await talk.say(question)
    assert unclaimed(all_versions(reply))
    assert f"从{last.month}月{last.day}日{last:%H:%M}起，没有再收到预警信息的更新" in words(reply)
    assert "12345" in words(reply)
    assert plain_enough(reply)


async def test_a_feed_that_was_never_heard_is_told_so(talk: Talk) -> None:
    await talk.house.stores.feeds.configure([FEED], builders.now())
    reply = await talk.say(QUESTION)
    assert unclaimed(all_versions(reply))
    assert "一次都没有收到过" in words(reply)


async def test_what_is_in_force_is_told_in_silence_too(talk: Talk) -> None:
    await heard(talk.house, minutes_ago=40)
    await relayed(talk.house)
    await heard(talk.house, minutes_ago=30)
    text = words(await talk.say(QUESTION))
    assert text.startswith("【红色预警】")


async def test_where_the_typhoon_is_quotes_the_bulletin_alone(talk: Talk) -> None:
    await heard(talk.house)
    await relayed(talk.house, 1, colour=Colour.ORANGE)
    await relayed(talk.house, 2, colour=Colour.RED, event="暴雨")
    text = words(await talk.say("台风到哪里了"))
    assert text.startswith("【橙色预警】萧山区气象台发布台风预警")
    assert "暴雨" not in text
    assert "中央气象台" in text
    rain = words(await talk.say("哪些路积水不能走"))
    assert rain.startswith("【红色预警】萧山区气象台发布暴雨预警")
    assert "台风" not in rain


async def test_no_bulletin_of_a_typhoon_is_said_only_while_the_feed_is_heard(talk: Talk) -> None:
    await heard(talk.house)
    assert "没有正在生效的台风预警" in words(await talk.say("台风到哪里了"))


async def test_no_typhoon_is_no_quiet_sky_while_another_warning_stands(talk: Talk) -> None:
    await heard(talk.house)
    await relayed(talk.house, colour=Colour.RED, event="暴雨")
    text = words(await talk.say("今天有台风吗"))
    assert text.startswith("【红色预警】萧山区气象台发布暴雨预警")
    assert text.index("【红色预警】") < text.index("没有正在生效的台风预警")


async def test_a_topic_is_told_behind_what_is_in_force(talk: Talk) -> None:
    await heard(talk.house)
    await relayed(talk.house)
    text = words(await talk.say("预警颜色什么意思"))
    assert text.startswith("【红色预警】")
    assert "蓝、黄、橙、红" in text
    assert "看不到" not in text


async def test_the_county_s_response_is_told(talk: Talk) -> None:
    await heard(talk.house)
    hq = await staffed_headquarters(talk.house)
    await hq.decided(START_IV)
    assert "【四级应急响应】萧山区" in words(await talk.say("现在是几级响应"))


async def test_an_order_is_told_with_who_must_leave_by_when_and_whom_to_ask(talk: Talk) -> None:
    hq = await staffed_headquarters(talk.house)
    await hq.decided(order(), "请按村里安排转移。")
    reply = await talk.say("临浦要不要转移")
    text = words(reply)
    assert text.startswith("【人员转移令】临浦镇\n")
    assert "转移对象：临浦镇，全体人员；最迟：" in text
    assert "请按村里安排转移。" in text
    assert "您家在不在里面，请马上问村（社区）干部，或拨打12345" in text
    assert "暂时查不到转移要求" not in text
    assert plain_enough(reply)


async def test_somebody_registered_whom_the_order_means_is_told_so(talk: Talk) -> None:
    await settled(talk.house.stores, person(1, chat=True, tags=frozenset({RiskTag.LOW_LYING})))
    hq = await staffed_headquarters(talk.house)
    low = frozenset({RiskTag.LOW_LYING})
    tier = Tier(areas=(LINPU,), tags=low, deadline=builders.now() + timedelta(hours=3))
    await hq.decided(IssueOrder(tiers=(tier,)), "请按村里安排转移。")
    text = words(await talk.say("要不要转移"))
    assert text.startswith("【人员转移令】按名册，您要转移，最迟")
    stranger = Talk(talk.house, by=builders.citizen("openid-9"))
    assert "您要转移" not in words(await stranger.say("要不要转移"))
    assert "低洼地住户" in words(await stranger.say("要不要转移"))


@pytest.mark.parametrize("question", ["可以回家了吗", "什么时候能回家"])
async def test_going_back_is_told_as_it_stands_for_the_own_village(
    house: House, question: str
) -> None:
    me, scene = Talk(house, by=builders.citizen("openid-1")), await evacuation(house)
    order_id = await scene.ordered()
    await scene.lifted(order_id)
    assert "【还不能回去】" in words(await me.say(question))
    await scene.checked(order_id)
    await scene.released(order_id)
    reply = await me.say(question)
    text = words(reply)
    assert text.startswith("【可以返回】苎萝村")
    assert "可以返回。" in text
    assert "不要自己回去" not in text
    assert plain_enough(reply)
    elsewhere = words(await me.say("进化镇可以回家了吗"))
    assert "【可以返回】" not in elsewhere
    await scene.ordered()
    assert "【可以返回】" not in words(await me.say(question, place=OWN_VILLAGE))


async def test_without_an_order_it_is_said_who_decides(talk: Talk) -> None:
    assert "由当地政府和村（社区）通知" in words(await talk.say("要不要转移"))


async def test_a_notice_of_the_county_answers_what_is_closed(talk: Talk) -> None:
    hq = await staffed_headquarters(talk.house)
    await hq.decided(NOTICE, "明天全区停课一天。")
    text = words(await talk.say("临浦明天停课吗"))
    assert text.startswith("【通知】停课通知\n")
    assert "明天全区停课一天。" in text
    assert "查不到不等于照常" in text
    elsewhere = words(await talk.say("进化镇明天停课吗"))
    assert "停课一天" not in elsewhere


async def test_a_drill_is_told_to_nobody(house: House, talk: Talk) -> None:
    await heard(house)
    hq = await staffed_headquarters(house)
    event = await open_event(hq.office, hq.li, name="演练", areas=[AreaCode("330109")], drill=True)
    await hq.decided(order(), "【演练】请转移。", event=event)
    assert "演练" not in words(await talk.say(QUESTION))
    assert "演练" not in words(await talk.say("你好"))


async def test_who_is_registered_need_not_name_the_village(talk: Talk) -> None:
    await settled(talk.house.stores, person(1, chat=True, village=VILLAGE))
    await heard(talk.house)
    await relayed(talk.house, where="浦阳镇")
    assert "红色" not in words(await talk.say(QUESTION))


async def test_topics_and_other_questions_can_be_tapped(talk: Talk) -> None:
    await heard(talk.house)
    assert len(choices(await talk.say(QUESTION))) == 4


@pytest.mark.parametrize(
    ("event", "question"),
    [
        ("台风", "临浦现在有什么预警"),
        ("台风", "台风到哪里了"),
        ("暴雨", "哪里积水了"),
    ],
)
async def test_what_has_run_out_is_not_taken_for_all_clear(
    talk: Talk, event: str, question: str
) -> None:
    await heard(talk.house)
    await relayed(talk.house, event=event, minutes_ago=30, hours=0.25)
    reply = await talk.say(question)
    text = all_versions(reply)
    assert "到期不等于没有危险" in text
    assert f"萧山区气象台发布{event}预警" in text
    assert unclaimed(text)
    assert plain_enough(reply)


@pytest.mark.parametrize("question", [QUESTION, "预警解除了吗", "台风到哪里了"])
async def test_a_message_that_waits_for_the_duty_officer_is_no_quiet_sky(
    talk: Talk, question: str
) -> None:
    await heard(talk.house)
    await relayed(talk.house, where="不知道哪里镇")
    reply = await talk.say(question)
    assert unclaimed(all_versions(reply))
    assert "还没有核实清楚" in words(reply)
    assert plain_enough(reply)


async def test_a_warning_that_takes_effect_later_is_quoted_with_when_it_does(talk: Talk) -> None:
    await heard(talk.house)
    begins = builders.now() + timedelta(hours=2)
    one = replace(message(start=builders.now()), effective=begins)
    await relay(talk.house.office(), FEED, arrival(one))
    for question in (QUESTION, "台风到哪里了"):
        reply = await talk.say(question)
        assert unclaimed(all_versions(reply))
        assert f"{local(begins):%H:%M}（还没有到）" in words(reply)
        assert plain_enough(reply)
