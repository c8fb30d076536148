"""Who did what, when and why, chained by hashes so that no entry can change unseen."""

import hashlib
import json
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


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """The end of a chain as far as it was checked: its last number and hash."""

    number: int = 0
    hash: str = FIRST


def follows(entry: Entry, end: End) -> bool:
    """Say whether an entry stands rightly behind `end`: not changed, moved or after a gap."""
    right = _digest(entry.deed, number=entry.number, at=entry.at, before=entry.before)
    return (entry.number, entry.before, entry.hash) == (end.number + 1, end.hash, right)


def _digest(deed: Deed, *, number: int, at: datetime, before: str) -> str:
    fields = [number, at.isoformat(), deed.actor, deed.act, deed.subject, deed.purpose, before]
    return hashlib.sha256(json.dumps(fields, ensure_ascii=False).encode()).hexdigest()
