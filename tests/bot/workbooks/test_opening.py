"""Workbooks that come back broken, wrong or hostile: named, never half read."""

import zipfile
from collections.abc import Mapping
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.workbooks import cells
from bot.workbooks.layout import Column
from bot.workbooks.opening import rows_in
from data.civic.errors import Mistakes
from data.civic.knowing.releases import Release
from tests.clerks import ADOPT, GUIDE, WORDS, Clerk, exported, of_rows

FEE = f"{GUIDE}/fee"
SOUND = of_rows([{Column.KEY: FEE, Column.TEXT: "不收费。", Column.DIGEST: "0" * 16}])
SHEET = "xl/worksheets/sheet2.xml"


def repacked(content: bytes, changed: Mapping[str, bytes]) -> bytes:
    """Pack the same workbook again with other members."""
    whole = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(whole, "w", 8) as new:
        for name in {*old.namelist(), *changed}:
            new.writestr(name, changed.get(name) or old.read(name))
    return whole.getvalue()


def test_the_rows_come_back_as_they_went(release: Release) -> None:
    content = exported(release)
    rows = rows_in("a.xlsx", content, WORDS)
    clerk = Clerk(content)
    assert [row[Column.KEY] for row in rows] == clerk.keys
    assert all(row[Column.DIGEST] == clerk.read(row[Column.KEY], Column.DIGEST) for row in rows)


def test_columns_and_rows_may_be_moved() -> None:
    clerk = Clerk(SOUND)
    clerk.say(ADOPT, FEE)
    clerk.sheet.insert_rows(2)
    clerk.sheet.insert_cols(1)
    (row,) = rows_in("a.xlsx", clerk.saved(), WORDS)
    assert (row[Column.KEY], row[Column.OPINION]) == (FEE, ADOPT)
    assert row.wrong(Column.KEY, "").where == "a.xlsx 核对!B3"


def test_what_excel_and_copying_add_is_taken_out() -> None:
    clerk = Clerk(SOUND)
    clerk.write(FEE, {Column.NEW_TEXT: "\ufeff 第一行\r\n第_x000D_二行\u200b "})
    (row,) = rows_in("a.xlsx", clerk.saved(), WORDS)
    assert row[Column.NEW_TEXT] == "第一行\n第二行"


def test_numbers_are_text_as_they_are_shown() -> None:
    clerk = Clerk(SOUND)
    clerk.write(FEE, {Column.NEW_TEXT: 20.0, Column.NEW_PLAIN: 12345})
    (row,) = rows_in("a.xlsx", clerk.saved(), WORDS)
    assert (row[Column.NEW_TEXT], row[Column.NEW_PLAIN]) == ("20", "12345")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "no .xlsx file"),
        ("编号,意见\n".encode("utf-8-sig"), "no .xlsx file"),
        (b"%PDF-1.7", "no .xlsx file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "password"),
        (SOUND[: len(SOUND) // 2], "no .xlsx file"),
        (repacked(SOUND, {SHEET: b"<worksheet>"}), "cannot be read"),
        (repacked(SOUND, {"xl/workbook.xml": b"<a/>"}), "no sheet"),
        (b"P" * (cells.LARGEST + 1), "at most 8"),
    ],
    ids=["empty", "csv", "pdf", "xls", "half", "cut xml", "no book", "too large"],
)
def test_what_is_no_workbook_is_refused_with_what_to_do(content: bytes, what: str) -> None:
    with pytest.raises(Mistakes, match=what) as error:
        rows_in("民政.xlsx", content, WORDS)
    assert [one.where for one in error.value.mistakes] == ["民政.xlsx"]


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = repacked(SOUND, {"xl/media/bomb.bin": b"\0" * (cells.UNPACKED + 1)})
    assert len(bomb) < 100_000
    with pytest.raises(Mistakes, match="unpacks to more than 32 MB"):
        rows_in("a.xlsx", bomb, WORDS)


def test_a_zip_of_very_many_files_is_refused() -> None:
    many = repacked(SOUND, {f"xl/{n}.bin": b"x" for n in range(cells.MEMBERS + 1)})
    with pytest.raises(Mistakes, match="no workbook of ours"):
        rows_in("a.xlsx", many, WORDS)


def test_entities_that_multiply_are_refused() -> None:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    xml = f'<!DOCTYPE x [<!ENTITY a0 "哈哈">{entities}]><worksheet><c>&a11;</c></worksheet>'
    with pytest.raises(Mistakes, match="cannot be read"):
        rows_in("a.xlsx", repacked(SOUND, {SHEET: xml.encode()}), WORDS)


def test_a_row_far_below_does_not_keep_us_counting() -> None:
    sheet = zipfile.ZipFile(BytesIO(SOUND)).read(SHEET)
    far = sheet.replace(b'<row r="2"', b'<row r="999999999"')
    with pytest.raises(Mistakes, match="rows"):
        rows_in("a.xlsx", repacked(SOUND, {SHEET: far}), WORDS)


def test_rows_below_the_end_that_a_file_states_are_read() -> None:
    sheet = zipfile.ZipFile(BytesIO(SOUND)).read(SHEET)
    lying = sheet.replace(b'<dimension ref="A1:S2"', b'<dimension ref="A1:S1"')
    assert lying != sheet
    assert len(rows_in("a.xlsx", repacked(SOUND, {SHEET: lying}), WORDS)) == 1


def test_missing_columns_are_named_together() -> None:
    clerk = Clerk(SOUND)
    for column in (Column.OPINION, Column.DIGEST):
        title = WORDS(f"column_{column}")
        next(cell for cell in clerk.sheet[1] if cell.value == title).value = "别的"
    with pytest.raises(Mistakes, match="no column 意见、校验码"):
        rows_in("a.xlsx", clerk.saved(), WORDS)


def test_another_workbook_is_told_from_ours() -> None:
    clerk = Clerk(SOUND)
    clerk.sheet.title = "Sheet1"
    with pytest.raises(Mistakes, match="no sheet '核对'"):
        rows_in("a.xlsx", clerk.saved(), WORDS)


@pytest.mark.parametrize("value", ["=1+1", "=HYPERLINK(A1)", "#REF!", True], ids=str)
def test_formulas_and_errors_are_named_by_their_cell(value: object) -> None:
    clerk = Clerk(SOUND)
    clerk.write(FEE, {Column.NEW_TEXT: value, Column.BY: value})
    with pytest.raises(Mistakes) as error:
        rows_in("a.xlsx", clerk.saved(), WORDS)
    addresses = [clerk.address(FEE, one) for one in (Column.NEW_TEXT, Column.BY)]
    assert [one.where for one in error.value.mistakes] == [f"a.xlsx 核对!{a}" for a in addresses]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_file_is_read_or_named_and_nothing_else(data: st.DataObject) -> None:
    """Bytes of the zip, and of the sheets in it, are changed at random."""
    name = data.draw(st.sampled_from(["", SHEET, "xl/workbook.xml", "xl/styles.xml"]))
    whole = zipfile.ZipFile(BytesIO(SOUND)).read(name) if name else SOUND
    at = data.draw(st.integers(0, len(whole) - 1))
    piece = data.draw(st.binary(max_size=4))
    spoilt = whole[:at] + piece + whole[at + data.draw(st.integers(0, 4)) :]
    with suppress(Mistakes):
        rows_in("a.xlsx", repacked(SOUND, {name: spoilt}) if name else spoilt, WORDS)
