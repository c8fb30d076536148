"""What a desk needs is taken from the sentence, or asked for, but not for ever."""

import pytest

from data.civic.labels import Outcome
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


async def test_after_two_hours_what_was_asked_is_forgotten(talk: Talk) -> None:
    await talk.say("查进度")
    clock = talk.house.clock
    clock.shift = clock.shift.__class__(hours=2, seconds=1)  # type: ignore[attr-defined]
    assert "最后四位" not in words(await talk.say("9999"))
