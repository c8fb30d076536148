"""Open a workbook that came back, and take its rows as text, each cell with its address.

It comes from outside: what it may unpack to is bounded before anything is unpacked, formulas
and errors are refused, and nothing is left unread in silence.
"""

import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils import get_column_letter

from bot.workbooks.cells import BROKEN, first_line, no_workbook, text_of
from bot.workbooks.layout import RETURNED, Column, WorkbookWords
from data.civic.errors import Mistake, Mistakes

MOST_ROWS, MOST_COLUMNS = 20_000, 60
LAST_ROW = 1_048_576
"""Of Excel; openpyxl would count on."""

Cells = Sequence[Cell | MergedCell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """One row as it came back: the text of its cells, and where it stands."""

    sheet: str
    """File and sheet."""
    number: int
    letters: Mapping[Column, str]
    cells: Mapping[Column, str]

    def __getitem__(self, column: Column) -> str:
        """Tell what a cell says; empty where it says nothing."""
        return self.cells.get(column, "")

    def wrong(self, column: Column, what: str) -> Mistake:
        """Make a mistake of a cell."""
        return Mistake(where=f"{self.sheet}!{self.letters[column]}{self.number}", what=what)


def rows_in(name: str, content: bytes, words: WorkbookWords) -> list[Returned]:
    """Read the rows of a workbook that say something.

    Raises:
        Mistakes: it is no such workbook, or cells cannot be read; each by its address.
    """
    _refuse(name, no_workbook(content))
    sheet = words("sheet_rows")
    try:
        lines = list(_lines(content, sheet))
    except BROKEN as error:
        _refuse(name, f"cannot be read ({first_line(error)}): save it anew as .xlsx")
    if not lines:
        _refuse(name, f"no sheet {sheet!r} with rows: send back the workbook that was exported")
    (_, head), *rows = lines
    letters = _letters(head, words, name)
    return _texts(f"{name} {sheet}", letters, rows)


def _lines(content: bytes, sheet: str) -> Iterator[tuple[int, Cells]]:
    """Give the lines of the sheet that hold anything, with their numbers."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions it leaves out
        book = load_workbook(BytesIO(content), read_only=True, data_only=False)
    if sheet not in book.sheetnames:
        return
    found = 0
    page = book[sheet]
    page.reset_dimensions()  # a file may say that it ends before it does
    for number, cells in enumerate(page.iter_rows(max_col=MOST_COLUMNS), start=1):
        if any(cell.value not in (None, "") for cell in cells):
            found += 1
            yield number, cells
        if found > MOST_ROWS or number > LAST_ROW:
            raise ValueError(f"more than {MOST_ROWS} rows")


def _letters(head: Cells, words: WorkbookWords, name: str) -> dict[Column, str]:
    """Find the columns by their titles: their order may have changed."""
    known = words.titles()
    found: dict[Column, str] = {}
    for number, cell in enumerate(head, start=1):
        column = known.get(str(cell.value or "").strip())
        if column is not None and column not in found:
            found[column] = get_column_letter(number)
    missing = [words(f"column_{one}") for one in RETURNED if one not in found]
    if missing:
        _refuse(name, f"no column {'、'.join(missing)}: send back the workbook that was exported")
    return found


def _texts(
    sheet: str, letters: Mapping[Column, str], rows: Sequence[tuple[int, Cells]]
) -> list[Returned]:
    wanted = {column: letters[column] for column in RETURNED}
    found: list[Returned] = []
    wrong: list[Mistake] = []
    for number, cells in rows:
        by_letter = {get_column_letter(n): cell for n, cell in enumerate(cells, start=1)}
        row: dict[Column, str] = {}
        returned = Returned(sheet=sheet, number=number, letters=wanted, cells=row)
        for column, letter in wanted.items():
            try:
                row[column] = text_of(by_letter[letter])
            except ValueError as error:
                wrong.append(returned.wrong(column, str(error)))
        found.append(returned)
    if wrong:
        raise Mistakes(tuple(wrong))
    return found


def _refuse(name: str, why: str) -> None:
    if why:
        raise Mistakes((Mistake(where=name, what=why),))
