"""A row of a file of grid workers as a clerk wrote it: its cells with their addresses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from data.civic.errors import Mistake


class WorkerColumn(StrEnum):
    """What a column says, in the order of the words."""

    ID = "id"
    NAME = "name"
    PHONE = "phone"
    AREA = "area"
    DEPUTY = "deputy"
    GRIDS = "grids"
    LOGIN = "login"


NEEDED = (WorkerColumn.ID, WorkerColumn.NAME, WorkerColumn.PHONE, WorkerColumn.AREA)
"""Without these columns no row means anybody."""
WorkerWords = Mapping[WorkerColumn, tuple[str, ...]]
"""How each column is headed; the first is our own word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerRow:
    """One grid worker."""

    cells: Mapping[WorkerColumn, str] = field(repr=False)
    where: Mapping[WorkerColumn, str]
    """The address of each column's cell, as Excel shows it."""

    def text(self, column: WorkerColumn) -> str:
        """Tell what stands in a column; empty where nothing does."""
        return self.cells.get(column, "")

    def wrong(self, column: WorkerColumn, what: str) -> Mistake:
        """Make a mistake of a cell; where the column is not there, of the id's."""
        return Mistake(where=self.where.get(column) or self.where[WorkerColumn.ID], what=what)
