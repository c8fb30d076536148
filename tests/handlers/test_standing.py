"""What stands over a reply while a warning is in force."""

import pytest

from bot.house import House
from data.civic.knowing.sentences import PLAIN_LIMIT
from data.civic.labels import Outcome
from data.civic.sending.informing import InformingKind
from data.civic.talk.messages import MessageKind, Reply, Say
from data.civic.warning.messages import Colour
from handlers import unanswerable
from tests import builders
from tests.evacuation import evacuation
from tests.handlers.talking import Talk, choices, words
from tests.headquarters import START_IV, order, staffed_headquarters
from tests.observed import heard, relayed, sent
from tests.townsfolk import person, settled

NUMBERS = "有生命危险请立即拨打119、110或120"
NOTICE = "【红色预警】萧山区气象台发布台风预警"


@pytest.mark.parametrize("greeting", ["你好", "在吗"])
async def test_a_warning_stands_over_a_greeting(talk: Talk, greeting: str) -> None:
    await heard(talk.house)
    await relayed(talk.house)
    reply = await talk.say(greeting)
    assert words(reply).startswith(NOTICE)
    assert "便民服务助手" in words(reply)
    (first, *_) = [part for part in reply.parts if isinstance(part, Say)]
    assert first.plain.startswith("临浦镇等2处有台风红色预警。")
    assert len(first.plain) <= PLAIN_LIMIT


async def test_it_stands_over_the_welcome_of_who_comes_in(talk: Talk) -> None:
    await relayed(talk.house)
    assert words(await talk.happens("subscribe")).startswith(NOTICE)
    silent = await talk.happens("unsubscribe")
    assert (silent.outcome, silent.parts) == (Outcome.SILENT, ())


async def test_who_lives_in_another_town_is_not_alarmed(talk: Talk) -> None:
    await relayed(talk.house)
    assert "预警" not in words(await talk.say("我在进化镇", "你好"))


async def test_an_answer_is_left_as_it_is(talk: Talk) -> None:
    await relayed(talk.house)
    assert words(await talk.say("护照怎么办")).startswith("【普通护照签发】")


async def test_an_order_comes_first_and_a_response_is_told(talk: Talk) -> None:
    hq = await staffed_headquarters(talk.house)
    await hq.decided(START_IV)
    assert words(await talk.say("你好")).startswith("【四级应急响应】萧山区")
    await relayed(talk.house)
    await hq.decided(order(), "请转移。")
    text = words(await talk.say("你好"))
    assert text.startswith("【人员转移令】临浦镇有人要转移")
    assert text.index("人员转移令") < text.index(NOTICE) < text.index("四级应急响应")


@pytest.mark.parametrize(
    "text",
    [
        "风好大",
        "今天有台风吗",
        "台风走了吗",
        "雨好大",
        "台风天要准备什么",
        "走了",
        "谢谢",
        "再见",
        "嗯",
    ],
)
async def test_the_order_is_said_before_weather_thanks_and_goodbye(talk: Talk, text: str) -> None:
    hq = await staffed_headquarters(talk.house)
    await hq.decided(order(), "请转移。")
    reply = await talk.say(text)
    assert words(reply).startswith("【人员转移令】临浦镇有人要转移")
    assert words(reply).count("【人员转移令】") == 1


@pytest.mark.parametrize("text", ["👌", "我在女儿家", "已经到学校了"])
async def test_to_whom_an_order_was_sent_its_answers_are_offered(talk: Talk, text: str) -> None:
    assert "我在路上或亲戚家" not in choices(await talk.say(text))
    await settled(talk.house.stores, person(1, chat=True))
    hq = await staffed_headquarters(talk.house)
    await hq.decided(order(), "请转移。")
    await sent(talk.house, "order/1", kind=InformingKind.ORDER)
    reply = await talk.say(text)
    assert "我在路上或亲戚家" in choices(reply)
    assert "安全码" in words(await talk.say("我在路上或亲戚家"))


