"""Merge two versions of a file that grew out of one; what both changed is named, not guessed.

Lines of `.txt` are a set, rows of `.tsv` are told apart by their first column; a table goes key
by key, a list of texts is a set, an array of named tables goes name by name.
"""

import tomllib
from collections import Counter
from collections.abc import Hashable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from data.civic.errors import Conflict
from data.content.keyed import Keyed, Merging, Side, Three
from data.content.writing import toml_of

Text = bytes | None
"""The text of a file; None: there is no such file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """What both sides changed in one file; no keys: the file as a whole."""

    path: str
    keys: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Write it as `path: key, key`."""
        return f"{self.path}: {', '.join(self.keys)}" if self.keys else self.path


class MergeConflict(Conflict):
    """Both sides changed the same; `clashes` says what in which files."""

    def __init__(self, clashes: tuple[Clash, ...]) -> None:
        super().__init__("both sides changed " + "; ".join(str(one) for one in clashes))
        self.clashes = clashes


def merged(path: str, *, base: Text, ours: Text, theirs: Text, prefer: Side | None = None) -> Text:
    """Merge two versions of a file; `prefer` decides what both changed.

    Raises:
        MergeConflict: both changed the same, and nobody has decided.
    """
    if theirs in (base, ours):
        return ours
    if ours == base:
        return theirs
    merging = Merging(prefer)
    text = None
    if ours is not None and theirs is not None:
        text = _text(path, merging, base or b"", ours, theirs)
    elif prefer is None:
        raise MergeConflict((Clash(path=path),))
    else:
        text = ours if prefer is Side.OURS else theirs
    if merging.clashes:
        keys = tuple(key for key in dict.fromkeys(merging.clashes) if key)
        raise MergeConflict((Clash(path=path, keys=keys),))
    return text


def rebased(
    edits: Mapping[str, Text],
    *,
    before: Mapping[str, bytes],
    after: Mapping[str, bytes],
    prefer: Mapping[str, Side] | None = None,
) -> dict[str, Text]:
    """Carry edits of the files `before` over to the files `after`; all clashes at once.

    `prefer` says of a path whose text counts where both changed the same.

    Raises:
        MergeConflict: both changed the same, and nobody has decided.
    """
    found, clashes, decided = dict[str, Text](), list[Clash](), prefer or {}
    for path, text in edits.items():
        theirs, side = after.get(path), decided.get(path)
        try:
            found[path] = merged(path, base=before.get(path), ours=text, theirs=theirs, prefer=side)
        except MergeConflict as error:
            clashes += error.clashes
    if clashes:
        raise MergeConflict(tuple(clashes))
    return found


def _text(path: str, merging: Merging, base: bytes, ours: bytes, theirs: bytes) -> bytes:
    if path.endswith(".toml"):
        return _tables(merging, base, ours, theirs)
    rows = path.endswith(".tsv")
    kept = merging.keyed(Three(base, ours, theirs).each(lambda text: _lines(text, rows=rows)), "")
    lines = [line for many in kept.values() for line in many]
    return "".join(f"{line}\n" for line in lines).encode(errors="surrogateescape")


def _tables(merging: Merging, base: bytes, ours: bytes, theirs: bytes) -> bytes:
    given = Three(base, ours, theirs)
    tables = given.each(_table)
    if tables.ours is None or tables.theirs is None:
        return merging.clash(given, "")
    now = merging.table(tables.each(lambda one: one or {}), "")
    if now == tables.ours:
        return ours  # as it was written
    if now == tables.theirs:
        return theirs
    return toml_of({str(key): value for key, value in now.items()}, before=ours)


def _table(text: bytes) -> Keyed | None:
    table: dict[Any, Any] | None = None
    with suppress(UnicodeDecodeError, tomllib.TOMLDecodeError):
        table = tomllib.loads(text.decode("utf-8-sig"))
    return table


def _lines(text: bytes, *, rows: bool) -> Keyed:
    """Tell lines apart: rows by their first column, others by what they say, and how often."""
    found: dict[Hashable, tuple[str, ...]] = {}
    seen: Counter[str] = Counter()
    for line in text.decode("utf-8-sig", errors="surrogateescape").splitlines():
        named = line.partition("\t")[0] if rows and "\t" in line else line
        seen[line] += 1
        key = (named,) if named is not line else (named, seen[line])
        found[key] = (*found.get(key, ()), line)
    return found
