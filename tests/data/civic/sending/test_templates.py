"""The fields of subscription messages, by the rules of their prefixes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.civic.errors import BadInput
from data.civic.sending.templates import alipay_fields, check_key, wechat_fields


@pytest.mark.parametrize(
    ("key", "value", "sent"),
    [
        ("thing1", "台风红色预警", "台风红色预警"),
        (
            "thing1",
            "萧山区气象台发布台风红色预警信号请立即转移避险",
            "萧山区气象台发布台风红色预警信号请立即…",
        ),
        ("thing2", " 临浦镇\n浦阳镇 ", "临浦镇 浦阳镇"),
        ("thing3", "台风😀来了", "台风 来了"),
        ("time4", "2026年7月1日 15:01", "2026年7月1日 15:01"),
        ("time4", "15:01~16:30", "15:01~16:30"),
        ("date5", "2026年7月1日", "2026年7月1日"),
        ("number6", "12.5", "12.5"),
        ("phrase7", "红色预警", "红色预警"),
        ("phone_number8", "0571-82000000", "0571-82000000"),
        ("amount9", "￥120元", "￥120元"),
        ("character_string10", "33010941600000", "33010941600000"),
        ("name11", "王建国", "王建国"),
    ],
)
def test_a_value_that_fits_or_may_be_cut_is_sent(key: str, value: str, sent: str) -> None:
    assert wechat_fields({key: value}) == {key: sent}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("thing1", ""),
        ("thing1", "\n"),
        ("time2", "明天下午"),
        ("number3", "十二"),
        ("phrase4", "red"),
        ("phrase4", "红色预警信号"),
        ("character_string5", "红"),
        ("character_string5", "x" * 33),
        ("name6", "一二三四五六七八九十一"),
        ("phone_number7", "1" * 18),
        ("car_number8", "浙A12345678"),
        ("headline", "台风"),
        ("thing", "台风"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_by_its_name(key: str, value: str) -> None:
    with pytest.raises(BadInput, match=key):
        wechat_fields({key: value})


def test_a_keyword_of_alipay_has_fifty_characters() -> None:
    sent = alipay_fields({"keyword1": "预" * 51})["keyword1"]
    assert (len(sent), sent[-1]) == (50, "…")
    with pytest.raises(BadInput, match="keyword1"):
        alipay_fields({"keyword1": ""})


def test_a_template_with_an_unknown_field_is_found_at_the_start() -> None:
    check_key("thing1")
    with pytest.raises(BadInput, match="colour1"):
        check_key("colour1")


@given(st.text(min_size=1))
def test_a_thing_is_never_longer_than_twenty_characters(text: str) -> None:
    try:
        assert 0 < len(wechat_fields({"thing1": text})["thing1"]) <= 20
    except BadInput:
        assert not text.strip() or not text.isprintable() or any(ord(c) > 0xFFFF for c in text)
