"""Sheets of which a line is an entry of a list: examples, variants, golden questions."""

import tomllib
from collections.abc import Iterator
from typing import Any

from data.content.bulk.lines import Cells, Files, Line, Taken, told_apart
from data.content.forms import intents as intent_form
from data.content.writing import lines_as_file, toml_of

EXAMPLES = ("id", "title", "sentence")
VARIANTS = ("said", "standard")
GOLDEN = ("text", "intent", "aspect", "phrase")

VARIANTS_FILE = "lexicon/variants.tsv"
GOLDEN_FILE = "golden/golden.tsv"


def examples_out(files: Files) -> Iterator[Cells]:
    """Write what citizens say."""
    for path in sorted(one for one in files if one.startswith("intents/")):
        table = _table(files[path])
        for sentence in table.get("examples", ()):
            yield {"id": table["id"], "title": table["title"], "sentence": sentence}


def examples_in(files: Files, lines: list[Line], taken: Taken) -> None:
    """Take all sentences of each intent that is named; those of the others stay."""
    by_path: dict[str, list[Line]] = {}
    for line in told_apart(lines, lambda one: one["sentence"], taken, "sentence"):
        path = intent_form.path_of(line["id"])
        if path not in files:
            taken.wrong(line, "id", f"no intent {line['id'][:40]!r}: make a new one on its page")
        elif not line["sentence"]:
            taken.wrong(line, "sentence", "no sentence stands here")
        else:
            taken.speaks_of(path, line)
            by_path.setdefault(path, []).append(line)
    for path, said in by_path.items():
        _examples_of(path, files[path], [one["sentence"] for one in said], taken)


def _examples_of(path: str, text: bytes, now: list[str], taken: Taken) -> None:
    table = _table(text)
    before = list(table.get("examples", ()))
    _count(before, now, taken)
    if before != now:
        taken.texts[path] = toml_of(table | {"examples": now}, before=text)


def variants_out(files: Files) -> Iterator[Cells]:
    """Write everyday forms and their standard words."""
    for entry in _entries(files, VARIANTS_FILE):
        yield _cells(VARIANTS, entry)


def variants_in(files: Files, lines: list[Line], taken: Taken) -> None:
    """Take the whole list of forms and words."""
    for line in told_apart(lines, lambda one: one["said"], taken, "said"):
        taken.speaks_of(VARIANTS_FILE, line)
        if not line["said"] or not line["standard"]:
            column = "standard" if line["said"] else "said"
            taken.wrong(line, column, "give both: what people say, and the standard word")
    _list_in(files, VARIANTS_FILE, VARIANTS, lines, taken)


def golden_out(files: Files) -> Iterator[Cells]:
    """Write the golden questions."""
    for entry in _entries(files, GOLDEN_FILE):
        yield _cells(GOLDEN, entry)


def golden_in(files: Files, lines: list[Line], taken: Taken) -> None:
    """Take the whole list of golden questions."""
    for line in told_apart(lines, lambda one: one["text"], taken, "text"):
        taken.speaks_of(GOLDEN_FILE, line)
        if not line["text"] or not line["intent"] or not line["phrase"]:
            column = next(one for one in ("text", "intent", "phrase") if not line[one])
            taken.wrong(line, column, "give question, intent and words that the answer must hold")
    _list_in(files, GOLDEN_FILE, GOLDEN, lines, taken)


def _list_in(
    files: Files, path: str, columns: tuple[str, ...], lines: list[Line], taken: Taken
) -> None:
    for line in lines:
        for column in columns:
            if "\n" in line[column] or "\t" in line[column]:
                taken.wrong(line, column, "one line, without tabs")
    said = [
        "\t".join(line[column] for column in columns) for line in lines if id(line) not in taken.bad
    ]
    before = _entries(files, path)
    _count(before, said, taken)
    if before != said:
        head = [one for one in _text(files, path).splitlines() if one.startswith("#")]
        taken.texts[path] = lines_as_file([*head, *said])


def _count(before: list[str], now: list[str], taken: Taken) -> None:
    known, said = set(before), set(now)
    taken.new += len(said - known)
    taken.same += len(said & known)
    taken.removed += len(known - said)


def _entries(files: Files, path: str) -> list[str]:
    lines = (line.strip() for line in _text(files, path).splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def _text(files: Files, path: str) -> str:
    return files.get(path, b"").decode("utf-8-sig", "replace")


def _cells(columns: tuple[str, ...], entry: str) -> Cells:
    return dict(zip(columns, (one.strip() for one in entry.split("\t")), strict=False))


def _table(text: bytes) -> dict[str, Any]:
    try:
        return tomllib.loads(text.decode("utf-8-sig"))
    except ValueError:
        return {}
