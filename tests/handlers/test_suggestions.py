"""What the phones of the demo suggest is answered, each at once."""

import re
from pathlib import Path

import pytest

from data.civic.labels import Outcome
from tests.handlers.talking import Talk

WORDS = Path(__file__).parents[2] / "bot/demo/static/words.js"
SUGGESTED = re.findall(
    r'^  "(.+)",$', WORDS.read_text().split("SUGGESTIONS = [")[1].split("]")[0], re.MULTILINE
)
CHOOSES = "我要补贴"
"""There are many: this one shows that the assistant asks back."""


def test_there_are_suggestions() -> None:
    assert len(SUGGESTED) > 3


@pytest.mark.parametrize("text", [one for one in SUGGESTED if one != CHOOSES])
async def test_what_is_suggested_is_understood_at_once(talk: Talk, text: str) -> None:
    reply = await talk.say(text)
    assert reply.intent is not None
    assert reply.outcome not in (Outcome.REFUSED, Outcome.FAILED)


async def test_where_to_shelter_in_a_typhoon_is_answered_with_shelters(talk: Talk) -> None:
    await talk.say("什么时候可以回家")
    for one in (talk, Talk(talk.house)):
        reply = await one.say("台风来了去哪里避险")
        assert (reply.intent, reply.outcome) == ("shelter", Outcome.ANSWERED)


@pytest.mark.parametrize("text", ["怎么报平安", "怎么替我妈报平安", "收到"])
async def test_who_is_not_registered_is_told_that_registering_is_the_way(
    talk: Talk, text: str
) -> None:
    reply = await talk.say(text)
    said = str(reply.parts)
    assert "还没有记到村里" in said
    assert "给自己登记安全码" in said
    assert "这里还不能登记报平安" not in said
