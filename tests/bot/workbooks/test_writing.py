"""What goes into a workbook: everything that is said, nothing that computes, nothing cut."""

import re
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from openpyxl import load_workbook

from bot.workbooks.layout import Column, Opinion
from bot.workbooks.rows import rows_by_department
from bot.workbooks.writing import LONGEST
from data.civic.errors import Mistakes
from data.civic.knowing.adoptions import said
from data.civic.knowing.releases import Release
from tests.clerks import GUIDE, SMALL, WORDS, Clerk, exported, of_rows


def test_every_element_of_every_guide_has_its_row(release: Release) -> None:
    rows = rows_by_department(release, WORDS)
    keys = [row[Column.KEY] for of_department in rows.values() for row in of_department]
    spots = {str(spot) for guide in release.guides.values() for spot in said(guide)}
    areas = {f"area={code}" for code, area in release.places.areas.items() if area.sample}
    assert sorted(keys) == sorted(spots | areas)
    departments = {guide.department for guide in release.guides.values()}
    assert set(rows) == departments | {release.places.department}


def test_only_what_is_unread_is_exported_and_the_summary_beside_it(release: Release) -> None:
    rows = rows_by_department(release, WORDS, only_unread=True)
    keys = {row[Column.KEY] for of_department in rows.values() for row in of_department}
    for guide in release.guides.values():
        left = {spot for spot, one in said(guide).items() if one.to_check}
        summary = {spot for spot in said(guide) if spot.element is None and left}
        assert {key for key in keys if str(key).split("/")[0] == guide.id} == {
            str(spot) for spot in left | summary
        }


def test_a_row_says_what_citizens_read_and_what_it_rests_on(release: Release) -> None:
    clerk = Clerk(exported(release, "公安"))
    spot, element = next(
        (spot, one)
        for spot, one in said(release.guides["id_card_renew"]).items()
        if spot.element == "materials" and not spot.situation
    )
    key = str(spot)
    assert clerk.read(key, Column.TEXT) == element.text
    assert "居民户口簿 | 原件1份 | 在户籍地换领" in str(clerk.read(key, Column.MATERIALS))
    basis = release.sources[element.basis[0]]
    assert str(clerk.read(key, Column.BASIS)).startswith(basis.name)
    assert clerk.read(key, Column.OPINION) is None


def test_the_workbook_explains_itself_and_offers_the_opinions(release: Release) -> None:
    clerk = Clerk(exported(release))
    how = clerk.book[WORDS("sheet_how")]
    text = "\n".join(str(cell.value) for (cell,) in how.iter_rows())
    opinions = [WORDS(f"opinion_{one}") for one in Opinion]
    assert SMALL in text
    assert all(one in text for one in opinions)
    assert not re.search(r"[{}]", text)
    (choice,) = clerk.sheet.data_validations.dataValidation
    assert choice.formula1 == f'"{",".join(opinions)}"'
    assert clerk.sheet.freeze_panes == "E2"


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0"])
def test_what_looks_like_a_formula_is_written_as_text(text: str) -> None:
    content = of_rows([{Column.KEY: f"{GUIDE}/fee", Column.TEXT: text}])
    sheet = load_workbook(BytesIO(content))[WORDS("sheet_rows")]
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == text)
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert b"<f>" not in b"".join(_members(content))


def _members(content: bytes) -> list[bytes]:
    with zipfile.ZipFile(BytesIO(content)) as packed:
        return [packed.read(name) for name in packed.namelist()]


@pytest.mark.parametrize(
    "spoil", [lambda: "长" * (LONGEST + 1), lambda: "铃\x07"], ids=["too long", "control"]
)
def test_what_a_cell_cannot_hold_is_named_not_cut(spoil: Callable[[], str]) -> None:
    rows = [{Column.KEY: f"{GUIDE}/fee", Column.TEXT: spoil()}]
    with pytest.raises(Mistakes, match=rf"{SMALL}\.xlsx 核对!F2: {GUIDE}/fee"):
        of_rows(rows)


def test_the_longest_text_is_whole() -> None:
    text = "长" * LONGEST
    clerk = Clerk(of_rows([{Column.KEY: f"{GUIDE}/fee", Column.TEXT: text}]))
    assert clerk.read(f"{GUIDE}/fee", Column.TEXT) == text
