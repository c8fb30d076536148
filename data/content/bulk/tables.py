"""Sheets of which a line is a table of a content file: answers, guides, elements."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from data.civic.knowing.guides import ElementName
from data.content.bulk.lines import Cells, Files, Line, Taken, told_apart
from data.content.forms import guides as guide_form
from data.content.forms import intents as intent_form
from data.content.forms.form import Form, Sort, filled, table_of
from data.content.forms.guides import BASICS, ELEMENT, EVERYONE, Place, part_at, with_element
from data.content.forms.intents import INTENT
from data.content.writing import Table, toml_of

ANSWER = ("title", "department", "answer.full", "answer.plain", "answer.spoken")
WHAT = Form(fields={name: sort for name, sort in BASICS.fields.items() if sort is not Sort.KEPT})
SAYS = Form(fields=ELEMENT.fields)

ANSWERS = ("id", *ANSWER)
GUIDES = ("id", *WHAT.fields)
ELEMENTS = ("guide", "title", "situation", "variant", "element", *SAYS.fields, "items")

PARTS = ("name", "form", "note", "electronic")
"""What is said of a material, divided by `DIVIDER`; one material a line of the cell."""
DIVIDER = "｜"

_ID = re.compile(r"[a-z][a-z0-9_]{1,63}")


def answers_out(files: Files) -> Iterator[Cells]:
    """Write the fixed answers."""
    for path, table in _tables(files, "intents/"):
        if "answer" in table:
            said = filled(INTENT, table)
            yield {"id": _stem(path), **{name: said[name] for name in ANSWER}}


def answers_in(files: Files, lines: list[Line], taken: Taken) -> None:
    """Take titles, departments and fixed answers of intents that stand."""
    for line in told_apart(lines, lambda one: one["id"], taken, "id"):
        path = intent_form.path_of(line["id"])
        before = _table(files, path) if _ID.fullmatch(line["id"]) else None
        if before is None:
            taken.wrong(line, "id", f"no intent {line['id'][:40]!r}: make a new one on its page")
        elif "answer" not in before:
            taken.wrong(line, "id", f"{line['id']} is answered by its desk: it has no fixed answer")
        else:
            given = filled(INTENT, before) | {name: line[name] for name in ANSWER}
            _take(files, path, intent_form.intent_table(given, onto=before), [line], taken)


def guides_out(files: Files) -> Iterator[Cells]:
    """Write what guides are."""
    for path, table in _tables(files, "guides/"):
        yield {"id": _stem(path), **filled(WHAT, table)}


def guides_in(files: Files, lines: list[Line], taken: Taken) -> None:
    """Take what guides are; one that is not known is made, with nothing stated."""
    for line in told_apart(lines, lambda one: one["id"], taken, "id"):
        if not _ID.fullmatch(line["id"]):
            taken.wrong(line, "id", "an id is small letters, digits and _, at least two")
            continue
        path = guide_form.path_of(line["id"])
        onto = _table(files, path) or {"id": line["id"]}
        wanted = {**filled(BASICS, onto), **{name: line[name] for name in WHAT.fields}}
        _take(files, path, guide_form.guide_table(wanted, onto=onto), [line], taken)


def elements_out(files: Files) -> Iterator[Cells]:
    """Write what guides say: for everyone, then situations, then areas."""
    for path, table in _tables(files, "guides/"):
        for place in _places(table):
            part = part_at(table, place) or {}
            for name, element in part.get("elements", {}).items():
                yield {
                    "guide": _stem(path),
                    "title": table["title"],
                    "situation": place.situation,
                    "variant": place.variant,
                    "element": name,
                    **filled(SAYS, element),
                    "items": "\n".join(_material(one) for one in element.get("items", ())),
                }


def elements_in(files: Files, lines: list[Line], taken: Taken) -> None:
    """Take elements of guides; what no line names stays as it is."""
    tables: dict[str, dict[str, Any]] = {}
    spoken: dict[str, list[Line]] = {}
    apart = ("guide", "situation", "variant", "element")
    for line in told_apart(
        lines, lambda one: tuple(one[column] for column in apart), taken, "element"
    ):
        path = guide_form.path_of(line["guide"])
        if path not in tables:
            tables[path] = _table(files, path) or {}
        after = _with(tables[path], line, taken)
        if after is not None:
            tables[path] = after
            spoken.setdefault(path, []).append(line)
    for path, said in spoken.items():
        _take(files, path, tables[path], said, taken)


def _with(table: Table, line: Line, taken: Taken) -> dict[str, Any] | None:
    """Put one element in; None, and a mistake, where it has no place."""
    if not table:
        taken.wrong(
            line, "guide", f"no guide {line['guide'][:40]!r}: give its line in the sheet of guides"
        )
        return None
    if line["element"] not in set(ElementName):
        taken.wrong(line, "element", f"no element is called {line['element'][:40]!r}")
        return None
    place = Place(situation=line["situation"], variant=line["variant"])
    part = part_at(table, place)
    if part is None or (line["situation"] and line["variant"]):
        column = "situation" if line["situation"] else "variant"
        taken.wrong(line, column, f"{line['guide']} has no such part: make it on the guide's page")
        return None
    name = ElementName(line["element"])
    given = {field: line[field] for field in SAYS.fields} | _items(line["items"])
    before = part.get("elements", {}).get(name.value, {})
    return with_element(table, place, name, table_of(ELEMENT, given, onto=before))


def _take(files: Files, path: str, table: Table, lines: list[Line], taken: Taken) -> None:
    for line in lines:
        taken.speaks_of(path, line)
    before = _table(files, path)
    if before is None:
        taken.new += 1
    elif before == table:
        taken.same += len(lines)
        return
    else:
        taken.changed += 1
    taken.texts[path] = toml_of(table, before=files.get(path, b""))


def _places(table: Table) -> Iterator[Place]:
    yield EVERYONE
    yield from (Place(situation=one["id"]) for one in table.get("situations", ()))
    yield from (Place(variant=one["area"]) for one in table.get("variants", ()))


def _material(item: Table) -> str:
    return DIVIDER.join(str(item.get(key, "")) for key in PARTS).rstrip(DIVIDER)


def _items(text: str) -> dict[str, str]:
    """Read materials, one a line, as the rows of an element's form."""
    lines = [one for one in text.splitlines() if one.strip()]
    return {
        f"items.{number}.{key}": said.strip()
        for number, line in enumerate(lines)
        for key, said in zip(PARTS, line.split(DIVIDER), strict=False)
    }


def _tables(files: Files, folder: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(one for one in files if one.startswith(folder)):
        table = _table(files, path)
        if table is not None:
            yield path, table


def _table(files: Files, path: str) -> dict[str, Any] | None:
    if path not in files:
        return None
    try:
        return tomllib.loads(files[path].decode("utf-8-sig"))
    except ValueError:
        return None


def _stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".toml")
