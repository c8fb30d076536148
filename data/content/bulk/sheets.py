"""The sheets: which columns each has, how it is written and how it is taken in."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from data.civic.errors import Mistake
from data.content.bulk import lists, tables
from data.content.bulk.lines import Cells, Files, Kind, Line, Taken

Out = Callable[[Files], Iterator[Cells]]
In = Callable[[Files, list[Line], Taken], None]
Check = Callable[[Files], Sequence[Mistake]]
"""Reads the files of a release whole; says what is wrong in which file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One kind of sheet."""

    columns: tuple[str, ...]
    out: Out
    into: In


SHEETS: Mapping[Kind, Sheet] = {
    Kind.EXAMPLES: Sheet(columns=lists.EXAMPLES, out=lists.examples_out, into=lists.examples_in),
    Kind.ANSWERS: Sheet(columns=tables.ANSWERS, out=tables.answers_out, into=tables.answers_in),
    Kind.GUIDES: Sheet(columns=tables.GUIDES, out=tables.guides_out, into=tables.guides_in),
    Kind.ELEMENTS: Sheet(columns=tables.ELEMENTS, out=tables.elements_out, into=tables.elements_in),
    Kind.VARIANTS: Sheet(columns=lists.VARIANTS, out=lists.variants_out, into=lists.variants_in),
    Kind.GOLDEN: Sheet(columns=lists.GOLDEN, out=lists.golden_out, into=lists.golden_in),
}


def taken_in(kind: Kind, files: Files, lines: Sequence[Line], *, check: Check) -> Taken:
    """Take lines into the files of a release; every mistake at once, each at its cell.

    What the files as a whole would be refused for is a mistake of the first line that speaks of
    the file. Nothing is changed here: the caller keeps `texts`, all or none.
    """
    taken = Taken()
    SHEETS[kind].into(files, list(lines), taken)
    if taken.texts:
        _check(kind, files, taken, check)
    return taken


def good_lines(kind: Kind, files: Files, lines: Sequence[Line], *, check: Check) -> Taken:
    """Take in the lines without mistakes; of a file that would be refused, no line at all."""
    left = list(lines)
    while True:
        taken = taken_in(kind, files, left, check=check)
        if not taken.bad:
            return taken
        left = [line for line in left if id(line) not in taken.bad]


def _check(kind: Kind, files: Files, taken: Taken, check: Check) -> None:
    column = SHEETS[kind].columns[0]
    now = {path: text for path, text in {**files, **taken.texts}.items() if text is not None}
    for mistake in check(now):
        lines = taken.lines.get(mistake.where)
        if lines is None:
            continue
        taken.wrong(lines[0], column, mistake.what)
        taken.bad.update(id(one) for one in lines)
