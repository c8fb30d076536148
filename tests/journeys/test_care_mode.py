"""Care mode: short sentences, few choices, and always the way to a human."""

import pytest

from data.civic.knowing.sentences import PLAIN_LIMIT
from tests.journeys.county import County
from tests.journeys.phones import MiniProgramPhone, choices_in

FOOTER = "要找人，请说“人工”，或打12345。"
QUESTION = "老人高龄补贴在临浦怎么办"


@pytest.fixture
async def mini(county: County) -> MiniProgramPhone:
    phone = await county.mini()
    await phone.ask("长辈版")
    return phone


async def test_it_is_on_from_the_first_word_and_off_at_ones_word(mini: MiniProgramPhone) -> None:
    assert (await mini.ask("你好")).body["care"] is True
    off = await mini.ask("退出长辈版")
    assert off.body["care"] is False
    assert FOOTER not in off.text
    assert FOOTER not in (await mini.ask("你好")).text


@pytest.mark.parametrize(
    "text",
    [QUESTION, "我要补贴", "查进度", "你好", "我要投诉", "刚生了孩子要办什么", "乱七八糟的话"],
)
async def test_every_answer_is_plain_with_few_choices_and_the_footer(
    mini: MiniProgramPhone, text: str
) -> None:
    answer = await mini.ask(text)
    says = [part for part in answer.body["parts"] if part["kind"] == "say"]
    assert len(answer.choices) <= 3
    assert says[-1]["text"] == FOOTER
    assert all(part["text"] == part["plain"] for part in says)
    assert all(len(part["text"]) <= PLAIN_LIMIT + 20 for part in says)


async def test_who_has_just_been_put_in_the_line_is_not_told_how_to(mini: MiniProgramPhone) -> None:
    answer = await mini.ask("转人工")
    assert FOOTER not in answer.text
    assert "12345" in answer.text


async def test_what_is_said_again_is_as_plain_as_before(mini: MiniProgramPhone) -> None:
    first = await mini.say(QUESTION, key="same")
    again = await mini.say(QUESTION, key="same")
    assert again == first
    history = await mini.history()
    assert history[-1]["parts"] == first[1]["parts"]


async def test_telephones_are_read_out_digit_by_digit(mini: MiniProgramPhone) -> None:
    answer = await mini.ask(QUESTION)
    for part in answer.body["parts"]:
        if part["kind"] == "say":
            assert "12345" not in part["speech"]


async def test_a_phone_that_is_set_to_large_text_needs_not_say_so(county: County) -> None:
    mini = await county.mini()
    answer = await mini.ask(QUESTION, care=True)
    assert FOOTER in answer.text
    assert FOOTER not in (await mini.ask(QUESTION, care=False)).text


async def test_the_chat_of_the_service_account_knows_it_too(county: County) -> None:
    phone = await county.wechat()
    assert FOOTER in await phone.ask("长辈版")
    words = await phone.ask(QUESTION)
    assert FOOTER in words
    assert len(choices_in(words.removesuffix("\n\n" + FOOTER))) <= 3
