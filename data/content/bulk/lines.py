"""What bulk sheets have in common: their columns, their lines, and what came of them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from data.civic.errors import Mistake

Files = Mapping[str, bytes]
Cells = Mapping[str, str]
"""Column → what stands in it."""


class Kind(StrEnum):
    """What a sheet holds."""

    EXAMPLES = "examples"
    """What citizens say: one sentence a line; all sentences of an intent that is named."""
    ANSWERS = "answers"
    """The fixed answers of intents, one a line."""
    GUIDES = "guides"
    """What guides are: one a line; a new one is made with nothing stated."""
    ELEMENTS = "elements"
    """What guides say: one element a line, of everyone, a situation or an area."""
    VARIANTS = "variants"
    """Everyday forms and their standard words: the whole list."""
    GOLDEN = "golden"
    """Questions that every release must answer rightly: the whole list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a sheet; `wrong` makes a mistake of one of its cells."""

    cells: Cells
    wrong: Callable[[str, str], Mistake] = field(repr=False)

    def __getitem__(self, column: str) -> str:
        """Tell what stands in a column; empty where nothing does."""
        return self.cells.get(column, "").strip()


@dataclass(slots=True)
class Taken:
    """What lines make of files, and what is wrong with them."""

    texts: dict[str, bytes | None] = field(default_factory=dict)
    """Path → its new text, of files that change."""
    lines: dict[str, list[Line]] = field(default_factory=dict)
    """Path → the lines that speak of it."""
    mistakes: list[Mistake] = field(default_factory=list)
    bad: set[int] = field(default_factory=set)
    """`id()` of the lines that have a mistake."""
    new: int = 0
    changed: int = 0
    same: int = 0
    removed: int = 0

    def wrong(self, line: Line, column: str, what: str) -> None:
        """Note a mistake of a line."""
        self.mistakes.append(line.wrong(column, what))
        self.bad.add(id(line))

    def speaks_of(self, path: str, line: Line) -> None:
        """Note that a line speaks of a file."""
        self.lines.setdefault(path, []).append(line)


def told_apart(
    lines: Iterable[Line], key: Callable[[Line], object], taken: Taken, column: str
) -> list[Line]:
    """Keep the first line of each key; the others are mistakes."""
    kept: dict[object, Line] = {}
    for line in lines:
        name = key(line)
        if name in kept:
            taken.wrong(line, column, "stands twice in this sheet: keep one of the lines")
        else:
            kept[name] = line
    return list(kept.values())
