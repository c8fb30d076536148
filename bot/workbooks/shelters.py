"""Read a file of shelters, .xlsx or .csv: headings in any order, errors by their cell."""

from bot.workbooks.sheets import Row, Table, address, table_in
from data.civic.errors import Mistake, Mistakes
from data.civic.safety.shelter_rows import NEEDED, ShelterColumn, ShelterRow, ShelterWords

MOST_ROWS = 5_000
"""Shelters of one file; a county has fewer."""


def read_shelters(name: str, content: bytes, words: ShelterWords) -> tuple[ShelterRow, ...]:
    """Read the shelters of a file. Seconds for many: not for an event loop.

    Raises:
        Mistakes: it is no such file, or cells cannot be read; each by its address.
    """
    table = table_in(name, content, most_rows=MOST_ROWS)
    places = _places(table, words)
    if faults := [fault for row in (table.head, *table.rows) for fault in row.faults]:
        raise Mistakes(tuple(faults))
    rows = tuple(_row(one, places) for one in table.rows if any(one.cells))
    if not rows:
        raise Mistakes((Mistake(where=name, what="no shelter stands under the headings"),))
    return rows


def _places(table: Table, words: ShelterWords) -> dict[ShelterColumn, int]:
    known = {title: column for column, titles in words.columns.items() for title in titles}
    places: dict[ShelterColumn, int] = {}
    for place, title in enumerate(one.strip(" *：:") for one in table.head.cells):
        column = known.get(title)
        if column is not None and column in places:
            what = f"{title}: another column says the same: keep one"
            raise Mistakes((table.head.wrong(place, what),))
        if column is not None:
            places[column] = place
    if missing := [words.columns[one][0] for one in NEEDED if one not in places]:
        what = f"the first row lacks the headings {'、'.join(missing)}"
        raise Mistakes((Mistake(where=address(table.head.sheet, 0, table.head.number), what=what),))
    return places


def _row(row: Row, places: dict[ShelterColumn, int]) -> ShelterRow:
    return ShelterRow(
        cells={column: row.text(place).strip() for column, place in places.items()},
        where={column: address(row.sheet, place, row.number) for column, place in places.items()},
    )
