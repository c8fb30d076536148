"""Rosters as clerks send them: rows of cells under our own headings, files of both sorts."""

from collections.abc import Mapping, Sequence
from io import BytesIO

from openpyxl import Workbook

from data.civic.privacy import CHECKS, WEIGHTS
from data.civic.safety.rows import Column, Row, Sheet
from data.content.roster_words import roster_words

WORDS = roster_words()
ZHULUO, TONGER, LOUYING = "330109105201", "330109105202", "330109100201"
LETTERS = {column: chr(ord("A") + place) for place, column in enumerate(Column)}
SHEET = Sheet(name="名册", letters=LETTERS)

Cells = Mapping[Column, str]


def id_number(number: int = 1, born: str = "19460304") -> str:
    """Make an ID number with the right check digit, of no division that exists."""
    head = f"999999{born}{number:03}"
    total = sum(int(digit) * weight for digit, weight in zip(head, WEIGHTS, strict=True))
    return head + CHECKS[total % 11]


def cells(number: int = 1, **more: str) -> dict[Column, str]:
    """Write one person; `more` by the names of columns, empty takes a cell out."""
    given = {
        Column.NAME: f"样例{number}",
        Column.ID_NUMBER: id_number(number),
        Column.VILLAGE: ZHULUO,
        **{Column(name): text for name, text in more.items()},
    }
    return {column: text for column, text in given.items() if text}


def row(number: int = 1, *, line: int | None = None, **more: str) -> Row:
    return Row(sheet=SHEET, number=line or number + 1, cells=cells(number, **more))


def xlsx(people: Sequence[Cells], *, title: str = "") -> tuple[bytes, Workbook]:
    """Write a workbook with headings, and perhaps a merged title above them."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "名册"
    if title:
        sheet.append([title])
        sheet.merge_cells("A1:F1")
    sheet.append([WORDS.columns[column][0] for column in Column])
    for one in people:
        sheet.append([one.get(column) for column in Column])
    return saved(book), book


def saved(book: Workbook) -> bytes:
    whole = BytesIO()
    book.save(whole)
    return whole.getvalue()


def csv(people: Sequence[Cells], *, end: str = "\r\n") -> str:
    lines = [",".join(WORDS.columns[column][0] for column in Column)]
    lines += [",".join(one.get(column, "") for column in Column) for one in people]
    return end.join(lines) + end
