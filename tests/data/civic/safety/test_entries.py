"""Rows of a roster: what each cell may say, and every mistake by its address."""

from datetime import date

import pytest

from data.civic.areas import Area, Gazetteer
from data.civic.errors import Mistakes
from data.civic.ids import AreaCode, GridId
from data.civic.risks import RiskTag
from data.civic.safety.entries import Ledger, entry_of, spellings
from data.civic.safety.rosters import Mobility
from data.civic.safety.rows import Column
from data.civic.shapes import Point
from tests.rosters import WORDS, ZHULUO, id_number, row

NAMES = {
    "330109": "萧山区",
    "330109105": "临浦镇",
    "330109102": "戴村镇",
    ZHULUO: "苎萝村（样例）",
    "330109105203": "新村",
    "330109102203": "新村",
}
PLACES = Gazetteer(
    county=AreaCode("330109"),
    areas={
        AreaCode(code): Area(code=AreaCode(code), name=name, aliases=("苎萝",) * ("苎萝" in name))
        for code, name in NAMES.items()
    },
)
TODAY = date(2026, 7, 1)
LEDGER = Ledger(
    words=WORDS,
    villages=spellings(PLACES),
    grids={(AreaCode(ZHULUO), "第一网格"): GridId("z1")},
    today=TODAY,
)


def test_a_full_row_says_everything() -> None:
    entry = entry_of(
        row(
            phone="138 0000 0000",
            household="12",
            address="样例路1号",
            grid="第一网格",
            risks="独居、低洼，危房",
            mobility="轮椅",
            proxy="样例乙",
            proxy_phone="0571-82623000",
            proxy_relation="女儿",
            language="萧山话",
            smartphone="无",
            born="1946年",
            until="2026-12-31",
            checked="2026年4月20日",
            lon="120.26",
            lat="30.18",
        ),
        LEDGER,
    )
    assert entry.tags == {RiskTag.LIVING_ALONE, RiskTag.LOW_LYING, RiskTag.DANGEROUS_HOUSE}
    assert (entry.phone, entry.grid, entry.mobility) == ("13800000000", "z1", Mobility.WHEELCHAIR)
    assert entry.proxies is not None
    assert [(one.name, one.phone) for one in entry.proxies] == [("样例乙", "057182623000")]
    assert (entry.until, entry.checked) == (date(2026, 12, 31), date(2026, 4, 20))
    assert (entry.home, entry.smartphone, entry.born) == (Point(120.26, 30.18), False, 1946)


def test_what_a_row_leaves_empty_says_nothing() -> None:
    entry = entry_of(row(), LEDGER)
    assert (entry.phone, entry.tags, entry.mobility, entry.proxies, entry.home) == (None,) * 5
    assert entry_of(row(risks="无", proxy="无"), LEDGER).tags == frozenset()


@pytest.mark.parametrize(
    "written", [ZHULUO, "苎萝村（样例）", "苎萝村", "苎萝", "临浦镇苎萝村", "临浦镇 苎萝村"]
)
def test_a_village_may_be_written_in_many_ways(written: str) -> None:
    assert entry_of(row(village=written), LEDGER).village == ZHULUO


@pytest.mark.parametrize(
    ("column", "text", "said"),
    [
        ("id_number", id_number()[:-1] + "0", "check digit"),
        ("id_number", "330109194612310000", "Excel has rounded"),
        ("id_number", "3.30109E+17", "Excel has rounded"),
        ("id_number", "12345", "18 characters"),
        ("phone", "1380000000", "telephone"),
        ("phone", "13800000000、13900000000", "one number"),
        ("village", "新村", "write the town before it"),
        ("village", "桃花源", "no village 桃花源"),
        ("grid", "第九网格", "no grid 第九网格"),
        ("risks", "独居、外星人", "no risk 外星人"),
        ("risks", "临时扩面", "last day"),
        ("mobility", "飞", "否、"),
        ("smartphone", "也许", "是 or 否"),
        ("born", "46", "year of birth"),
        ("born", "2030", "year of birth"),
        ("until", "明天", "no day"),
        ("until", "2026-02-30", "no day"),
        ("until", "2026-06-30", "has passed"),
        ("checked", "2026-07-02", "still to come"),
        ("proxy_phone", "13800000000", "Give the name"),
        ("lon", "120.26", "both degrees"),
        ("lon", "东经", "no degrees"),
        ("name", "甲" * 61, "no name"),
        ("address", "甲" * 121, "at most 120"),
    ],
)
def test_a_wrong_cell_is_named_with_what_to_do(column: str, text: str, said: str) -> None:
    with pytest.raises(Mistakes) as refused:
        entry_of(row(4, **{column: text}), LEDGER)
    assert said in str(refused.value)
    assert all(one.where.startswith("名册!") for one in refused.value.mistakes)
    assert all(one.where.endswith("5") for one in refused.value.mistakes)


def test_degrees_the_wrong_way_round_are_named() -> None:
    with pytest.raises(Mistakes, match="longitude comes first"):
        entry_of(row(lon="30.18", lat="120.26"), LEDGER)


def test_every_wrong_cell_of_a_row_is_told_at_once() -> None:
    with pytest.raises(Mistakes) as refused:
        entry_of(row(1, name="", village="桃花源", phone="x", born="x"), LEDGER)
    assert [one.where for one in refused.value.mistakes] == [
        "名册!D2",
        "名册!C2",
        "名册!O2",
        "名册!A2",
    ]


def test_who_could_not_be_known_again_is_refused() -> None:
    with pytest.raises(Mistakes, match="nobody is known again"):
        entry_of(row(id_number=""), LEDGER)
    assert entry_of(row(id_number="", household="12"), LEDGER).household == "12"


def test_no_mistake_repeats_the_number_of_a_person() -> None:
    wrong = row(village="13800000000", risks=id_number(), grid="13900000000")
    with pytest.raises(Mistakes) as refused:
        entry_of(wrong, LEDGER)
    said = str(refused.value)
    assert not [one for one in ("13800000000", id_number(), "13900000000") if one in said]


def test_a_row_is_shown_without_what_stands_in_it() -> None:
    assert id_number() not in repr(row())
    assert id_number() not in repr(entry_of(row(), LEDGER))


def test_an_address_outside_the_columns_names_the_row() -> None:
    assert row(7).at(Column.NAME) == "名册!A8"
