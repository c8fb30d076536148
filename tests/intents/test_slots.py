import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.civic.talk.messages import Slots
from intents.normalise import clean
from intents.slots import SlotEar
from tests.intents.small import PLACES

EAR = SlotEar(PLACES)


def hear(text: str) -> Slots:
    return EAR.hear(clean(text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("XS20261121000123", {"case_number": "XS20261121000123"}, id="our ticket"),
        pytest.param("查xs20261121000123", {"case_number": "XS20261121000123"}, id="small letters"),
        pytest.param("XS-20261121-000123", {"case_number": "XS20261121000123"}, id="hyphens"),
        pytest.param(
            "ＸＳ２０２６１１２１０００１２３", {"case_number": "XS20261121000123"}, id="wide"
        ),
        pytest.param(
            "XS20261121000123 123x",
            {"case_number": "XS20261121000123", "last_four": "123X"},
            id="number and factor",
        ),
        pytest.param("办件编号：3301092611210001", {"case_number": "3301092611210001"}, id="named"),
        pytest.param("330109261121", {"case_number": "330109261121"}, id="twelve digits"),
        pytest.param(
            "11010519491231002x",
            {"id_number": "11010519491231002X", "id_valid": True},
            id="identity card",
        ),
        pytest.param(
            "身份证１１０１０５ １９４９１２３１ ００２Ｘ",
            {"id_number": "11010519491231002X", "id_valid": True},
            id="identity card in groups, full width",
        ),
        pytest.param(
            "110105194912310021",
            {"id_number": "110105194912310021", "id_valid": False},
            id="mistyped identity card",
        ),
        pytest.param("电话138 0013 8000", {"phone": "13800138000"}, id="mobile in groups"),
        pytest.param("+86-13800138000", {"phone": "13800138000"}, id="mobile with country"),
        pytest.param("0571-82623456", {"phone": "057182623456"}, id="landline"),
        pytest.param(
            "13800138000 尾号1234", {"phone": "13800138000", "last_four": "1234"}, id="both"
        ),
        pytest.param("1234", {"last_four": "1234"}, id="four digits"),
        pytest.param("我1988年生", {}, id="a year is no factor"),
        pytest.param("5000元", {}, id="money is no factor"),
        pytest.param("打12345", {}, id="the hotline is no number of a case"),
        pytest.param("浙a12345", {"plate": "浙A12345"}, id="plate"),
        pytest.param("浙A·D1234", {"plate": "浙AD1234"}, id="plate with a dot"),
        pytest.param("车牌浙AD12345违章", {"plate": "浙AD12345"}, id="new energy"),
        pytest.param("浙江app", {}, id="a province is no plate"),
    ],
)
def test_numbers_are_told_apart(text: str, found: dict[str, object]) -> None:
    assert hear(text) == Slots(**found)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("今天能办吗", "今天"),
        ("明天下午去", "明天下午"),
        ("下周五上午9点半", "下周五上午9点半"),
        ("这个礼拜天", "这个礼拜天"),
        ("11月3号去", "11月3号"),
        ("十一月三号去", "十一月三号"),
        ("2026年11月3日下午3点", "2026年11月3日下午3点"),
        ("2026-11-03到期", "2026-11-03"),
        ("月底之前", "月底"),
        ("周末上班吗", "周末"),
        ("下午5点还开门吗", "下午5点"),
        ("15号可以吗", "15号"),
        ("地铁5号线", None),
        ("3号窗口", None),
        ("护照怎么办", None),
    ],
)
def test_a_date_is_taken_as_it_was_written(text: str, date: str | None) -> None:
    assert hear(text).date_text == date


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("我们三个人被困", 3),
        ("3人", 3),
        ("一家五口", 5),
        ("家里有12口人", 12),
        ("二十三个人", 23),
        ("十个人", 10),
        ("我们六个在屋顶", 6),
        ("两个老人一个小孩", 3),
        ("第三人责任险", None),
        ("要三个月吗", None),
        ("我们三个月没发工资", None),
        ("转12345人工", None),
        ("护照", None),
    ],
)
def test_people_are_counted(text: str, people: int | None) -> None:
    assert hear(text).people == people


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        pytest.param("临浦镇怎么走", "临浦镇", "330109105", id="name"),
        pytest.param("临浦哪里能办", "临浦镇", "330109105", id="name without rank"),
        pytest.param("臨浦鎮", "临浦镇", "330109105", id="traditional"),
        pytest.param("萧山区临浦镇", "临浦镇", "330109105", id="the smallest of two"),
        pytest.param("老城厢那边", "城厢街道", "330109001", id="alias"),
        pytest.param("苎萝村", "苎萝村（样例）", "330109105201", id="village of a sample"),
        pytest.param("临浦市民中心", "临浦镇", "330109105", id="followed by a market or citizens"),
        pytest.param("萧山能办吗", "萧山区", "330109", id="the county"),
        pytest.param("杭州能办吗", None, None, id="what is above the county is no place in it"),
        pytest.param("河南南阳市的", None, None, id="a city of the same name"),
    ],
)
def test_a_place_is_heard_by_any_of_its_names(
    text: str, name: str | None, code: str | None
) -> None:
    assert (hear(text).place, hear(text).area) == (name, code)


@given(st.text(max_size=80))
def test_no_text_breaks_the_ear_for_facts(text: str) -> None:
    hear(text)
