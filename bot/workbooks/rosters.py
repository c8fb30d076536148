"""Read a roster, .xlsx or .csv, as clerks keep it: a title above, columns in any order."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from bot.workbooks import sheets
from bot.workbooks.sheets import Table, table_in
from data.civic.errors import Mistake, Mistakes
from data.civic.safety.rows import NEEDED, Column, RosterWords, Row, Sheet

MOST_ROWS = 100_000
"""People of one file; a county divides its roster by towns."""
HEADING_WITHIN = 10
"""Rows among which the headings stand."""

_KEPT_TEXT = re.compile(r'="([^"]*)"')
"""How exports keep a number text: nothing is computed."""
_BESIDE = re.compile(r"[\s*：:\u200b-\u200f\ufeff]")
_WIDE = str.maketrans("（）", "()")


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """The rows of a file, and what its sender should know of how it was read."""

    rows: tuple[Row, ...]
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    """Where the headings stand, which column each begins, and headings that nobody knows."""

    row: sheets.Row
    places: Mapping[Column, int]
    unknown: tuple[str, ...]


def read_roster(name: str, content: bytes, words: RosterWords) -> Roster:
    """Read the people of a file. Seconds for many: not for an event loop.

    Raises:
        Mistakes: it is no roster, or cells cannot be read; each by its address.
    """
    table = table_in(name, content, most_rows=MOST_ROWS + HEADING_WITHIN)
    head = _head_of(table, words)
    rows, wrong = _rows(table, head)
    if wrong:
        raise Mistakes(tuple(wrong))
    if not rows:
        raise _refused(name, "no person stands under the headings")
    if len(rows) > MOST_ROWS:
        raise _refused(name, f"more than {MOST_ROWS} people: divide the file by towns")
    return Roster(rows=tuple(rows), notices=_notices(content, head))


def _head_of(table: Table, words: RosterWords) -> _Head:
    """Find the row that has the headings which every roster needs."""
    known = {_flat(title): column for title, column in words.titles().items()}
    ignored = {_flat(one) for one in words.ignored}
    for row in (table.head, *table.rows)[:HEADING_WITHIN]:
        titles = [_flat(one) for one in row.cells]
        found = [(known[title], place) for place, title in enumerate(titles) if title in known]
        if not {column for column, _ in found}.issuperset(NEEDED):
            continue
        places: dict[Column, int] = {}
        for column, place in found:
            if column in places:
                what = f"{row.cells[place]}: another column says the same: keep one"
                raise Mistakes((row.wrong(place, what),))
            places[column] = place
        unknown = [one for one in titles if one and one not in known and one not in ignored]
        return _Head(row=row, places=places, unknown=tuple(unknown))
    needed = "、".join(words.columns[one][0] for one in NEEDED)
    raise _refused(table.name, f"no row has the headings {needed}: see `bianmin roster template`")


def _rows(table: Table, head: _Head) -> tuple[list[Row], list[Mistake]]:
    """Take what stands below the headings; a title above them may be merged."""
    letters = {column: get_column_letter(place + 1) for column, place in head.places.items()}
    sheet = Sheet(name=head.row.sheet, letters=letters)
    rows: list[Row] = []
    wrong: list[Mistake] = list(head.row.faults)
    for one in table.rows:
        if one.number <= head.row.number:
            continue
        wrong += one.faults
        cells = {column: text for column, place in head.places.items() if (text := one.text(place))}
        row = Row(sheet=sheet, number=one.number, cells=cells)
        for column, text in cells.items():
            if text.startswith("="):
                wrong += _unfolded(row, cells, column)
        if cells:
            rows.append(row)
    return rows, wrong


def _unfolded(row: Row, cells: dict[Column, str], column: Column) -> list[Mistake]:
    """Take the text out of `="text"`; any other formula is refused."""
    kept = _KEPT_TEXT.fullmatch(cells[column])
    if kept is None:
        return [row.wrong(column, "a formula: write the value itself")]
    cells[column] = kept[1]
    return []


def _notices(content: bytes, head: _Head) -> tuple[str, ...]:
    notices = [f"columns left out: {'、'.join(head.unknown)}"] if head.unknown else []
    if not content.startswith(sheets.PACKED) and not _is_utf8(content):
        notices.append("read as GBK: if names look wrong, save the file as CSV UTF-8")
    return tuple(notices)


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _flat(title: str) -> str:
    """Compare headings without gaps, stars and colons, whatever the width of brackets."""
    return _BESIDE.sub("", title.translate(_WIDE))


def _refused(name: str, why: str) -> Mistakes:
    return Mistakes((Mistake(where=name, what=why),))
