"""Which questions are kept for staff, with what was asked, said and thought."""

from dataclasses import replace

import pytest

from bot.first_release import Shipped
from bot.house import House
from data.civic.ids import IntentId
from data.civic.labels import Outcome
from data.civic.talk.groups import Wanted
from data.civic.talk.messages import Reply, Turn
from data.civic.talk.unanswered import UnansweredQuestion, Why
from handlers.desk import Desk
from handlers.office import Office
from tests.conftest import Build
from tests.handlers.talking import Talk, choices, words


async def kept(house: House) -> list[UnansweredQuestion]:
    return list(await house.stores.unanswered.list(10))


@pytest.mark.parametrize("complaint", ["没用", "没有用！", "答非所问", "没解决问题"])
async def test_who_says_no_use_marks_the_answer_and_its_question(
    talk: Talk, complaint: str
) -> None:
    await talk.say("护照怎么办")
    reply = await talk.say(complaint)
    assert reply.outcome is Outcome.SIGNPOSTED
    assert "12345" in words(reply)
    (one,) = await kept(talk.house)
    assert (one.text, one.why, one.guess, one.guide) == (
        "护照怎么办",
        Why.USELESS,
        "passport",
        "passport",
    )
    assert "护照" in one.answer


async def test_the_question_is_the_one_before_the_choices(talk: Talk) -> None:
    picked = choices(await talk.say("我要补贴"))[0]
    await talk.say("1")
    await talk.say("没用")
    (one,) = await kept(talk.house)
    intents = talk.house.office().release.intents
    assert one.text == "我要补贴"
    assert one.guess is not None
    assert intents[one.guess].title == picked


async def test_who_says_it_twice_is_counted_once(talk: Talk) -> None:
    await talk.say("护照怎么办", "没用")
    assert (await talk.say("没有用")).outcome is Outcome.SIGNPOSTED
    assert len(await kept(talk.house)) == 1


async def test_without_an_answer_before_it_is_a_message_like_any_other(talk: Talk) -> None:
    await talk.say("没用")
    assert Why.USELESS not in {one.why for one in await kept(talk.house)}


async def test_who_wants_a_human_is_kept_with_what_was_asked_before(talk: Talk) -> None:
    await talk.say("护照怎么办", "没用", "转人工")
    whys = {one.why: one for one in await kept(talk.house)}
    assert whys[Why.HANDED_OVER].text == "护照怎么办"
    (group,) = await talk.house.stores.question_groups.list(Wanted(), limit=5)
    assert (group.count, group.reasons) == (2, {Why.USELESS: 1, Why.HANDED_OVER: 1})


async def test_what_is_not_known_is_kept_with_what_was_said_and_thought(talk: Talk) -> None:
    await talk.say("量子力学是什么")
    (one,) = await kept(talk.house)
    assert one.guess is not None
    assert one.runner_up is not None
    assert one.confidence >= one.runner_up_confidence > 0
    assert one.answer
    assert one.release == talk.house.office().release.id


async def test_what_none_of_the_choices_meant_is_kept_with_the_choices(talk: Talk) -> None:
    offered = choices(await talk.say("我要补贴"))
    await talk.say("都不是")
    (one,) = await kept(talk.house)
    assert (one.text, one.why) == ("我要补贴", Why.UNSURE)
    assert all(label in one.answer for label in offered)


async def test_an_answer_with_hardly_a_lead_is_kept_and_a_clear_one_is_not(
    build: Build, shipped: Shipped
) -> None:
    limits = replace(shipped.release.rules.thresholds, narrow=10.0)
    release = replace(shipped.release, rules=replace(shipped.release.rules, thresholds=limits))
    wary = build(shipped=replace(shipped, release=replace(release, id="wary")))
    assert (await Talk(wary).say("护照怎么办")).outcome is Outcome.ANSWERED
    (one,) = await kept(wary)
    assert (one.why, one.guess, one.guide) == (Why.LOW_MARGIN, "passport", "passport")


async def test_a_clear_answer_is_not_kept(talk: Talk) -> None:
    await talk.say("护照怎么办", "身份证丢了怎么补", "谢谢")
    assert await kept(talk.house) == []


async def test_what_failed_is_kept(build: Build) -> None:
    failing = Desk("failing")

    @failing.on("passport")
    async def fail(turn: Turn, office: Office) -> Reply:
        raise ZeroDivisionError

    house = build(extra_desks=(failing,))
    assert (await Talk(house).say("护照怎么办")).outcome is Outcome.FAILED
    (one,) = await kept(house)
    assert (one.why, one.guess) == (Why.FAILED, IntentId("passport"))


async def test_numbers_are_kept_masked_everywhere(talk: Talk) -> None:
    await talk.say("我13812345678要问量子力学")
    (one,) = await kept(talk.house)
    (group,) = await talk.house.stores.question_groups.list(Wanted(), limit=5)
    for text in (one.text, one.gist, one.answer, group.samples[0].text, group.gist):
        assert "13812345678" not in text
        assert "12345678" not in text
