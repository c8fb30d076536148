"""A clerk at a workbook: fills in cells by row and column, saves it as Excel would."""

from collections.abc import Mapping
from io import BytesIO

from openpyxl import load_workbook

from bot.workbooks.layout import Column, Opinion, WorkbookWords, workbook_words
from bot.workbooks.rows import Row, rows_by_department
from bot.workbooks.writing import Contents, workbook
from data.civic.knowing.releases import Release

WORDS = workbook_words()
SMALL = "数据管理"
"""A department with one guide."""
GUIDE = "e_certificate"

ADOPT, CORRECT, WITHDRAW, NOT_OURS = (WORDS(f"opinion_{one}") for one in Opinion)


def exported(release: Release, department: str = SMALL) -> bytes:
    rows = rows_by_department(release, WORDS)[department]
    return of_rows(rows, department)


def of_rows(rows: list[Row], department: str = SMALL) -> bytes:
    file = f"{department}.xlsx"
    contents = Contents(file=file, department=department, release="test", rows=rows)
    return workbook(contents, WORDS)


class Clerk:
    """Opens a workbook, writes into it, saves it."""

    def __init__(self, content: bytes, words: WorkbookWords = WORDS) -> None:
        self.book = load_workbook(BytesIO(content))
        self.sheet = self.book[words("sheet_rows")]
        self._letters = {cell.value: cell.column_letter for cell in self.sheet[1]}
        self._words = words

    @property
    def keys(self) -> list[str]:
        return [str(self.sheet[f"A{n}"].value) for n in range(2, self.sheet.max_row + 1)]

    def address(self, key: str, column: Column) -> str:
        letter = self._letters[self._words(f"column_{column}")]
        return f"{letter}{self.keys.index(key) + 2}"

    def read(self, key: str, column: Column) -> object:
        return self.sheet[self.address(key, column)].value

    def write(self, key: str, cells: Mapping[Column, object]) -> None:
        for column, value in cells.items():
            self.sheet[self.address(key, column)].value = value

    def say(self, opinion: str, *keys: str) -> None:
        for key in keys:
            self.write(key, {Column.OPINION: opinion})

    def saved(self) -> bytes:
        whole = BytesIO()
        self.book.save(whole)
        return whole.getvalue()
