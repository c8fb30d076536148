"""Tell how two versions of a file differ, in words and entries rather than in lines of TOML."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from data.content.keyed import GONE, told_apart_by

LONG = 1_500
"""Texts of more characters are compared sentence by sentence: it would take too long otherwise."""
_TOKENS = re.compile(r"[A-Za-z0-9.]+|\s+|.", re.DOTALL)
_SENTENCES = re.compile(r"[^。；\n]*[。；\n]|[^。；\n]+")
_ISLAND = 2
"""Fewer equal characters between two changes belong to the change: it reads better."""


class Sort(StrEnum):
    """What became of a piece of text, or of a file."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of characters that stayed, came or went."""

    sort: Sort
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What changed at one place: a text piece by piece, or the entries of a list."""

    at: tuple[str, ...]
    """Keys from the outside in; of a named table its name."""
    pieces: tuple[Piece, ...] = ()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How one file changed."""

    path: str
    sort: Sort
    title: str
    """What the record is called; empty: the file has no title."""
    changes: tuple[Change, ...]


def difference(path: str, before: bytes | None, after: bytes | None) -> Difference:
    """Compare two versions of a file; None: it is not there."""
    tables = None
    if path.endswith(".toml"):
        tables = _tables(before or b"", after or b"")
    if tables is None:
        return _of(path, before, after, "", (_lines(before or b"", after or b""),))
    old, new = tables
    title = str(new.get("title") or old.get("title") or "")
    return _of(path, before, after, title, tuple(_changes((), old, new)))


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Compare two texts: characters of Chinese, whole words and numbers of the rest."""
    tokens = _SENTENCES if max(len(before), len(after)) > LONG else _TOKENS
    old, new = tokens.findall(before), tokens.findall(after)
    found: list[Piece] = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = "".join(old[a:b]), "".join(new[c:d])
        if what == "equal" and not (len(gone) < _ISLAND and a and b < len(old)):
            found.append(Piece(sort=Sort.SAME, text=gone))
        else:
            found += _both(gone, come)
    return tuple(_joined(found))


def _of(
    path: str, before: bytes | None, after: bytes | None, title: str, changes: tuple[Change, ...]
) -> Difference:
    sort = Sort.CHANGED
    if before is None or after is None:
        sort = Sort.ADDED if before is None else Sort.REMOVED
    shown = tuple(one for one in changes if one.pieces or one.added or one.removed)
    return Difference(path=path, sort=sort, title=title, changes=shown)


def _tables(before: bytes, after: bytes) -> tuple[Mapping[str, Any], Mapping[str, Any]] | None:
    with suppress(UnicodeDecodeError, tomllib.TOMLDecodeError):
        texts = (before.decode("utf-8-sig"), after.decode("utf-8-sig"))
        return tomllib.loads(texts[0]), tomllib.loads(texts[1])
    return None


def _changes(at: tuple[str, ...], before: Any, after: Any) -> Iterator[Change]:
    """Walk two values side by side down to texts and lists."""
    if before == after and type(before) is type(after):
        return
    known = [one for one in (before, after) if one is not GONE]
    if all(isinstance(one, dict) for one in known):
        old, new = (one if one is not GONE else {} for one in (before, after))
        for key in dict.fromkeys([*new, *old]):
            yield from _changes((*at, str(key)), old.get(key, GONE), new.get(key, GONE))
    elif all(isinstance(one, list) for one in known):
        yield from _entries(at, *([] if one is GONE else one for one in (before, after)))
    else:
        yield Change(at=at, pieces=pieces(_said(before), _said(after)))


def _entries(at: tuple[str, ...], before: list[Any], after: list[Any]) -> Iterator[Change]:
    name = told_apart_by(before, after)
    if name:
        old, new = ({one[name]: one for one in many} for many in (before, after))
        yield from _changes(at, old, new)
        return
    gone, come = ([_said(one) for one in many] for many in (before, after))
    yield Change(
        at=at,
        added=tuple(one for one in come if one not in set(gone)),
        removed=tuple(one for one in gone if one not in set(come)),
    )


def _lines(before: bytes, after: bytes) -> Change:
    gone, come = (
        text.decode("utf-8-sig", errors="replace").splitlines() for text in (before, after)
    )
    old, new = dict.fromkeys(gone), dict.fromkeys(come)
    return Change(
        at=(),
        added=tuple(line for line in new if line.strip() and line not in old),
        removed=tuple(line for line in old if line.strip() and line not in new),
    )


def _said(one: Any) -> str:
    """Write a value as a clerk reads it."""
    match one:
        case str():
            return one
        case date():
            return one.isoformat()
        case dict():
            return "，".join(_said(part) for part in one.values())
        case list():
            return "、".join(_said(part) for part in one)
    return "" if one is GONE else str(one).lower() if isinstance(one, bool) else str(one)


def _both(gone: str, come: str) -> Iterator[Piece]:
    if gone:
        yield Piece(sort=Sort.REMOVED, text=gone)
    if come:
        yield Piece(sort=Sort.ADDED, text=come)


def _joined(found: list[Piece]) -> Iterator[Piece]:
    """Put what came and went between two equal runs together, what went first."""
    gone, come = "", ""
    for one in found:
        match one.sort:
            case Sort.REMOVED:
                gone += one.text
            case Sort.ADDED:
                come += one.text
            case _:
                yield from _both(gone, come)
                yield one
                gone, come = "", ""
    yield from _both(gone, come)