async def test_received_is_taken_from_the_offer_by_its_number(talk: Talk) -> None:
    await settled(talk.house.stores, person(1, chat=True))
    hq = await staffed_headquarters(talk.house)
    await hq.decided(order(), "请转移。")
    await sent(talk.house, "order/1", kind=InformingKind.ORDER)
    assert choices(await talk.say("👌")) == ["收到", "我在路上或亲戚家"]
    assert "已经记下" in words(await talk.say("1"))


@pytest.mark.parametrize("text", ["你好", "台风走了吗", "没事了吧"])
async def test_that_nobody_may_go_back_yet_is_said_first(house: House, text: str) -> None:
    me, scene = Talk(house, by=builders.citizen("openid-1")), await evacuation(house)
    lifted = await scene.ordered()
    await scene.lifted(lifted)
    assert words(await me.say(text)).startswith("【还不能回去】")
    await scene.checked(lifted)
    await scene.released(lifted)
    assert "还不能回去" not in words(await me.say(text))


@pytest.mark.parametrize("colour", [Colour.ORANGE, Colour.RED])
@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("我要补贴", Outcome.CLARIFYING),
        ("查进度", Outcome.CLARIFYING),
        ("今天股票怎么样", Outcome.REFUSED),
        ("长" * 600, Outcome.REFUSED),
    ],
)
async def test_under_orange_and_red_the_numbers_come_first(
    talk: Talk, colour: Colour, text: str, outcome: Outcome
) -> None:
    await relayed(talk.house, colour=colour)
    reply = await talk.say(text)
    assert reply.outcome is outcome
    assert words(reply).startswith(NUMBERS)


async def test_under_yellow_and_where_there_is_none_they_do_not(talk: Talk) -> None:
    assert NUMBERS not in words(await talk.say("我要补贴"))
    await relayed(talk.house, colour=Colour.YELLOW)
    assert NUMBERS not in words(await talk.say("我要补贴"))


async def test_a_picture_is_refused_with_the_numbers_first(talk: Talk) -> None:
    await relayed(talk.house)
    reply = await talk.say("", kind=MessageKind.UNREADABLE)
    assert words(reply).startswith(NUMBERS)


async def test_who_sends_too_fast_reads_the_numbers_first(talk: Talk) -> None:
    await relayed(talk.house)
    asked: Reply = await unanswerable.too_fast(talk.house.office(), silent=False)
    assert words(asked).startswith(NUMBERS)
    assert (await unanswerable.too_fast(talk.house.office(), silent=True)).parts == ()


async def test_red_stays_red_when_the_feed_falls_silent(talk: Talk) -> None:
    await heard(talk.house, minutes_ago=60)
    await relayed(talk.house, minutes_ago=50)
    await heard(talk.house, minutes_ago=40)
    assert words(await talk.say("你好")).startswith(NOTICE)
    assert words(await talk.say("我要补贴")).startswith(NUMBERS)


async def test_who_was_not_understood_is_offered_what_is_most_likely_wanted(talk: Talk) -> None:
    before = await talk.say("今天股票怎么样")
    assert "要不要转移" not in choices(before)
    await relayed(talk.house)
    unknown = await talk.say("今天股票怎么样")
    assert choices(unknown)[:2] == ["现在有什么预警", "要不要转移"]
    unsure = await talk.say("我要补贴")
    assert choices(unsure)[:2] == ["现在有什么预警", "要不要转移"]
    assert choices(unsure)[-1] == "都不是"
    assert len(choices(unsure)) <= 4
    assert words(await talk.say("今天股票怎么样", "1")).startswith(NOTICE)


async def test_the_numbers_stand_over_a_form_once_and_over_what_it_does_not_take(
    talk: Talk,
) -> None:
    await relayed(talk.house)
    assert words(await talk.say("查进度")).startswith(NUMBERS)
    assert NUMBERS not in words(await talk.say("33010920261100001"))
    assert words(await talk.say("嗯嗯嗯")).startswith(NUMBERS)


async def test_a_picture_is_offered_nothing(talk: Talk) -> None:
    await relayed(talk.house)
    assert choices(await talk.say("", kind=MessageKind.UNREADABLE)) == []
