"""Bulk sheets as files: .xlsx and .csv with the same columns, out and in again."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font

from bot.workbooks.csv_cells import FORMULA_LIKE
from bot.workbooks.sheets import Row, Table, table_in
from data.civic.errors import Mistake, Mistakes
from data.civic.knowing.guides import ElementName, Standing
from data.civic.knowing.sentences import Sentence
from data.content.bulk.lines import Cells, Kind, Line
from data.content.bulk.sheets import SHEETS

MOST_ROWS = 50_000
LONGEST = 32_767
"""Characters that Excel takes in a cell."""

_WIDE = frozenset({"sentence", "text", "answer.full", "summary", "items", "plain"})


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkWords:
    """The titles of columns, and the words for values from closed lists."""

    words: Mapping[str, Sentence]

    def kind(self, kind: Kind) -> str:
        """Tell what a sheet is called."""
        return self.words[f"bulk_kind_{kind}"].full

    def title(self, kind: Kind, column: str) -> str:
        """Tell the title of a column."""
        named = f"{kind}_{column}" if (kind, column) == (Kind.GOLDEN, "text") else column
        return self.words[f"bulk_column_{named.replace('.', '_')}"].full

    def shown(self, column: str, value: str) -> str:
        """Write a value of a closed list in words."""
        return {key: word for word, key in self._known(column).items()}.get(value, value)

    def meant(self, column: str, said: str) -> str:
        """Read a word for a value of a closed list; what is no such word stays as it is."""
        return self._known(column).get(said.strip(), said)

    def _known(self, column: str) -> Mapping[str, str]:
        match column:
            case "status":
                return {self.words[f"workbook_status_{one}"].full: one.value for one in Standing}
            case "element":
                return {self.words[f"workbook_element_{e}"].full: e.value for e in ElementName}
            case _:
                return {}


def as_csv(kind: Kind, rows: Iterable[Cells], words: BulkWords) -> bytes:
    """Write a sheet as CSV with a byte-order mark, so that Excel reads it; no cell is a formula."""
    file = StringIO(newline="")
    writer = csv.writer(file)
    for cells in _lines(kind, rows, words):
        writer.writerow([f"'{one}" if one.startswith(FORMULA_LIKE) else one for one in cells])
    return file.getvalue().encode("utf-8-sig")


def as_xlsx(kind: Kind, rows: Iterable[Cells], words: BulkWords) -> bytes:
    """Write a sheet as a workbook; every cell is text.

    Raises:
        Mistakes: a text is longer than Excel takes: choose CSV.
    """
    book = Workbook(write_only=True)
    page = book.create_sheet(words.kind(kind))
    page.freeze_panes = "A2"
    for number, column in enumerate(SHEETS[kind].columns):
        page.column_dimensions[chr(ord("A") + number)].width = 50 if column in _WIDE else 18
    for number, cells in enumerate(_lines(kind, rows, words)):
        page.append([_cell(page, text, head=number == 0) for text in cells])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def lines_in(
    kind: Kind, name: str, content: bytes, words: BulkWords
) -> tuple[list[Line], list[Mistake]]:
    """Read a sheet; the order of its columns does not matter. Also tell the cells not read.

    Raises:
        Mistakes: it is no such sheet: columns are missing or not known, or it has too many rows.
    """
    table = table_in(name, content, most_rows=MOST_ROWS)
    places = _places(kind, table, words)
    faults = [fault for row in table.rows for fault in row.faults]
    return [_line(row, places, words) for row in table.rows if not row.faults], faults


def _lines(kind: Kind, rows: Iterable[Cells], words: BulkWords) -> Iterator[list[str]]:
    columns = SHEETS[kind].columns
    yield [words.title(kind, column) for column in columns]
    for cells in rows:
        yield [words.shown(column, cells.get(column) or "") for column in columns]


def _places(kind: Kind, table: Table, words: BulkWords) -> dict[str, int]:
    titles = {words.title(kind, column): column for column in SHEETS[kind].columns}
    found: dict[str, int] = {}
    wrong: list[Mistake] = []
    for place, head in enumerate(table.head.cells):
        column = titles.get(head.strip())
        if head.strip() and column is None:
            wrong.append(table.head.wrong(place, f"no column {head.strip()[:40]!r} in this sheet"))
        elif column is not None:
            found[column] = place
    missing = [title for title, column in titles.items() if column not in found]
    if missing:
        what = f"columns are missing: {'、'.join(missing)}. Export the sheet and fill that in"
        wrong.append(Mistake(where=table.name, what=what))
    if wrong:
        raise Mistakes(tuple(wrong))
    return found


def _line(row: Row, places: Mapping[str, int], words: BulkWords) -> Line:
    cells = {column: words.meant(column, row.text(place)) for column, place in places.items()}
    return Line(cells=cells, wrong=lambda column, what: row.wrong(places[column], what))


def _cell(page: Any, text: str, *, head: bool) -> Any:
    if len(text) > LONGEST:
        what = f"a text has {len(text)} characters, Excel takes {LONGEST}: choose CSV"
        raise Mistakes((Mistake(where=text[:20], what=what),))
    cell = WriteOnlyCell(page, value=ILLEGAL_CHARACTERS_RE.sub("", text))
    cell.data_type = "s"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if head:
        cell.font = Font(bold=True)
    return cell
