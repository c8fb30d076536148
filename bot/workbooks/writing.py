"""Write a workbook: an explanation, then the rows. No cell is a formula, none is cut."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from bot.workbooks.layout import Column, Opinion, WorkbookWords
from bot.workbooks.rows import Row
from data.civic.errors import Mistake, Mistakes

LONGEST = 32_767
"""Characters that Excel takes in a cell; openpyxl would cut what is longer."""
FORMULA_LIKE = ("=", "+", "-", "@", "\t", "\r")
"""What a cell must not begin with, or Excel computes instead of showing."""

WIDTHS = {
    Column.KEY: 30,
    Column.GUIDE: 22,
    Column.PART: 20,
    Column.TEXT: 60,
    Column.PLAIN: 40,
    Column.MATERIALS: 45,
    Column.BASIS: 40,
    Column.NEW_TEXT: 60,
    Column.NEW_PLAIN: 40,
    Column.NEW_MATERIALS: 45,
    Column.DIGEST: 20,
}
"""In characters; the other columns have `WIDTH`."""
WIDTH = 14
HOW_WIDTH = 110

HEAD = Font(bold=True, color="FFFFFF")
HEAD_FILL = PatternFill("solid", fgColor="1F4E78")
TO_FILL_IN = PatternFill("solid", fgColor="FFF8E1")
WRAPPED = Alignment(wrap_text=True, vertical="top")
FILLED_IN = range(list(Column).index(Column.OPINION) + 1, list(Column).index(Column.DIGEST) + 1)
"""The numbers of the columns that the department fills in, the first being 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What goes into the workbook of one department."""

    file: str
    department: str
    release: str
    rows: Sequence[Row]


def workbook(contents: Contents, words: WorkbookWords) -> bytes:
    """Write the workbook of one department.

    Raises:
        Mistakes: what a cell should hold does not fit in; every such cell by its address.
    """
    rows = [[row.get(column, "") for column in Column] for row in contents.rows]
    if wrong := _too_much(contents.file, words("sheet_rows"), rows):
        raise Mistakes(wrong)
    book = Workbook()
    book.remove(book.worksheets[0])
    _explain(book.create_sheet(words("sheet_how")), contents, words)
    _list(book.create_sheet(words("sheet_rows")), rows, words)
    whole = BytesIO()
    book.save(whole)
    return whole.getvalue()


def _explain(sheet: Worksheet, contents: Contents, words: WorkbookWords) -> None:
    sheet.column_dimensions["A"].width = HOW_WIDTH
    opinions = {one.value: words(f"opinion_{one}") for one in Opinion}
    lines = words.how(
        department=contents.department,
        release=contents.release,
        rows=words("sheet_rows"),
        nothing=words("nothing"),
        places=words("places"),
        **opinions,
    )
    for number, line in enumerate(lines, start=1):
        cell = _fill(sheet, number, 1, line)
        cell.font = Font(bold=True, size=14) if number == 1 else Font(size=12)


def _list(sheet: Worksheet, rows: Sequence[Sequence[str | int]], words: WorkbookWords) -> None:
    for number, column in enumerate(Column, start=1):
        title = _fill(sheet, 1, number, words(f"column_{column}"))
        title.font, title.fill = HEAD, HEAD_FILL
        sheet.column_dimensions[get_column_letter(number)].width = WIDTHS.get(column, WIDTH)
    for row, values in enumerate(rows, start=2):
        for number, value in enumerate(values, start=1):
            cell = _fill(sheet, row, number, value)
            if number in FILLED_IN:
                cell.fill = TO_FILL_IN
    sheet.freeze_panes = "E2"
    sheet.auto_filter.ref = sheet.dimensions
    choice, opinion = _choice(words), get_column_letter(_number(Column.OPINION))
    choice.add(f"{opinion}2:{opinion}{len(rows) + 1}")
    sheet.add_data_validation(choice)


def _number(column: Column) -> int:
    return list(Column).index(column) + 1


def _choice(words: WorkbookWords) -> DataValidation:
    listed = ",".join(words(f"opinion_{one}") for one in Opinion)
    choice = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
    choice.error = words("opinion_hint")
    choice.showErrorMessage = True
    return choice


def _fill(sheet: Worksheet, row: int, column: int, value: str | int) -> Cell | MergedCell:
    """Fill a cell; a text is a text, also when it looks like a formula."""
    cell = sheet.cell(row, column)
    cell.alignment = WRAPPED
    if value != "":
        cell.value = value
    if isinstance(value, str) and value.startswith(FORMULA_LIKE):
        cell.data_type, cell.quotePrefix = "s", True
    return cell


def _too_much(file: str, sheet: str, rows: Sequence[Sequence[str | int]]) -> tuple[Mistake, ...]:
    wrong = []
    for number, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            if what := _unfit(str(value)):
                where = f"{file} {sheet}!{get_column_letter(column)}{number}"
                wrong.append(Mistake(where=where, what=f"{row[0]}: {what}"))
    return tuple(wrong)


def _unfit(value: str) -> str:
    if len(value) > LONGEST:
        return f"{len(value)} characters, a cell holds {LONGEST}: shorten the guide"
    if ILLEGAL_CHARACTERS_RE.search(value):
        return "a control character, which a cell cannot hold: take it out of the guide"
    return ""
