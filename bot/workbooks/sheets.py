"""Read any table that an office sends, .xlsx or .csv, as rows of text with their addresses.

What it may unpack to is bounded first; formulas, errors and merged cells are faults of the cell
that has them; nothing is cut, and nothing is left unread in silence.
"""

import csv
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries

from bot.workbooks.cells import BROKEN, OLD_EXCEL, clean, first_line, no_workbook, text_of
from bot.workbooks.csv_cells import FORMULA_LIKE
from data.civic.errors import Mistake, Mistakes

LARGEST, UNPACKED = 32 << 20, 256 << 20
"""Bytes of a file, and bytes that a workbook unpacks to."""
MOST_COLUMNS = 60
PACKED = b"PK\x03\x04"
"""How an .xlsx begins."""
ENCODINGS = ("utf-8-sig", "gb18030")
"""What Excel and WPS write: UTF-8 with a byte-order mark, or the Chinese code page."""
MARKS = ",\t;"
"""What may stand between the cells of a .csv."""

_PATH = "_worksheet_path"
"""Where a read-only sheet of openpyxl keeps the name of its file in the workbook."""
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_HELD = tuple(f"'{one}" for one in FORMULA_LIKE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: the text of its cells, where it stands, and which cells cannot be read."""

    sheet: str
    number: int
    cells: tuple[str, ...]
    faults: tuple[Mistake, ...] = ()

    def text(self, column: int) -> str:
        """Tell what stands in a column, counted from 0; empty where nothing does."""
        return self.cells[column] if column < len(self.cells) else ""

    def wrong(self, column: int, what: str) -> Mistake:
        """Make a mistake of a cell, by the address that Excel shows."""
        return Mistake(where=address(self.sheet, column, self.number), what=what)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table as it was sent: its first row that says anything, and those below it."""

    name: str
    head: Row
    rows: tuple[Row, ...]


def address(sheet: str, column: int, row: int) -> str:
    """Write the address of a cell as Excel shows it: `名单!C17`."""
    return f"{sheet}!{get_column_letter(column + 1)}{row}"


def table_in(name: str, content: bytes, *, most_rows: int) -> Table:
    """Read the first sheet that says anything. Seconds for many rows: not for an event loop.

    Raises:
        Mistakes: it is no table, it is empty, or has more than `most_rows` rows.
    """
    if content.startswith((PACKED, OLD_EXCEL)):
        found = _workbook(name, content, most_rows)
    else:
        found = list(_bounded(name, _csv(name, content), most_rows))
    if not found:
        raise _refused(name, "nothing stands in it: send the table with its row of titles")
    return Table(name=name, head=found[0], rows=tuple(found[1:]))


def text_in(name: str, content: bytes) -> str:
    """Read a file of plain text, in UTF-8 or the Chinese code page.

    Raises:
        Mistakes: it is neither, or too large.
    """
    if len(content) > LARGEST:
        raise _refused(name, f"{len(content) >> 20} MB: a table has at most {LARGEST >> 20}")
    if b"\0" in content:
        raise _refused(name, "no table: save it as .xlsx or .csv")
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _refused(name, "neither UTF-8 nor GBK: save it as .csv (UTF-8)")


def _csv(name: str, content: bytes) -> Iterator[Row]:
    text = text_in(name, content)
    first = next((line for line in text.splitlines() if line.strip()), "")
    mark = max(MARKS, key=first.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=mark, strict=True)
    number = 1
    try:
        for cells in reader:
            yield _row(name, number, [_unheld(one) for one in cells])
            number += 1
    except csv.Error as error:
        what = f"row {number} cannot be read ({first_line(error)}): a quotation mark is not closed?"
        raise _refused(name, what) from error


def _workbook(name: str, content: bytes, most_rows: int) -> list[Row]:
    if why := no_workbook(content, largest=LARGEST, unpacked=UNPACKED):
        raise _refused(name, why)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles and extensions that openpyxl leaves out
            book = load_workbook(BytesIO(content), read_only=True, data_only=False)
        for page in book.worksheets:
            page.reset_dimensions()  # a file may say that it ends before it does
            merged = _merged(content, getattr(page, _PATH))
            rows = _rows(page.title, page.iter_rows(max_col=MOST_COLUMNS), merged)
            if found := list(_bounded(name, rows, most_rows)):
                return found
    except BROKEN as error:
        what = f"cannot be read ({first_line(error)}): save it anew as .xlsx"
        raise _refused(name, what) from error
    return []


def _rows(sheet: str, lines: Iterator[Sequence[object]], merged: "_Merged") -> Iterator[Row]:
    for number, cells in enumerate(lines, start=1):
        texts, faults = [], []
        for column, cell in enumerate(cells):
            try:
                texts.append(text_of(cell))  # type: ignore[arg-type]
            except ValueError as error:
                texts.append("")
                faults.append(Mistake(where=address(sheet, column, number), what=str(error)))
        faults += merged.faults(sheet, number)
        yield Row(sheet=sheet, number=number, cells=_filled(texts), faults=tuple(faults))


def _row(sheet: str, number: int, cells: Sequence[str]) -> Row:
    texts, faults = [], []
    for column, cell in enumerate(cells):
        try:
            texts.append(clean(cell))
        except ValueError as error:
            texts.append("")
            faults.append(Mistake(where=address(sheet, column, number), what=str(error)))
    return Row(sheet=sheet, number=number, cells=_filled(texts), faults=tuple(faults))


def _unheld(text: str) -> str:
    """Take away the mark that keeps a spreadsheet from computing a cell."""
    return text[1:] if text.startswith(_HELD) else text


def _filled(texts: Sequence[str]) -> tuple[str, ...]:
    """Leave out the empty cells behind the last one that says anything."""
    last = max((place for place, text in enumerate(texts, start=1) if text), default=0)
    return tuple(texts[:last])


def _bounded(name: str, rows: Iterator[Row], most_rows: int) -> Iterator[Row]:
    """Give the rows that say anything; refuse one too many rather than cut."""
    found = 0
    for row in rows:
        if any(row.cells) or row.faults:
            found += 1
            if found > most_rows + 1:
                raise _refused(name, f"more than {most_rows} rows: divide it and send the parts")
            yield row


@dataclass(frozen=True, slots=True)
class _Merged:
    """The merged cells of a sheet: (first row, last row, first column, name)."""

    ranges: tuple[tuple[int, int, int, str], ...]

    def faults(self, sheet: str, number: int) -> list[Mistake]:
        what = "{}: merged cells; unmerge them and write each cell"
        return [
            Mistake(where=address(sheet, column - 1, number), what=what.format(name))
            for first, _, column, name in self.ranges
            if first == number
        ]


def _merged(content: bytes, path: str) -> _Merged:
    """Find the merged cells: read-only books do not tell, and their hidden cells look empty."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        xml = archive.read(path.lstrip("/"))
    found = []
    for one in _MERGED.findall(xml):
        name = one.decode()
        left, top, _, bottom = range_boundaries(name)
        found.append((int(top or 1), int(bottom or 1), int(left or 1), name))
    return _Merged(tuple(found))


def _refused(name: str, why: str) -> Mistakes:
    return Mistakes((Mistake(where=name, what=why),))
