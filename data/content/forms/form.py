"""Turn a table of a content file into the fields of a form, and fields into a table.

A field is named by the path of its value: `answer.full`, `items.0.name`. What a field holds is
always a text; a list stands in it one entry a line.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from data.content.writing import Table

Filled = Mapping[str, str]
"""Fields by their names."""

_NUMBER = re.compile(r"[+-]?\d{1,15}(\.\d{1,15})?")

PLACE = "at"
"""In a row of a form: the number by which the rows are ordered; no part of the table."""


class Sort(StrEnum):
    """What a field holds."""

    TEXT = "text"
    LINES = "lines"
    """A list of texts, one a line."""
    NUMBER = "number"
    DAY = "day"
    KEPT = "kept"
    """Not in the form: it stays as it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The fields of a table in the order of the file, and the arrays of tables in it."""

    fields: Mapping[str, Sort]
    rows: Mapping[str, "Form"] = field(default_factory=dict)


def filled(form: Form, table: Table) -> dict[str, str]:
    """Fill a form with what a table says; a field without a value is empty."""
    found = {
        name: _written(_value(table, name))
        for name, sort in form.fields.items()
        if sort is not Sort.KEPT
    }
    for name, row in form.rows.items():
        for number, one in enumerate(_value(table, name) or ()):
            found |= {f"{name}.{number}.{key}": said for key, said in filled(row, one).items()}
    return found


def table_of(form: Form, given: Filled, *, onto: Table | None = None) -> dict[str, Any]:
    """Make the table that a form describes; what the form does not know stays as in `onto`.

    What cannot be read as a number or a day stays a text: the shape will refuse it.
    """
    before, made = onto or {}, dict[str, Any]()
    for name, sort in form.fields.items():
        if sort is not Sort.KEPT:
            _put(made, name, _read(sort, given.get(name, "")))
        elif name in before:
            made[name] = before[name]
    for name, row in form.rows.items():
        known: list[Table] = _value(before, name) or []
        _put(made, name, [_row(row, one, known) for one in _rows(name, given)])
    return made | {key: value for key, value in before.items() if key not in _heads(form)}


def unreadable(form: Form, table: Table) -> Iterator[tuple[str, Sort]]:
    """Name the fields that hold no number or no day, as their sort wants."""
    for name, sort in form.fields.items():
        if sort in (Sort.NUMBER, Sort.DAY) and isinstance(_value(table, name), str):
            yield name, sort


def row_count(name: str, given: Filled) -> int:
    """Count the rows of an array that a form holds, the empty ones too."""
    return max((number + 1 for number, _, _ in _cells(name, given)), default=0)


def _heads(form: Form) -> set[str]:
    return {name.partition(".")[0] for name in (*form.fields, *form.rows)}


def _row(form: Form, given: Filled, known: list[Table]) -> dict[str, Any]:
    """Make one row; what the form keeps comes from the row that it was filled with."""
    number = given.get("", "")
    before = known[int(number)] if number.isdigit() and int(number) < len(known) else None
    return table_of(form, given, onto=before)


def _rows(name: str, given: Filled) -> list[Filled]:
    """Gather the rows that hold anything, in their order; "" holds the number of each."""
    rows: dict[int, dict[str, str]] = {}
    for number, key, said in _cells(name, given):
        rows.setdefault(number, {"": str(number)})[key] = said
    used = [row for _, row in sorted(rows.items()) if _holds_anything(row)]
    return sorted(used, key=lambda row: _place(row.get(PLACE, "")) or int(row[""]) + 1)


def _holds_anything(row: Filled) -> bool:
    return any(said.strip() for key, said in row.items() if key not in ("", PLACE))


def _place(said: str) -> float:
    """Read where a row wants to stand; half a number before the row that stands there now."""
    return int(said) - 0.5 if said.strip().isdecimal() else 0


def _cells(name: str, given: Filled) -> Iterator[tuple[int, str, str]]:
    named = re.compile(re.escape(name) + r"\.(\d{1,4})\.([\w.]+)")
    for key, said in given.items():
        if found := named.fullmatch(key):
            yield int(found[1]), found[2], said


def _value(table: Table, name: str) -> Any:
    here: Any = table
    for key in name.split("."):
        here = here.get(key) if isinstance(here, Mapping) else None
    return here


def _put(table: dict[str, Any], name: str, value: Any) -> None:
    if value in (None, "", [], {}):
        return
    *around, key = name.split(".")
    for one in around:
        table = table.setdefault(one, {})
    table[key] = value


def _written(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(str(one) for one in value)
    return "" if value is None else str(value).strip("\n")


def _read(sort: Sort, said: str) -> Any:
    said = said.replace("\r\n", "\n").replace("\r", "\n").strip()
    match sort:
        case Sort.LINES:
            return [line.strip() for line in said.split("\n") if line.strip()]
        case Sort.NUMBER:
            return _number(said)
        case Sort.DAY:
            return _day(said)
    return said


def _number(said: str) -> int | float | str:
    if not _NUMBER.fullmatch(said):
        return said
    return float(said) if "." in said else int(said)


def _day(said: str) -> date | str:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return said
