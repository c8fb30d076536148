"""Journey 7: a child is born. At most four questions, then one list without anything twice."""

import re

import pytest

from tests.journeys.county import County
from tests.journeys.phones import Answer, MiniProgramPhone, choices_in

QUESTION = "刚生了孩子要办什么"


async def through(mini: MiniProgramPhone, picks: str) -> tuple[Answer, int]:
    """Answer question after question; tell the last answer and how many were asked."""
    answer, asked = await mini.ask(QUESTION), 0
    while answer.outcome == "clarifying":
        asked += 1
        assert 2 <= len(answer.choices) <= 4
        answer = await mini.ask(picks[asked - 1])
    return answer, asked


@pytest.mark.parametrize("picks", ["1111", "2222", "1212", "2121", "1121", "2212"])
async def test_few_questions_then_one_list(county: County, picks: str) -> None:
    answer, asked = await through(await county.mini(), picks)
    assert asked <= 4
    assert answer.outcome == "answered"
    materials = re.findall(r"^\d+\. (\S+)", answer.text, re.MULTILINE)
    assert len(materials) >= 4
    assert len(set(materials)) == len(materials)
    steps = re.findall(r"^第(\d+)步：", answer.text, re.MULTILINE)
    assert steps == [str(n) for n in range(1, len(steps) + 1)]
    things = [
        one
        for line in re.findall(r"^第\d+步：(.+)$", answer.text, re.MULTILINE)
        for one in line.split("、")
    ]
    assert len(set(things)) == len(things)


async def test_the_answers_decide_what_is_on_the_list(county: County) -> None:
    mini = await county.mini()
    in_hospital, _ = await through(mini, "1111")
    elsewhere, _ = await through(mini, "2111")
    assert "到出生医院领出生医学证明" in in_hospital.text
    assert "亲子鉴定证明" in elsewhere.text
    assert "亲子鉴定证明" not in in_hospital.text


async def test_a_question_in_between_does_not_go_unanswered(county: County) -> None:
    mini = await county.mini()
    await mini.ask(QUESTION)
    assert (await mini.ask("护照怎么办")).body["intent"] == "passport"


async def test_who_has_had_enough_can_leave(county: County) -> None:
    mini = await county.mini()
    await mini.ask(QUESTION)
    left = await mini.ask("算了")
    assert (left.outcome, left.choices) == ("answered", [])
    assert (await mini.ask("1")).body["intent"] != "newborn_bundle"


async def test_the_list_in_the_chat_is_the_same(county: County) -> None:
    phone = await county.wechat()
    text = await phone.ask(QUESTION)
    while choices_in(text):
        text = await phone.ask("1")
    whole, _ = await through(await county.mini(), "1111")
    assert text == whole.as_plain_text
