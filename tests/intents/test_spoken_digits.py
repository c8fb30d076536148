"""Four digits as they are said."""

import pytest

from intents.spoken_digits import last_four


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("一二三四", "1234"),
        ("壹贰叁肆", "1234"),
        ("1 2 3 4", "1234"),
        ("1，2，3，4", "1234"),
        ("１２３４", "1234"),
        ("幺两三x", "123X"),
        ("最后四位是一二三四", "1234"),
        ("后四位：12 34", "1234"),
        ("身份证后四位 二五八〇", "2580"),
    ],
)
def test_four_digits_are_read_however_they_are_said(text: str, digits: str) -> None:
    assert last_four(text) == digits


@pytest.mark.parametrize("text", ["一二三", "12345", "忘了", "一千二百三十四", "", "1234或者5678"])
def test_anything_else_is_none(text: str) -> None:
    assert last_four(text) is None
