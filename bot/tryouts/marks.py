"""Read which answers somebody has marked as wrong in a tryout's table."""

from collections.abc import Sequence

from bot.workbooks.sheets import table_in
from data.civic.errors import Mistake, Mistakes
from data.civic.knowing.trials import TrialRow
from handlers.acts.trials import MOST_ROWS


def marked_in(name: str, content: bytes, rows: Sequence[TrialRow], wrong: str) -> list[int]:
    """Tell the numbers of the rows whose last column says `wrong`; known by place and text.

    Raises:
        Mistakes: it is no such table.
    """
    table = table_in(name, content, most_rows=MOST_ROWS + len(rows))
    known = {(row.where, row.text): row.number for row in rows}
    column = len(table.head.cells) - 1
    if column < 2:
        what = "no table of a tryout: download it, write in its last column, send it back"
        raise Mistakes((Mistake(where=name, what=what),))
    said = [row for row in table.rows if row.text(column).strip() == wrong]
    return [known[key] for row in said if (key := (row.text(0), row.text(1))) in known]
