"""What is wrong with a table is told by field and code."""

import pytest

from data.content.faults import faults
from data.content.shapes.guides import ElementShape
from data.content.shapes.intents import IntentShape
from data.content.shapes.shape import SentenceShape

LONG = "长" * 121


@pytest.mark.parametrize(
    ("table", "field", "code"),
    [
        ({"status": "fact", "text": "收费。"}, "basis", "needs_basis"),
        ({"status": "not_stated", "text": "收费。"}, "status", "said_though_not_stated"),
        ({"status": "sample"}, "text", "nothing_said"),
        ({"status": "sample", "text": LONG}, "plain", "needs_plain"),
        ({"status": "sample", "text": "短", "plain": LONG}, "plain", "plain_too_long"),
        ({"status": "maybe", "text": "短"}, "status", "enum"),
        ({"status": "sample", "items": [{"form": "原件"}]}, "items.0.name", "missing"),
    ],
)
def test_an_element(table: dict[str, object], field: str, code: str) -> None:
    assert (field, code) in {(one.field, one.code) for one in faults(ElementShape, table)}


def test_an_intent_with_too_few_examples_says_how_many_are_needed() -> None:
    table = {"id": "a", "title": "甲", "kind": "guide", "department": "乙", "examples": ["丙"]}
    (one,) = faults(IntentShape, table)
    assert (one.field, one.code, one.limit) == ("examples", "too_short", "10")


def test_an_answer_that_is_missing_is_told_at_its_text() -> None:
    table = {"id": "a", "title": "甲", "kind": "talk", "department": "乙", "examples": ["丙"] * 10}
    (one,) = faults(IntentShape, table)
    assert one.field == "answer.full"


def test_a_sentence_that_is_right_has_none() -> None:
    assert faults(SentenceShape, {"full": "您好，请打{hotline}。"}, within="answer") == ()
