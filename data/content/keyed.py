"""Merge what is told apart by keys: tables, arrays of named tables, sets of entries, lines."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, TypeVar

NAMES = ("id", "area", "code", "name", "year")
"""By which key the tables of an array are told apart."""
WORDS = frozenset({"full", "plain", "spoken", "summary", "choices"})
"""The keys of a table that say one thing together: half of one text and half of another would be
an answer that nobody has written."""
WHOLE = "status"
"""A table with this key is an element of a guide: it says one thing as a whole."""

GONE = object()
"""In the place of what is not there."""

Keyed = Mapping[Hashable, Any]
T = TypeVar("T")
U = TypeVar("U")


class Side(StrEnum):
    """Whose text is taken where both changed it."""

    OURS = "ours"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class Three(Generic[T]):
    """What both grew out of, and the two."""

    base: T
    ours: T
    theirs: T

    def each(self, make: Callable[[T], U]) -> "Three[U]":
        """Make something of all three."""
        return Three(make(self.base), make(self.ours), make(self.theirs))


@dataclass(slots=True)
class Merging:
    """One file being merged, and the keys that both sides changed."""

    prefer: Side | None = None
    clashes: list[str] = field(default_factory=list)

    def value(self, sides: Three[Any], at: str) -> Any:
        """Merge what stands at a key; in doubt note the key, and keep ours for the time being."""
        if _same(sides.theirs, sides.base) or _same(sides.theirs, sides.ours):
            return sides.ours
        if _same(sides.ours, sides.base):
            return sides.theirs
        if isinstance(sides.ours, dict) and isinstance(sides.theirs, dict):
            tables: Three[Keyed] = sides.each(lambda one: one if isinstance(one, dict) else {})
            if not any(WHOLE in one for one in (tables.ours, tables.theirs)):
                return self.table(tables, at)
        if isinstance(sides.ours, list) and isinstance(sides.theirs, list):
            lists: Three[list[Any]] = sides.each(lambda one: one if isinstance(one, list) else [])
            name = told_apart_by(lists.base, lists.ours, lists.theirs)
            if name is not None:
                return list(self.keyed(lists.each(lambda one: _named(one, name)), at).values())
        return self.clash(sides, at)

    def table(self, sides: Three[Keyed], at: str) -> dict[Hashable, Any]:
        """Merge key by key; the words are one key."""
        said = sides.each(lambda one: _only(one, words=True))
        rest = sides.each(lambda one: _only(one, words=False))
        words = said.ours
        if said.theirs not in (said.base, said.ours):
            words = said.theirs
            if said.ours != said.base:
                words = self.clash(said, _below(at, next(iter(said.ours), "full")))
        both = dict(self.keyed(rest, at)) | dict(words)
        order = [*sides.ours, *(key for key in sides.theirs if key not in sides.ours)]
        return {key: both[key] for key in order if key in both}

    def keyed(self, sides: Three[Keyed], at: str) -> dict[Hashable, Any]:
        """Merge by keys, in our order; what is new of theirs stands behind what it stood behind."""
        found: dict[Hashable, Any] = {}
        for key in _order(sides.ours, sides.theirs):
            value = self.value(_at(sides, key), _below(at, key))
            if value is not GONE:
                found[key] = value
        return found

    def clash(self, sides: Three[T], at: str) -> T:
        """Note that both changed the same, unless somebody has decided whose counts."""
        if self.prefer is None:
            self.clashes.append(at)
        return sides.theirs if self.prefer is Side.THEIRS else sides.ours


def told_apart_by(*many: list[Any]) -> str | None:
    """Find what tells the entries of an array apart in all its versions.

    "": they are themselves; None: nothing does.
    """
    entries = [one for each in many for one in each]
    if not any(isinstance(one, dict | list) for one in entries):
        return "" if all(len(set(each)) == len(each) for each in many) else None
    if not all(isinstance(one, dict) for one in entries):
        return None
    for name in NAMES:
        if all(_once(each, name) for each in many):
            return name
    return None


def _once(entries: list[dict[str, Any]], name: str) -> bool:
    found = [one.get(name) for one in entries]
    plain = all(isinstance(one, str | int) for one in found)
    return plain and len(set(found)) == len(found)


def _named(entries: list[Any], name: str) -> Keyed:
    return {one[name] if name else one: one for one in entries}


def _only(table: Keyed, *, words: bool) -> Keyed:
    return {key: table[key] for key in table if (key in WORDS) is words}


def _at(sides: Three[Keyed], key: Hashable) -> Three[Any]:
    return sides.each(lambda one: one.get(key, GONE))


def _same(one: Any, other: Any) -> bool:
    """Say whether two values are the same; 1 is not true."""
    return one is other or (type(one) is type(other) and bool(one == other))


def _below(at: str, key: Hashable) -> str:
    named = str(key[0]) if isinstance(key, tuple) else str(key)
    return f"{at}.{named}" if at else named


def _order(ours: Keyed, theirs: Keyed) -> list[Hashable]:
    behind: dict[Hashable, list[Hashable]] = {GONE: []}
    before: Hashable = GONE
    for key in theirs:
        if key in ours:
            before = key
        else:
            behind.setdefault(before, []).append(key)
    order = list(behind[GONE])
    for key in ours:
        order += [key, *behind.get(key, ())]
    return order
