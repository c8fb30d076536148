"""Carry the comments of a TOML file over to the same file written anew."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from data.content.locate import Path, lines_of

NAMES = ("id", "area", "code")
"""By which key a table of an array is known when others are put before it."""

_TRAILING = re.compile(r"""^\s*[\w-]+\s*=\s*(?:[^"'#\[{]+?|"[^"\\]*"|\[[^"'#]*\])\s*(#.*)$""")
_HEADER = re.compile(r"^\s*\[.*\]\s*(#.*)$")


@dataclass(slots=True)
class _Comments:
    """What stood before which key or table, and behind it on its line."""

    above: dict[Path, list[str]] = field(default_factory=dict)
    behind: dict[Path, str] = field(default_factory=dict)
    last: list[str] = field(default_factory=list)
    """After everything else."""


def kept(before: str, after: str) -> str:
    """Put the comments of the file `before` into the file `after`, each at what it is about.

    The comment of something that is gone goes with it; only the head of the file stays.
    """
    if "#" not in before:
        return after
    comments, names = _comments(before), _names(after)
    head = next(iter(comments.above), None)
    lines: list[str] = []
    if head is not None and head not in names.values():
        lines += comments.above[head]
    for number, line in enumerate(after.splitlines(), start=1):
        name = names.get(number)
        lines += comments.above.get(name, []) if name is not None else []
        note = comments.behind.get(name, "") if name is not None else ""
        lines += _noted(line, note)
    return "\n".join([*lines, *comments.last]) + "\n"


def _noted(line: str, note: str) -> Iterator[str]:
    """Put a note behind a line; before it, where more of the value follows."""
    if not note:
        yield line
    elif line.endswith(("[", "{", '"""')):
        yield note
        yield line
    else:
        yield f"{line}  {note}"


def _comments(text: str) -> _Comments:
    found, names, waiting = _Comments(), _names(text), list[str]()
    for number, line, quoted in _lines(text):
        name = names.get(number)
        if not quoted and line.lstrip().startswith("#"):
            waiting.append(line.strip())
        elif waiting and not quoted and not line.strip():
            waiting.append("")
        elif name is not None and not quoted:
            if waiting:
                found.above[name], waiting = waiting, []
            if note := _TRAILING.match(line) or _HEADER.match(line):
                found.behind[name] = note[1]
    found.last = waiting if any(waiting) else []
    return found


def _lines(text: str) -> Iterator[tuple[int, str, bool]]:
    """Number the lines; say of each whether it lies within a text of several lines."""
    quoted = False
    for number, line in enumerate(text.splitlines(), start=1):
        yield number, line, quoted
        quoted ^= line.count('"""') % 2 == 1


def _names(text: str) -> Mapping[int, Path]:
    """Map each line that begins a key or table to its path, arrays' tables by their names."""
    try:
        whole = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return {}
    found: dict[int, Path] = {}
    for path, number in lines_of(text).items():
        found.setdefault(number, _named(path, whole))
    return found


def _named(path: Path, whole: Mapping[str, Any]) -> Path:
    here: Any = whole
    named: list[str | int] = []
    for key in path:
        try:
            here = here[key]
        except (KeyError, IndexError, TypeError):
            return path
        known = isinstance(key, int) and isinstance(here, dict)
        name = next((here[one] for one in NAMES if known and one in here), key)
        named.append(f"#{name}" if name is not key else key)
    return tuple(named)
