"""What a desk needs is taken from the sentence, or asked for, but not for ever."""

import pytest

from data.civic.labels import Outcome
from data.civic.safety.hazards import HazardKind
from data.civic.talk.tickets import TicketKind
from handlers.acts.report_hazard import find_own
from tests import builders
from tests.handlers.talking import Talk, words


async def test_only_what_is_missing_is_asked_for(talk: Talk) -> None:
    reply = await talk.say("查进度，编号33010920261100001")
    assert "最后四位" in words(reply)
    assert "没有查到" in words(await talk.say("9999"))


async def test_what_is_not_understood_is_asked_again_twice_and_then_given_up(talk: Talk) -> None:
    await talk.say("查进度")
    for _ in range(2):
        again = await talk.say("嗯嗯啊啊")
        assert again.outcome is Outcome.CLARIFYING
        assert "请再说一次" in words(again)
    given_up = await talk.say("嗯嗯啊啊")
    assert (given_up.outcome, "12345" in words(given_up)) == (Outcome.SIGNPOSTED, True)
    assert (await talk.standing()).awaited is None


@pytest.mark.parametrize("word", ["算了", "取消", "不办了", "算了。", " 取消 "])
async def test_one_can_leave_it(talk: Talk, word: str) -> None:
    reply = await talk.say("查进度", word)
    assert "先放下" in words(reply)
    assert (await talk.standing()).awaited is None


async def test_another_matter_in_between_is_answered(talk: Talk) -> None:
    reply = await talk.say("查进度", "护照怎么办")
    assert reply.intent == "passport"


async def test_both_answers_may_come_at_once(talk: Talk) -> None:
    reply = await talk.say("查进度", "33010920261100001，后四位9999")
    assert "没有查到" in words(reply)


@pytest.mark.parametrize("digits", ["一二三四", "壹贰叁肆", "1 2 3 4", "九九九九"])
async def test_the_last_four_are_taken_as_they_are_said(talk: Talk, digits: str) -> None:
    assert "没有查到" in words(await talk.say("查进度", "33010920261100001", digits))


async def test_who_has_forgotten_the_last_four_is_told_how_to_go_on(talk: Talk) -> None:
    told = words(await talk.say("查进度", "33010920261100001", "忘了"))
    assert "忘了是哪个号" in told
    assert "12345" in told


async def test_after_two_hours_what_was_asked_is_forgotten(talk: Talk) -> None:
    await talk.say("查进度")
    clock = talk.house.clock
    clock.shift = clock.shift.__class__(hours=2, seconds=1)  # type: ignore[attr-defined]
    assert "最后四位" not in words(await talk.say("9999"))


@pytest.mark.parametrize(
    "word", ["返回", "上一步", "打错了", "不报了", "算了，不投诉了", "打错了 算了", "我不投诉了！"]
)
async def test_a_whole_text_that_takes_it_back_is_none(talk: Talk, word: str) -> None:
    assert "先放下" in words(await talk.say("我要投诉", word))
    assert await talk.house.stores.tickets.unfinished(9) == []


@pytest.mark.parametrize("form", ["我要投诉", "我要上报险情"])
@pytest.mark.parametrize(
    "said", ["要不要转移", "现在有什么预警", "最近的安置点在哪", "怎么登记安全码", "护照怎么办"]
)
async def test_a_question_is_no_whole_text(talk: Talk, form: str, said: str) -> None:
    alone = await Talk(talk.house, by=builders.citizen("other")).say(said)
    assert words(await talk.say(form, said)) == words(alone)
    assert await talk.house.stores.tickets.unfinished(9) == []


@pytest.mark.parametrize("said", ["走不动来接我", "来人接我们"])
async def test_a_cry_in_the_place_of_a_complaint_is_a_cry(talk: Talk, said: str) -> None:
    assert "119" in words(await talk.say("我要投诉", said))
    (ticket,) = await talk.house.stores.tickets.unfinished(9)
    assert ticket.kind is TicketKind.DANGER


@pytest.mark.parametrize("said", ["物业乱收费", "垃圾没人收", "安置点没有水喝", "楼上邻居天天装修"])
async def test_a_short_complaint_is_taken(talk: Talk, said: str) -> None:
    assert "已经登记" in words(await talk.say("我要投诉", said))
    (ticket,) = await talk.house.stores.tickets.unfinished(9)
    assert ticket.text == said


async def test_who_does_not_know_how_to_say_it_is_asked_again(talk: Talk) -> None:
    asked = words(await talk.say("我要投诉", "我不晓得怎么说"))
    assert "请再说一次" in asked
    assert "说一说" in asked


async def test_the_first_words_of_a_hazard_are_kept(talk: Talk) -> None:
    await talk.say("后山有裂缝")
    assert "险情隐患已经登记" in words(await talk.say("在苎萝村"))
    report = await find_own(talk.house.office(), talk.by.id, None)
    assert report is not None
    assert (report.report.text, report.report.kind) == ("后山有裂缝\n在苎萝村", HazardKind.SLOPE)


async def test_a_question_in_between_loses_no_hazard(talk: Talk) -> None:
    await talk.say("路塌了", "要不要转移", "临浦镇苎萝村口，车过不去")
    report = await find_own(talk.house.office(), talk.by.id, None)
    assert report is not None
    assert report.report.text.startswith("路塌了\n")
