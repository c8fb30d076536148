"""A row of a roster as a clerk wrote it: its cells with their addresses, and the words in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from data.civic.errors import Mistake
from data.civic.risks import RiskTag
from data.civic.safety.rosters import Mobility


class Column(StrEnum):
    """What a column of a roster says, in the order of the template."""

    NAME = "name"
    ID_NUMBER = "id_number"
    PHONE = "phone"
    VILLAGE = "village"
    HOUSEHOLD = "household"
    ADDRESS = "address"
    GRID = "grid"
    RISKS = "risks"
    MOBILITY = "mobility"
    PROXY = "proxy"
    PROXY_PHONE = "proxy_phone"
    PROXY_RELATION = "proxy_relation"
    LANGUAGE = "language"
    SMARTPHONE = "smartphone"
    BORN = "born"
    UNTIL = "until"
    CHECKED = "checked"
    LON = "lon"
    LAT = "lat"


NEEDED = (Column.NAME, Column.VILLAGE)
"""Without these columns no row means anybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterWords:
    """How columns are headed and what stands in them; the first of a list is our own word."""

    columns: Mapping[Column, tuple[str, ...]]
    ignored: frozenset[str]
    """Columns that clerks have and we do not keep."""
    risks: Mapping[RiskTag, tuple[str, ...]]
    mobility: Mapping[Mobility, tuple[str, ...]]
    yes: tuple[str, ...]
    no: tuple[str, ...]
    sheet: str
    how_sheet: str
    how: tuple[str, ...]
    example: tuple[str, ...]
    nothing: str
    """Takes away what stands."""

    def titles(self) -> dict[str, Column]:
        """Map every heading to its column."""
        return {word: column for column, words in self.columns.items() for word in words}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Where rows stand: the file with its sheet, and the letter of each column."""

    name: str
    letters: Mapping[Column, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: the text of its cells."""

    sheet: Sheet
    number: int
    cells: Mapping[Column, str] = field(repr=False)

    def __getitem__(self, column: Column) -> str:
        """Tell what a cell says; empty where it says nothing."""
        return self.cells.get(column, "")

    def at(self, column: Column) -> str:
        """Tell the address of a cell: `名册!C17`; of a column that is not there, the row."""
        letter = self.sheet.letters.get(column, "")
        return f"{self.sheet.name}!{letter}{self.number}"

    def wrong(self, column: Column, what: str) -> Mistake:
        """Make a mistake of a cell; `what` repeats no number of a person."""
        return Mistake(where=self.at(column), what=what)
