"""How a workbook is laid out: its columns, its opinions, and their words."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from data.civic.errors import Mistake, Mistakes
from data.civic.knowing.adoptions import SUMMARY
from data.civic.knowing.guides import ElementName, Standing
from data.civic.knowing.sentences import Sentence, fill
from data.content.files import shipped
from data.content.reader import read_words

PREFIX = "workbook_"


class Column(StrEnum):
    """The columns of the rows, in order."""

    KEY = "key"
    """The spot in a guide, or `area=code`: by it a row is known when it comes back."""
    GUIDE = "guide"
    PART = "part"
    ELEMENT = "element"
    STATUS = "status"
    TEXT = "text"
    PLAIN = "plain"
    MATERIALS = "materials"
    LEGAL_DAYS = "legal_days"
    PROMISED_DAYS = "promised_days"
    BASIS = "basis"
    READ_ON = "read_on"
    OPINION = "opinion"
    NEW_TEXT = "new_text"
    NEW_PLAIN = "new_plain"
    NEW_MATERIALS = "new_materials"
    BY = "by"
    ON = "on"
    DIGEST = "digest"
    """Of the words in the row: it tells whether they are still those that are served."""


RETURNED = (
    Column.KEY,
    Column.OPINION,
    Column.NEW_TEXT,
    Column.NEW_PLAIN,
    Column.NEW_MATERIALS,
    Column.BY,
    Column.ON,
    Column.DIGEST,
)
"""The columns that are read when a workbook comes back."""


class Opinion(StrEnum):
    """What a department may say of a row."""

    ADOPT = "adopt"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
    NOT_OURS = "not_ours"


NAMED = (
    *("sheet_how", "sheet_rows", "how_1", "nothing", "opinion_hint", "places", "unread"),
    *("part_all", "part_situation", "part_variant", "status_adopted"),
    *(f"column_{one}" for one in Column),
    *(f"opinion_{one}" for one in Opinion),
    *(f"status_{one}" for one in Standing),
    *(f"element_{one}" for one in (SUMMARY, *ElementName, "area")),
)
"""The sentences that a workbook is written with."""


@dataclass(frozen=True, slots=True)
class WorkbookWords:
    """The words of a workbook: `wording/workbook.toml`."""

    sentences: Mapping[str, Sentence]

    def __call__(self, key: str, **values: str) -> str:
        """Write one of them, with its placeholders filled."""
        return fill(self.sentences[PREFIX + key].full, values)

    def how(self, **values: str) -> list[str]:
        """Write the explanation, line by line."""
        lines: list[str] = []
        while f"{PREFIX}how_{len(lines) + 1}" in self.sentences:
            lines.append(self(f"how_{len(lines) + 1}", **values))
        return lines

    def titles(self) -> dict[str, Column]:
        """Map the title of each column to the column."""
        return {self(f"column_{one}"): one for one in Column}

    def opinions(self) -> dict[str, Opinion]:
        """Map the words of each opinion to the opinion."""
        return {self(f"opinion_{one}"): one for one in Opinion}


def workbook_words() -> WorkbookWords:
    """Read the words that this code is shipped with: a stored release may be older.

    Raises:
        Mistakes: some are missing.
    """
    sentences = read_words(shipped())
    missing = [key for key in NAMED if PREFIX + key not in sentences]
    if missing:
        where = "wording/workbook.toml"
        raise Mistakes(
            tuple(Mistake(where=where, what=f"[{PREFIX}{key}] is missing") for key in missing)
        )
    return WorkbookWords(sentences)
