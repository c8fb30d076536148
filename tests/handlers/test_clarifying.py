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
