"""Not sure, or not known: few choices, a way on, and staff find the question."""

from data.civic.labels import Outcome
from data.civic.talk.unanswered import Why
from tests.handlers.talking import Talk, choices, words


async def test_choices_are_few_and_none_of_them_is_the_last(talk: Talk) -> None:
    reply = await talk.say("我要补贴")
    assert reply.outcome is Outcome.CLARIFYING
    assert 2 <= len(choices(reply)) <= 4
    assert choices(reply)[-1] == "都不是"


async def test_in_care_mode_they_are_three_at_most(talk: Talk) -> None:
    assert len(choices(await talk.say("长辈版", "我要补贴"))) <= 3


async def test_every_choice_leads_to_its_matter(talk: Talk) -> None:
    release = talk.house.office().release
    for number, label in enumerate(choices(await talk.say("我要补贴"))[:-1], start=1):
        reply = await talk.say("我要补贴", str(number))
        assert reply.intent is not None
        assert release.intents[reply.intent].title == label


async def test_what_is_not_known_is_kept_once_with_why(talk: Talk) -> None:
    await talk.say("量子力学是什么")
    await talk.say("我要补贴", "都不是")
    await talk.say("转人工")
    kept = await talk.house.stores.unanswered.list(10)
    assert {one.why for one in kept} == {Why.UNKNOWN, Why.UNSURE, Why.HANDED_OVER}
    assert len(kept) == 3


async def test_a_question_about_another_city_is_not_answered_as_ours(talk: Talk) -> None:
    reply = await talk.say("北京公积金怎么提取")
    assert reply.outcome is not Outcome.ANSWERED
    assert "12345" in words(reply)


async def test_whoever_is_not_understood_is_told_the_emergency_numbers(talk: Talk) -> None:
    for text in ("量子力学是什么", "我要补贴"):
        said = words(await talk.say(text))
        assert all(number in said for number in ("110", "119", "120"))


async def test_english_that_is_no_service_question_is_told_so_in_english(talk: Talk) -> None:
    reply = await talk.say("Do I have to evacuate?")
    assert reply.outcome is Outcome.REFUSED
    assert "In danger, call 110, 119 or 120" in words(reply)
    (kept,) = await talk.house.stores.unanswered.list(10)
    assert kept.why is Why.UNKNOWN


async def test_a_cry_in_english_is_answered_in_english_too(talk: Talk) -> None:
    said = words(await talk.say("water is coming in, help!"))
    first, second = said.split("In danger now")
    assert "119" in first
    assert "call 119 (fire, rescue)" in second
    assert "In danger now" not in words(await talk.say("水进来了我妈被困"))


async def test_nobody_who_may_be_in_need_is_offered_a_choice(talk: Talk) -> None:
    for text in ("我走不动", "我走不了", "我动不了"):
        reply = await talk.say(text)
        assert reply.outcome is Outcome.ANSWERED, text
        assert "119" in words(reply)


async def test_who_is_not_safe_is_not_told_that_it_is_good_to_be(talk: Talk) -> None:
    for text in ("我没平安", "还没平安到家"):
        said = words(await talk.say(text))
        assert "您平安就好" not in said, text
        assert "119" in said
