"""Rosters as clerks send them: headings in any order, titles above, every bad cell by its place."""

from io import BytesIO
from time import process_time

import pytest
from openpyxl import Workbook, load_workbook

from bot.workbooks.roster_template import template
from bot.workbooks.rosters import MOST_ROWS, Roster, read_roster
from data.civic.errors import Mistakes
from data.civic.safety.rows import Column
from tests.rosters import LETTERS, WORDS, cells, csv, id_number, saved, xlsx

PEOPLE = [cells(1, phone="13800000000", risks="独居、低洼"), cells(2)]
NAME, PHONE = LETTERS[Column.NAME], LETTERS[Column.PHONE]
PATIENCE_S = 60
"""Seconds of the processor for a hundred thousand rows."""


def read(content: bytes | str, name: str = "名册.xlsx") -> Roster:
    raw = content.encode() if isinstance(content, str) else content
    return read_roster(name, raw, WORDS)


def refused(content: bytes | str, name: str = "名册.xlsx") -> list[tuple[str, str]]:
    with pytest.raises(Mistakes) as error:
        read(content, name)
    return [(one.where, one.what) for one in error.value.mistakes]


def test_a_workbook_is_read_cell_by_cell() -> None:
    roster = read(xlsx(PEOPLE)[0])
    assert [dict(row.cells) for row in roster.rows] == PEOPLE
    assert roster.rows[1].at(Column.NAME) == "名册!A3"
    assert roster.notices == ()


@pytest.mark.parametrize("end", ["\r\n", "\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_csv_is_read_with_and_without_a_mark(end: str, mark: str) -> None:
    roster = read(mark + csv(PEOPLE, end=end), "名册.csv")
    assert [dict(row.cells) for row in roster.rows] == PEOPLE
    assert roster.notices == ()


def test_what_excel_of_this_country_writes_is_read_and_told() -> None:
    roster = read(csv(PEOPLE).encode("gbk"), "名册.csv")
    assert [row[Column.NAME] for row in roster.rows] == ["样例1", "样例2"]
    assert roster.notices == ("read as GBK: if names look wrong, save the file as CSV UTF-8",)


def test_a_merged_title_may_stand_above_the_headings() -> None:
    roster = read(xlsx(PEOPLE, title="临浦镇防汛名册")[0])
    assert [row.number for row in roster.rows] == [3, 4]


def test_merged_cells_among_the_people_are_named() -> None:
    _, book = xlsx(PEOPLE)
    book.worksheets[0].merge_cells(f"{PHONE}2:{PHONE}3")
    assert refused(saved(book)) == [
        (f"名册!{PHONE}2", f"{PHONE}2:{PHONE}3: merged cells; unmerge them and write each cell")
    ]


def test_formulas_and_errors_are_named() -> None:
    _, book = xlsx(PEOPLE)
    sheet = book.worksheets[0]
    sheet[f"{NAME}2"] = '=CONCAT("王","芳")'
    sheet[f"{PHONE}3"] = "#N/A"
    found = refused(saved(book))
    assert [where for where, _ in found] == [f"名册!{NAME}2", f"名册!{PHONE}3"]
    assert "formula" in found[0][1]


def test_a_formula_of_a_csv_is_named_but_kept_text_is_text() -> None:
    kept = csv([cells(1, phone='="13800000000"')], end="\n").replace('="138', '"=""138')
    kept = kept.replace('0000"', '0000"""')
    (row,) = read(kept, "名册.csv").rows
    assert row[Column.PHONE] == "13800000000"
    assert refused(csv([cells(1, phone="=1+1")]), "名册.csv") == [
        (f"名册.csv!{PHONE}2", "a formula: write the value itself")
    ]


def test_numbers_and_days_are_text_as_excel_shows_them() -> None:
    _, book = xlsx(PEOPLE)
    sheet = book.worksheets[0]
    sheet[f"{PHONE}2"] = 13800000000.0
    sheet[f"{LETTERS[Column.BORN]}2"] = 1946
    (first, _) = read(saved(book)).rows
    assert (first[Column.PHONE], first[Column.BORN]) == ("13800000000", "1946")


def test_columns_in_any_order_with_other_words_and_some_that_are_left_out() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["序号", "所在村", " 姓 名* ", "身份证号码", "血型", "联系电话"])
    sheet.append([1, "苎萝村", "样例1", id_number(), "A", "12345"])
    roster = read(saved(book))
    (row,) = roster.rows
    assert (row[Column.NAME], row[Column.VILLAGE], row[Column.PHONE]) == (
        "样例1",
        "苎萝村",
        "12345",
    )
    assert row.at(Column.NAME) == "Sheet!C2"
    assert roster.notices == ("columns left out: 血型",)


def test_two_columns_that_say_the_same_are_refused() -> None:
    assert refused("姓名,村,手机,电话\n样例1,苎萝村,1,2\n", "a.csv") == [
        ("a.csv!D1", "电话: another column says the same: keep one")
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("姓名,手机\n样例1,1\n", "no row has the headings 姓名、村(社区)"),
        ("姓名,村\n,\n", "no person stands"),
        ("", "nothing stands in it"),
        ('姓名,村\n"样例1,苎萝村\n', "quotation mark"),
        (b"\xff\xfe\x59\x00", "no table"),
        (b"\x81", "neither UTF-8 nor GBK"),
    ],
)
def test_what_is_no_roster_is_refused_with_what_to_do(content: bytes | str, said: str) -> None:
    ((where, what),) = refused(content, "名册.csv")
    assert where == "名册.csv"
    assert said in what


def test_the_template_is_read_again_and_keeps_numbers_as_text() -> None:
    whole = template(WORDS)
    (example,) = read(whole).rows
    assert example[Column.NAME] == "样例甲"
    assert example[Column.RISKS] == "独居、低洼"
    book = load_workbook(BytesIO(whole))
    assert book.worksheets[0]["B100"].number_format == "@"
    assert len(book.sheetnames) == 2


@pytest.mark.timeout(400)
def test_a_hundred_thousand_people_of_a_csv_are_read_in_time() -> None:
    content = csv([{**cells(1), Column.NAME: f"样例{n}"} for n in range(MOST_ROWS)])
    begun = process_time()
    assert len(read(content, "名册.csv").rows) == MOST_ROWS
    assert process_time() - begun < PATIENCE_S
    assert "divide" in refused(content * 2, "名册.csv")[0][1]


@pytest.mark.timeout(400)
def test_a_hundred_thousand_rows_with_a_formula_and_merged_cells_are_refused_in_time() -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("名册")
    sheet.append(["姓名", "村", "户号"])
    for number in range(MOST_ROWS - 2):
        sheet.append([f"样例{number}", "苎萝村", str(number)])
    sheet.append(["=1+1", "苎萝村", "1"])
    whole = saved(book)
    begun = process_time()
    assert refused(whole)[0][0] == f"名册!A{MOST_ROWS}"
    assert process_time() - begun < PATIENCE_S
