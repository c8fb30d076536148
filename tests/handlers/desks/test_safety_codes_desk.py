"""My safety code in the chat: digits for who is registered, the answer as before for all others."""

import re

from data.civic.knowing.sentences import PLAIN_LIMIT
from data.civic.talk.messages import Say
from tests import builders
from tests.handlers.talking import Talk, words
from tests.townsfolk import person, settled


async def test_who_is_registered_is_told_the_digits(talk: Talk) -> None:
    await settled(talk.house.stores, person(1, chat=True))
    talk.by = builders.citizen("openid-1")
    reply = await talk.say("打开安全码")
    assert re.search(r"居\*1的安全码数字：\d{4} \d{4} \d{4}", words(reply))
    assert "12345" in words(reply)
    says = [part for part in reply.parts if isinstance(part, Say)]
    assert all(len(one.plain) <= PLAIN_LIMIT for one in says)
    assert "{" not in "".join(one.full + one.plain + one.spoken for one in says)


async def test_who_is_not_registered_is_told_that_nobody_knows(talk: Talk) -> None:
    text = words(await talk.say("打开安全码"))
    assert "灰色：我们不知道" in text
    assert "12345" in text


async def test_a_question_about_colours_shows_no_code(talk: Talk) -> None:
    await settled(talk.house.stores, person(1, chat=True))
    talk.by = builders.citizen("openid-1")
    assert "安全码数字" not in words(await talk.say("安全码颜色什么意思"))
