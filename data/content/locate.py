"""Find the line of a TOML file on which a value stands, so that a mistake can name it."""

import re
from collections import Counter

Path = tuple[str | int, ...]

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""^\s*["']?([\w-]+)["']?\s*=""")


def lines_of(text: str) -> dict[Path, int]:
    """Map the path of every table and key to its line, the first line being 1."""
    found: dict[Path, int] = {}
    counts: Counter[str] = Counter()
    table: Path = ()
    quoted = False
    for number, line in enumerate(text.splitlines(), start=1):
        if not quoted:
            table = _note(line, number, table, counts, found)
        quoted ^= line.count('"""') % 2 == 1
    return found


def _note(
    line: str, number: int, table: Path, counts: Counter[str], found: dict[Path, int]
) -> Path:
    if header := _HEADER.match(line):
        table = _table(header[2], counts, repeated=header[1] == "[[")
        found.setdefault(table, number)
    elif key := _KEY.match(line):
        found.setdefault((*table, key[1]), number)
    return table


def _table(name: str, counts: Counter[str], *, repeated: bool) -> Path:
    """Write a header as a path; the tables of an array are numbered in their order."""
    if repeated:
        for inner in [key for key in counts if key.startswith(f"{name}.")]:
            del counts[inner]
        counts[name] += 1
    path: list[str | int] = []
    so_far = ""
    for part in name.split("."):
        so_far = f"{so_far}.{part}" if so_far else part
        path.append(part.strip("\"' "))
        if so_far in counts:
            path.append(counts[so_far] - 1)
    return tuple(path)


def line_of(lines: dict[Path, int], path: Path) -> int | None:
    """Tell the line of a path, or of the nearest table around it."""
    while path:
        if path in lines:
            return lines[path]
        path = path[:-1]
    return None
