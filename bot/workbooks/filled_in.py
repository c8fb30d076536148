"""Read what a clerk filled in: the words that are right, the name, the day."""

import re
from datetime import date

from bot.workbooks.layout import Column, WorkbookWords
from bot.workbooks.opening import Returned
from data.civic.errors import Mistakes
from data.civic.knowing.adoptions import Spot
from data.civic.knowing.guides import Element, Material, Words
from data.civic.knowing.sentences import PLAIN_LIMIT

LONGEST_NAME = 40
FIELDS = 4
"""Of a material: name, form, note, electronic certificate."""

_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_BETWEEN = re.compile("[|｜]")


def correction_in(row: Returned, element: Element, spot: Spot, words: WorkbookWords) -> Words:
    """Put the right words together; what is left empty stays as it was.

    Raises:
        Mistakes: nothing is corrected, nothing is left, or it is too long; the cell is named.
    """
    text, plain, listed = (
        row[one] for one in (Column.NEW_TEXT, Column.NEW_PLAIN, Column.NEW_MATERIALS)
    )
    nothing = words("nothing")
    if not (text or plain or listed):
        raise Mistakes((row.wrong(Column.NEW_TEXT, "write here what is right"),))
    if listed and spot.element is None:
        raise Mistakes((row.wrong(Column.NEW_MATERIALS, "a summary has no materials"),))
    items = _materials(row, nothing) if listed else element.items
    wanted = "" if text == nothing else text or element.text
    kept = element.plain if not text and not listed else None
    made = Words.of(wanted, items, plain=plain or kept)
    if not made.stated:
        what = f"nothing is left: choose {words('opinion_withdraw')}"
        raise Mistakes((row.wrong(Column.NEW_TEXT, what),))
    if len(made.plain) > PLAIN_LIMIT:
        what = f"at most {PLAIN_LIMIT} characters are needed here, not {len(made.plain)}"
        raise Mistakes((row.wrong(Column.NEW_PLAIN, what),))
    return made


def name_in(row: Returned, default: str) -> str:
    """Tell who read the row.

    Raises:
        Mistakes: it is longer than a name.
    """
    name = " ".join((row[Column.BY] or default).split())
    if len(name) > LONGEST_NAME:
        raise Mistakes((row.wrong(Column.BY, f"a name has at most {LONGEST_NAME} characters"),))
    return name


def day_in(row: Returned, today: date) -> date:
    """Tell the day on which the row was read.

    Raises:
        Mistakes: it is no day, or one to come.
    """
    written = row[Column.ON]
    if not written:
        return today
    try:
        found = _DAY.fullmatch(written)
        day = date(*map(int, found.groups())) if found else None
    except ValueError:
        day = None
    if day is None or day > today:
        what = f"{written}: no day that has been: write it like {today.isoformat()}"
        raise Mistakes((row.wrong(Column.ON, what),))
    return day


def _materials(row: Returned, nothing: str) -> tuple[Material, ...]:
    lines = [line.strip() for line in row[Column.NEW_MATERIALS].splitlines()]
    if lines == [nothing]:
        return ()
    return tuple(_material(row, line) for line in lines if line)


def _material(row: Returned, line: str) -> Material:
    fields = [one.strip() for one in _BETWEEN.split(line)]
    if len(fields) > FIELDS or not fields[0]:
        what = f"{line[:40]}: write name | form | note | electronic certificate, a material a line"
        raise Mistakes((row.wrong(Column.NEW_MATERIALS, what),))
    name, form, note, electronic = (*fields, "", "", "")[:FIELDS]
    return Material(name=name, form=form, note=note, electronic=electronic)
