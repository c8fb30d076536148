"""Sentences: filled without surprises, and made fit for reading aloud."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.civic.knowing.sentences import Sentence, fill, placeholders, spoken_from


@pytest.mark.parametrize(
    ("text", "aloud"),
    [
        ("请打12345", "请打幺二三四五"),
        ("请拨打110、119或120", "请拨打幺幺零，幺幺九或幺二零"),
        ("电话0571-82372345", "电话零五七幺八二三七二三四五"),
        ("手机13800138000", "手机幺三八零零幺三八零零零"),
        ("每本120元", "每本120元"),
        ("120个工作日", "120个工作日"),
        ("2026年11月21日", "2026年11月21日"),
        ("30%的人", "30%的人"),
        ("身份证（原件）：1份；照片", "身份证，原件，1份。照片"),
        ("第一行\n第二行", "第一行。第二行"),
        ("“浙里办”→办事", "浙里办，办事"),
        ("《护照法》", "护照法"),
        ("居**的安全码：6360 2194 4027", "居某的安全码，六三六零，二幺九四，四零二七"),
        ("编号XS202611210001", "编号XS二零二六幺幺二幺零零零幺"),
        ("", ""),
    ],
)
def test_how_it_is_read_aloud(text: str, aloud: str) -> None:
    assert spoken_from(text) == aloud


@given(st.text("请拨打12345、110（原件）：；\n“”《》→/，。元年月天证", max_size=60))
def test_what_is_read_aloud_holds_no_mark_that_is_not_heard(text: str) -> None:
    aloud = spoken_from(text)
    assert not set(aloud) & set("（）：；\n“”《》→/、")
    assert "，，" not in aloud
    assert spoken_from(aloud) == aloud


@given(st.text(max_size=30))
def test_a_value_is_never_a_template(value: str) -> None:
    assert fill("甲{a}乙", {"a": value}) == f"甲{value}乙"


def test_all_versions_are_looked_at_for_placeholders() -> None:
    sentence = Sentence(full="{a}{b}", plain="{b}", spoken="{c}")
    assert sentence.placeholders() == {"a", "b", "c"}
    assert placeholders("没有") == frozenset()


def test_a_value_that_is_missing_is_an_error_and_no_gap() -> None:
    with pytest.raises(KeyError):
        fill("{a}", {})
