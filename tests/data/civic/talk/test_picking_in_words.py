"""A pick that is said in a few words more than a number."""

import pytest

from data.civic.talk.choices import number_in, picked
from data.civic.talk.conversations import Option

OPTIONS = tuple(Option(label=label) for label in ("护照", "护照补办", "港澳通行证", "Passport"))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("我选第二个", 2),
        ("选第1个", 1),
        ("我要第三个吧", 3),
        ("要2", 2),
        ("2吧", 2),
        ("（2）", 2),
        ("[3]", 3),
        ("⑵", 2),
        ("第二个的", 2),
        ("我2", None),
        ("第", None),
        ("十", None),
        ("一下", None),
        ("一个人", None),
        ("2号线怎么走", None),
        ("1500元", None),
    ],
)
def test_a_number_is_heard_in_what_says_nothing_else(text: str, number: int | None) -> None:
    assert number_in(text) == number


def test_its_very_words_pick_a_choice_that_another_holds() -> None:
    assert picked(OPTIONS, "护照") is OPTIONS[0]
    assert picked(OPTIONS, "照补") is OPTIONS[1]


def test_width_and_case_do_not_matter() -> None:
    assert picked(OPTIONS, "ＰＡＳＳＰＯＲＴ！") is OPTIONS[3]
