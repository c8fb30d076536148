"""Who did what, when and why, chained by hashes so that no entry can change unseen."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

FIRST = "0" * 64
"""What stands before the first entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What somebody did, before it has its place in the chain."""

    actor: str
    """A staff id, or `system`, or `citizen`."""
    act: str
    subject: str
    """The id of what was acted on; never a citizen's words."""
    purpose: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A deed in the chain: `hash` covers everything here and the entry before."""

    number: int
    at: datetime
    deed: Deed
    before: str
    hash: str


def enter(deed: Deed, *, number: int, at: datetime, before: str) -> Entry:
    """Put a deed behind the entry whose hash is `before`.

    Units: `at` is kept to the millisecond, which is what the store keeps.
    """
    moment = at.replace(microsecond=at.microsecond // 1000 * 1000)
    digest = _digest(deed, number=number, at=moment, before=before)
    return Entry(number=number, at=moment, deed=deed, before=before, hash=digest)


def first_broken(entries: Iterable[Entry]) -> int | None:
    """Tell the number of the first entry that was changed or moved; None if all is whole."""
    before, number = FIRST, 1
    for entry in entries:
        right = _digest(entry.deed, number=entry.number, at=entry.at, before=entry.before)
        if (entry.number, entry.before, entry.hash) != (number, before, right):
            return number
        before, number = entry.hash, number + 1
    return None


def _digest(deed: Deed, *, number: int, at: datetime, before: str) -> str:
    fields = [number, at.isoformat(), deed.actor, deed.act, deed.subject, deed.purpose, before]
    return hashlib.sha256(json.dumps(fields, ensure_ascii=False).encode()).hexdigest()
