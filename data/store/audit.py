"""The audit log: deeds in one chain of hashes, numbered without a gap.

Handles of people are written as aliases (`handles`): whose key is destroyed is named no more.
"""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from pymongo import ASCENDING, DESCENDING, IndexModel

from data.civic.audit import FIRST, Deed, Entry, enter
from data.civic.errors import TooMany
from data.civic.ports import Seal
from data.store.collection import Document
from data.store.failures import Duplicate
from data.store.handles import ALIAS_DIGITS, Handles
from data.store.mongo import Database

COLLECTION = "audit"
TRIES = 200
"""How often another process may be first before we give up."""
PAGE = 1_000
NEVER = 1 << 53
"""A number that no entry will ever have."""

_LAST_FIRST = [("_id", DESCENDING)]
_ALIAS = re.compile(rf"\b(?:person|household)-[0-9a-f]{{{ALIAS_DIGITS}}}\b")

INDEXES = (
    IndexModel([("subject", ASCENDING), *_LAST_FIRST], name="subject"),
    IndexModel([("actor", ASCENDING), *_LAST_FIRST], name="actor"),
    IndexModel([("act", ASCENDING), *_LAST_FIRST], name="act"),
    IndexModel([("at", ASCENDING)], name="at"),
    IndexModel([("people", ASCENDING), *_LAST_FIRST], name="people"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which entries are asked for; what is None or empty is not asked for."""

    actor: str = ""
    act: str = ""
    subject: str = ""
    since: datetime | None = None
    until: datetime | None = None
    """The first moment that is no longer asked for."""
    before: int | None = None
    """The number behind those that are asked for."""


class AuditLog:
    """Who did what. Entries are added, never changed."""

    def __init__(self, database: Database, seal: Seal) -> None:
        self._collection = database.collection(COLLECTION)
        self._handles = Handles(database, seal)
        self._mine = asyncio.Lock()

    async def append(self, deed: Deed, *, at: datetime) -> Entry:
        """Put a deed at the end of the chain.

        Raises:
            TooMany: other processes were first, again and again.
        """
        hidden = await self._hidden(deed)
        async with self._mine:  # within this process nobody need race
            for _ in range(TRIES):
                entry = await self._next(hidden, at.astimezone(UTC))
                try:
                    await self._collection.insert(to_document(entry))
                except Duplicate:
                    continue
                return entry
        raise TooMany("the audit log is too busy: try again", retry_after_s=1)

    async def entries(self) -> AsyncIterator[Entry]:
        """Give every entry, from the first."""
        after = 0
        while page := await self._collection.find(
            {"_id": {"$gt": after}}, sort=[("_id", ASCENDING)], limit=PAGE
        ):
            for document in page:
                yield from_document(document)
            after = page[-1]["_id"]

    async def of_subject(self, subject: str, limit: int) -> list[Entry]:
        """List what was done to one thing, newest first."""
        wanted = {"subject": await self._handles.known(subject)}
        found = await self._collection.find(wanted, sort=_LAST_FIRST, limit=limit)
        return [from_document(one) for one in found]

    async def of_person(self, name: str, limit: int) -> list[Entry]:
        """List what names somebody, in whatever matter, newest first; nobody is given a key."""
        wanted = {"people": await self._handles.known(name)}
        found = await self._collection.find(wanted, sort=_LAST_FIRST, limit=limit)
        return [from_document(one) for one in found]

    async def found(self, wanted: Wanted, limit: int) -> list[Entry]:
        """List what is wanted, newest first."""
        subject = await self._handles.known(wanted.subject)
        named = {"actor": wanted.actor, "act": wanted.act, "subject": subject}
        asked: Document = {field: value for field, value in named.items() if value}
        if span := await self._span(wanted):
            asked["_id"] = span
        found = await self._collection.find(asked, sort=_LAST_FIRST, limit=limit)
        return [from_document(one) for one in found]

    async def _span(self, wanted: Wanted) -> Document:
        """Tell moments as numbers, in whose order everything is found: entries stand in time."""
        span: Document = {}
        if wanted.since is not None:
            span["$gte"] = await self._first_since(wanted.since)
        if wanted.until is not None:
            span["$lt"] = await self._first_since(wanted.until)
        if wanted.before is not None:
            span["$lt"] = min(wanted.before, span.get("$lt", wanted.before))
        return span

    async def _first_since(self, moment: datetime) -> int:
        """Tell the number of the first entry since `moment`; behind the last one if none is."""
        found = await self._collection.find(
            {"at": {"$gte": moment}}, sort=[("at", ASCENDING)], limit=1, fields=["_id"]
        )
        return int(found[0]["_id"]) if found else NEVER

    async def _hidden(self, deed: Deed) -> Deed:
        """Write aliases for the handles of people."""
        subject = await self._handles.hidden(deed.subject)
        return replace(deed, subject=subject, purpose=await self._handles.hidden(deed.purpose))

    async def _next(self, deed: Deed, at: datetime) -> Entry:
        last = await self._collection.find({}, sort=_LAST_FIRST, limit=1)
        number, before = (last[0]["_id"], last[0]["hash"]) if last else (0, FIRST)
        return enter(deed, number=number + 1, at=at, before=before)


def to_document(entry: Entry) -> Document:
    """Write an entry; schema 1. `people` is for searching: it stands in the deed, too."""
    return {
        "_id": entry.number,
        "at": entry.at,
        "actor": entry.deed.actor,
        "act": entry.deed.act,
        "subject": entry.deed.subject,
        "purpose": entry.deed.purpose,
        "before": entry.before,
        "hash": entry.hash,
        "people": sorted({*_ALIAS.findall(f"{entry.deed.subject} {entry.deed.purpose}")}),
    }


def from_document(document: Document) -> Entry:
    """Read an entry; schema 1."""
    deed = Deed(
        actor=document["actor"],
        act=document["act"],
        subject=document["subject"],
        purpose=document["purpose"],
    )
    return Entry(
        number=document["_id"],
        at=document["at"],
        deed=deed,
        before=document["before"],
        hash=document["hash"],
    )
