"""What questions that mean the same have in common."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.civic.talk.gist import LONGEST, gist_of, group_of

SAME = [
    ("身份证怎么补办", "怎么补办身份证", "order"),
    ("请问身份证补办需要什么", "补办身份证", "small words"),
    ("ＥＴＣ办理", "etc怎么办理", "width and case"),
    ("我的手机138****5678，养老金", "养老金的手机", "masked numbers"),
    ("社保卡 丢了！！", "社保卡丢", "marks"),
]


@pytest.mark.parametrize(("one", "other"), [row[:2] for row in SAME], ids=[row[2] for row in SAME])
def test_what_means_the_same_has_one_gist(one: str, other: str) -> None:
    assert gist_of(one) == gist_of(other) != ""


def test_what_is_denied_is_another_matter() -> None:
    assert gist_of("身份证没丢") != gist_of("身份证丢了")


def test_a_text_of_small_words_keeps_them_and_one_of_marks_has_no_gist() -> None:
    assert gist_of("怎么办") == "么办怎"
    assert gist_of("？？！") == ""


def test_a_long_story_has_a_short_gist() -> None:
    assert len(gist_of("".join(map(chr, range(0x4E00, 0x4F00))))) == LONGEST


@given(st.text())
def test_a_gist_is_characters_in_order_each_once(text: str) -> None:
    gist = gist_of(text)
    assert list(gist) == sorted(set(gist))
    assert len(group_of(gist)) == 16
