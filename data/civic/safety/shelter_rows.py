"""A row of a file of shelters as a clerk wrote it: its cells with their addresses."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from data.civic.errors import Mistake


class ShelterColumn(StrEnum):
    """What a column says, in the order of the words."""

    ID = "id"
    NAME = "name"
    LEVEL = "level"
    AREA = "area"
    PEOPLE = "people"
    BEDS = "beds"
    WHEELCHAIRS = "wheelchairs"
    PETS = "pets"
    STEP_FREE = "step_free"
    LON = "lon"
    LAT = "lat"
    PHONE = "phone"
    IN_CHARGE = "in_charge"
    INSPECTED_UNTIL = "inspected_until"


NEEDED = (
    ShelterColumn.ID,
    ShelterColumn.NAME,
    ShelterColumn.LEVEL,
    ShelterColumn.AREA,
    ShelterColumn.PEOPLE,
    ShelterColumn.PHONE,
    ShelterColumn.INSPECTED_UNTIL,
)
"""Without these columns a row is no shelter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelterWords:
    """What clerks write; of every list the first is our own word."""

    columns: Mapping[ShelterColumn, tuple[str, ...]]
    levels: Mapping[str, tuple[str, ...]]
    yes: tuple[str, ...]
    no: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelterRow:
    """One shelter."""

    cells: Mapping[ShelterColumn, str]
    where: Mapping[ShelterColumn, str]
    """The address of each column's cell, as Excel shows it."""

    def text(self, column: ShelterColumn) -> str:
        """Tell what stands in a column; empty where nothing does."""
        return self.cells.get(column, "")

    def wrong(self, column: ShelterColumn, what: str) -> Mistake:
        """Make a mistake of a cell; where the column is not there, of the id's."""
        return Mistake(where=self.where.get(column) or self.where[ShelterColumn.ID], what=what)
