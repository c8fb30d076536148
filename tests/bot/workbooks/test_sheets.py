"""Any table an office sends: rows of text, each cell by its address."""

from collections.abc import Sequence
from io import BytesIO

import pytest
from openpyxl import Workbook

from bot.workbooks.sheets import LARGEST, table_in
from data.civic.errors import Mistakes


def xlsx(rows: Sequence[Sequence[object]], *, merged: str = "") -> bytes:
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "名单"
    for row in rows:
        page.append(row)
    if merged:
        page.merge_cells(merged)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def read(content: bytes, name: str = "f.csv", most_rows: int = 100) -> list[tuple[str, ...]]:
    table = table_in(name, content, most_rows=most_rows)
    return [table.head.cells, *(row.cells for row in table.rows)]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("姓名,内容\n王,你好\n".encode(), id="utf-8"),
        pytest.param("姓名,内容\n王,你好\n".encode("utf-8-sig"), id="byte-order mark"),
        pytest.param("姓名,内容\r\n王,你好\r\n".encode("gb18030"), id="GBK and CRLF"),
        pytest.param("姓名;内容\n王;你好\n".encode(), id="semicolons"),
        pytest.param("姓名\t内容\n王\t你好\n".encode(), id="tabs"),
        pytest.param('"姓名","内容"\n\n,,\n"王","你好"'.encode(), id="empty rows"),
        pytest.param(xlsx([["姓名", "内容"], [None], ["王", "你好"]]), id="workbook"),
    ],
)
def test_a_table_reads_the_same_however_it_was_saved(content: bytes) -> None:
    assert read(content) == [("姓名", "内容"), ("王", "你好")]


def test_a_cell_may_hold_several_lines() -> None:
    assert read('内容\n"一\r\n二"\n'.encode()) == [("内容",), ("一\n二",)]


def test_what_was_held_from_being_computed_reads_as_it_was() -> None:
    assert read("内容\n'=1+1\n'是\n".encode()) == [("内容",), ("=1+1",), ("'是",)]


def test_formulas_and_merged_cells_are_faults_with_their_address() -> None:
    content = xlsx([["姓名", "内容"], ["王", "=A1"], ["李", "好"], ["", ""]], merged="A3:A4")
    rows = table_in("f.xlsx", content, most_rows=10).rows
    assert [str(one).partition(": ")[0] for row in rows for one in row.faults] == [
        "名单!B2",
        "名单!A3",
    ]


def test_the_number_of_a_row_is_that_of_the_file() -> None:
    rows = table_in("f.xlsx", xlsx([["a"], [None], ["b"]]), most_rows=10).rows
    assert [row.wrong(0, "x").where for row in rows] == ["名单!A3"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        pytest.param(b"", "nothing stands", id="empty"),
        pytest.param(b"\n\n,,\n", "nothing stands", id="empty rows only"),
        pytest.param(b"PK\x03\x04 no workbook", "no .xlsx", id="broken workbook"),
        pytest.param(b"\xd0\xcf\x11\xe0 old", "xls", id="Excel 97"),
        pytest.param(b"a\0b", "no table", id="a program"),
        pytest.param(b"\xff\xff\xff", "neither UTF-8 nor GBK", id="no text"),
        pytest.param(b'a\n"b', "quotation mark", id="open quotation mark"),
        pytest.param(b"a\n" * 102, "more than 100 rows", id="too many rows"),
        pytest.param(b"a" * (LARGEST + 1), "at most 32", id="too large"),
    ],
)
def test_what_is_no_table_is_refused_with_its_reason(content: bytes, why: str) -> None:
    with pytest.raises(Mistakes, match=why):
        table_in("f.csv", content, most_rows=100)
