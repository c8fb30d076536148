"""Read citizens' questions from what a hotline exports: .xlsx, .csv or .txt."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.workbooks.sheets import Row, Table, table_in, text_in
from data.civic.errors import Mistake, Mistakes
from data.civic.knowing.tryouts import Question

MOST = 10_000
"""Questions of one tryout."""
LONGEST = 4_000
"""Characters of a question that are taken; what is longer is a fault, and is not cut."""
TEXT = ".txt"
HAN = range(0x4E00, 0xA000)
"""Code points of the common Chinese characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """The questions of a file, each once, and what could not be read."""

    questions: tuple[Question, ...]
    empty: int
    faults: tuple[Mistake, ...]


def questions_in(name: str, content: bytes, titles: Sequence[str]) -> Questions:
    """Read the questions of a file; `titles` are what the column may be called, best first.

    Raises:
        Mistakes: it cannot be read, holds no question, or more than `MOST`.
    """
    found, empty, faults = (
        _lines(name, content)
        if name.lower().endswith(TEXT)
        else _cells(table_in(name, content, most_rows=MOST), titles)
    )
    if not found:
        what = f"no question stands in it: one a line, or a column called {' / '.join(titles[:4])}"
        raise Mistakes((Mistake(where=name, what=what),))
    return Questions(questions=_counted(found), empty=empty, faults=faults)


Found = tuple[list[tuple[str, str]], int, tuple[Mistake, ...]]
"""Texts with their places, how many rows are empty, and what could not be read."""


def _lines(name: str, content: bytes) -> Found:
    lines = enumerate(text_in(name, content).splitlines(), start=1)
    found = [(line.strip(), f"{name}:{number}") for number, line in lines if line.strip()]
    if len(found) > MOST:
        what = f"more than {MOST} questions: divide it and send the parts"
        raise Mistakes((Mistake(where=name, what=what),))
    return found, 0, ()


def _cells(table: Table, titles: Sequence[str]) -> Found:
    column, headed = _column(table, titles)
    found: list[tuple[str, str]] = []
    faults: list[Mistake] = []
    empty = 0
    for row in table.rows if headed else (table.head, *table.rows):
        text, here = row.text(column), row.wrong(column, "").where
        fault = next((one for one in row.faults if one.where == here), None)
        if len(text) > LONGEST:
            fault = row.wrong(column, f"{len(text)} characters: a question has at most {LONGEST}")
        if fault:
            faults.append(fault)
        elif text:
            found.append((text, here))
        else:
            empty += 1
    return found, empty, tuple(faults)


def _column(table: Table, titles: Sequence[str]) -> tuple[int, bool]:
    """Find the column of the questions, and whether the first row is one of titles."""
    heads = [one.replace(" ", "") for one in table.head.cells]
    for title in titles:
        for place, head in enumerate(heads):
            if head == title:
                return place, True
    for title in titles:
        for place, head in enumerate(heads):
            if title in head and len(head) <= len(title) + 6:
                return place, True
    return _wordiest(table.rows or (table.head,)), False


def _wordiest(rows: Iterable[Row]) -> int:
    """Find the column in which the most is written in words."""
    sums: dict[int, int] = {}
    for row in rows:
        for place, text in enumerate(row.cells):
            sums[place] = sums.get(place, 0) + sum(ord(one) in HAN for one in text)
    return max(sums, key=lambda place: sums[place], default=0)


def _counted(found: Sequence[tuple[str, str]]) -> tuple[Question, ...]:
    """Keep each question once, where it stands first, with how often it stands."""
    times: dict[str, int] = {}
    first: dict[str, str] = {}
    for text, where in found:
        times[text] = times.get(text, 0) + 1
        first.setdefault(text, where)
    return tuple(
        Question(text=text, where=first[text], times=count) for text, count in times.items()
    )
