"""Which choice is meant: by number, by words, or none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.civic.talk.choices import number_in, picked
from data.civic.talk.conversations import Option

OPTIONS = tuple(
    Option(label=label) for label in ("育儿补贴", "高龄津贴", "公租房租赁补贴", "都不是")
)


@pytest.mark.parametrize(
    ("said", "label"),
    [
        *[(one, "育儿补贴") for one in ("1", "１", "一", "第一个", "第1个", "选1", "我选一", "1.")],
        *[(one, "育儿补贴") for one in ("1、", "①", " 1 ", "1。", "一！", "第一项", "1号")],
        ("2", "高龄津贴"),
        ("两", "高龄津贴"),
        ("第三条", "公租房租赁补贴"),
        ("4", "都不是"),
        ("高龄津贴", "高龄津贴"),
        ("高龄", "高龄津贴"),
        ("高龄津贴吧", "高龄津贴"),
        ("我要高龄津贴", "高龄津贴"),
        ("公租房", "公租房租赁补贴"),
        ("高龄津贴。", "高龄津贴"),
        ("高龄 津贴", None),
        ("补贴", None),
        ("5", None),
        ("0", None),
        ("12", None),
        ("贴", None),
        ("", None),
        ("高龄津贴到底什么时候才发下来啊", None),
        ("护照怎么办", None),
    ],
)
def test_what_is_meant(said: str, label: str | None) -> None:
    found = picked(OPTIONS, said)
    assert (found.label if found else None) == label


@given(
    st.integers(1, 9), st.sampled_from(["{}", "第{}个", "选{}", " {} ", "{}。", "我选{}", "{}号"])
)
def test_a_number_is_read_however_it_is_put(number: int, form: str) -> None:
    for written in (str(number), chr(ord("０") + number), "一二三四五六七八九"[number - 1]):
        assert number_in(form.format(written)) == number


@given(st.text(max_size=40))
def test_any_text_can_be_asked(text: str) -> None:
    found = picked(OPTIONS, text)
    assert found is None or found in OPTIONS
    assert picked((), text) is None
