"""Slices: the parts of an informing that workers claim, each about four thousand people.

A lease runs by the server's clock: how the clocks of the workers differ does not matter. When
a slice is due is business time.
"""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from time import monotonic
from typing import Any

from pymongo import ASCENDING, IndexModel

from data.civic.ids import AreaCode
from data.civic.sending.informing import Informing, Slice, Source
from data.store.collection import Document, Filter
from data.store.failures import Duplicate
from data.store.mongo import Database

COLLECTION = "slices"
MOST = 100_000
"""Slices of one informing: a hundred million people."""
BEGUN, MADE = 1, 2
"""As `mk`: somebody began to make the rows; they all stand."""
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""As `until`: nobody holds it."""
LOOKED_EVERY_S = 0.5
"""How often a process looks for leases that have run out before it takes what is due."""


class SliceState(StrEnum):
    """Where a slice stands."""

    DRAFT = "draft"
    """The plan is being written."""
    OPEN = "open"
    """Somebody has still to be sent something, now or when a timer ends."""
    STILL = "still"
    """Nothing more happens by itself."""
    STOPPED = "stopped"
    """The informing was cancelled or closed, and its rows say so."""


INDEXES = (
    IndexModel(
        [("urgent", ASCENDING), ("until", ASCENDING), ("due", ASCENDING)],
        name="claim",
        partialFilterExpression={"st": SliceState.OPEN.value},
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A slice that a worker holds, and what the one before left behind."""

    slice: Slice
    token: str
    turn: int
    """How often it was claimed; sends are numbered within it."""
    made: bool
    """Its rows stand."""
    half: bool
    """Somebody began to make its rows and may not have come to the end."""
    broken: bool
    """The worker before did not give it back: it died, or was too slow."""


class Slices:
    """The slices of all informings."""

    def __init__(self, database: Database) -> None:
        self._collection = database.collection(COLLECTION)
        self._looked_at = -math.inf

    async def draft(self, informing: Informing, slices: Sequence[Slice], *, due: datetime) -> None:
        """Put a plan in the place of any that was begun before; nobody can claim it yet."""
        await self._collection.delete(_of(informing.id))
        if slices:
            await self._collection.insert_all([to_document(one, informing, due) for one in slices])

    async def append(self, informing: Informing, slices: Sequence[Slice], *, due: datetime) -> bool:
        """Put slices behind a plan for whom it did not know; False: another just did so.

        Others of their villages have rows by now: they count as begun, and those keep theirs.
        """
        open_ = {"st": SliceState.OPEN.value, "mk": BEGUN}
        for one in slices:
            try:
                await self._collection.insert({**to_document(one, informing, due), **open_})
            except Duplicate:
                return False
        return True

    async def begun(self, informing: int) -> bool:
        """Say whether a slice can be claimed or was: then the plan must not change any more."""
        found = await self._collection.find(_of(informing), limit=MOST, fields=["st"])
        return any(one["st"] != SliceState.DRAFT for one in found)

    async def open(self, informing: int) -> None:
        """Let workers claim what was drafted. Idempotent."""
        drafted = {**_of(informing), "st": SliceState.DRAFT.value}
        await self._collection.update_all(drafted, {"$set": {"st": SliceState.OPEN.value}})

    async def claim(self, token: str, *, lease_s: float, now: datetime) -> Claimed | None:
        """Take the slice that is due longest, urgent ones first; None when none is.

        One whose lease has run out goes before: looked for at times, or when nothing else is due.
        """
        looking = monotonic() - self._looked_at > LOOKED_EVERY_S
        if looking:
            self._looked_at = monotonic()
        free: Document = {"until": NEVER, "due": {"$lte": now}}
        for urgent in (True, False):
            for wanted in (_BROKEN, free) if looking else (free, _BROKEN):
                taken = await self._take({"urgent": urgent, **wanted}, _held(token, lease_s))
                if taken:
                    return _claimed(taken)
        return None

    async def _take(self, wanted: Filter, held: Document) -> Document | None:
        wanted = {**wanted, "st": SliceState.OPEN.value}
        first = [("until", ASCENDING), ("due", ASCENDING)]
        return await self._collection.take(wanted, [{"$set": held}], sort=first)

    async def hold(self, claimed: Claimed, *, lease_s: float) -> bool:
        """Hold a slice longer; False: it has been given to another."""
        until = [{"$set": {"until": _until(lease_s)}}]
        return await self._collection.update(_mine(claimed), until)

    async def made(self, claimed: Claimed, counted: Slice) -> bool:
        """Say that all rows of a slice stand, and how many; False: it has been given to another."""
        changed = {} if counted == claimed.slice else {"vs": _counts(counted)}
        return await self._collection.update(_mine(claimed), {"$set": {"mk": MADE, **changed}})

    async def give_back(
        self, claimed: Claimed, state: SliceState, *, due: datetime, begun: bool = True
    ) -> bool:
        """Say how it stands and when it is due again; False: another has it by now.

        Where it was woken meanwhile, it is due at once instead. `begun` is False for a slice whose
        rows nobody has begun to make.
        """
        untouched = {} if begun or claimed.half else {"mk": 0}
        given = {
            "st": {"$cond": ["$woken", SliceState.OPEN.value, state.value]},
            "due": {"$cond": ["$woken", "$due", due]},
            **_FREE,
            **untouched,
        }
        return await self._collection.update(_mine(claimed), [{"$set": given}])

    async def let_go(self, claimed: Claimed, *, for_s: float) -> None:
        """Let another take a slice over soon: something went wrong in the middle of it.

        It stays broken: who takes it looks first for what was in flight.
        """
        await self._collection.update(_mine(claimed), [{"$set": {"until": _until(for_s)}}])

    async def wake(self, informing: int, number: int, *, due: datetime) -> None:
        """Have a slice looked at by `due`, also one that is still."""
        wanted = {"_id": _id(informing, number), "st": {"$in": _AWAKE}}
        woken = {"$set": {"st": SliceState.OPEN.value, "woken": True}, "$min": {"due": due}}
        await self._collection.update(wanted, woken)

    async def wake_all(self, informing: int, *, due: datetime, stopped: bool = False) -> None:
        """Have every slice looked at by `due`; those that were stopped only when it says so."""
        states = [*_AWAKE, SliceState.STOPPED.value] if stopped else _AWAKE
        woken = {"$set": {"st": SliceState.OPEN.value, "woken": True, "due": due}}
        await self._collection.update_all({**_of(informing), "st": {"$in": states}}, woken)

    async def reach(self, informing: int, number: int, villages: Collection[AreaCode]) -> None:
        """Let a slice have people of some more villages: who moved there. Idempotent."""
        for village in villages:
            named = {"vs": {"$not": {"$elemMatch": {"$elemMatch": {"$eq": village}}}}}
            moved = {"$push": {"vs": [village, 0]}}
            await self._collection.update({"_id": _id(informing, number), **named}, moved)

    async def recount(self, before: Slice, after: Slice) -> None:
        """Write how many of a slice live where, unless it was changed since `before` was read."""
        wanted = {"_id": _id(before.informing, before.number), "vs": _counts(before)}
        await self._collection.update(wanted, {"$set": {"vs": _counts(after)}})

    async def called_off(self, claimed: Claimed, villages: Sequence[AreaCode]) -> None:
        """Say that nothing more is sent in some villages of a slice."""
        await self._collection.update(_mine(claimed), {"$set": {"off": list(villages)}})

    async def at_rest(
        self, informing: int, number: int, villages: Sequence[AreaCode] | None = None
    ) -> bool:
        """Say whether nothing of a slice is under way or to come; so also where none stands.

        With `villages`: whether nothing is in those.
        """
        found = await self._collection.find_one({"_id": _id(informing, number)})
        if found is None or found["st"] not in (SliceState.OPEN, SliceState.DRAFT):
            return True
        return villages is not None and set(villages) <= set(found.get("off", ()))

    async def all(self, informing: int) -> list[Slice]:
        """List the slices of an informing."""
        found = await self._collection.find(_of(informing), limit=MOST)
        return [from_document(one) for one in found]

    async def unmade(self, informing: int) -> list[Slice]:
        """List those whose rows do not all stand yet."""
        found = await self._collection.find({**_of(informing), "mk": {"$lt": MADE}}, limit=MOST)
        return [from_document(one) for one in found]

    async def still_going(self, informing: int) -> int:
        """Count the slices in which somebody has still to be sent something."""
        wanted = {**_of(informing), "st": {"$in": [SliceState.OPEN, SliceState.DRAFT]}}
        return len(await self._collection.find(wanted, limit=MOST, fields=["_id"]))


_BROKEN: Document = {"until": {"$gt": NEVER}, "$expr": {"$lte": ["$until", "$$NOW"]}}
_FREE = {"w": None, "until": NEVER, "woken": False}
_AWAKE = [SliceState.OPEN.value, SliceState.STILL.value]


def to_document(one: Slice, informing: Informing, due: datetime) -> Document:
    """Write a slice of a new plan; schema 1."""
    return {
        "_id": _id(one.informing, one.number),
        "st": SliceState.DRAFT.value,
        "urgent": informing.urgent,
        "due": due,
        "w": None,
        "until": NEVER,
        "turn": 0,
        "mk": 0,
        "woken": False,
        "vs": _counts(one),
        "first": one.first,
        "end": one.end,
        "exact": one.exact,
        "src": list(one.source) if one.source else None,
    }


def from_document(document: Document) -> Slice:
    """Read a slice; schema 1."""
    return Slice(
        informing=document["_id"]["a"],
        number=document["_id"]["ck"],
        villages=tuple((code, count) for code, count in document["vs"]),
        first=document["first"],
        end=document["end"],
        exact=document["exact"],
        source=Source(*document["src"]) if document.get("src") else None,
    )


def _counts(one: Slice) -> list[list[object]]:
    return [list(pair) for pair in one.villages]


def _id(informing: int, number: int) -> Document:
    return {"a": informing, "ck": number}


def _of(informing: int) -> Document:
    """Ask for all slices of an informing: a range of the ids, whose first part it is."""
    return {"_id": {"$gte": {"a": informing}, "$lt": {"a": informing + 1}}}


def _mine(claimed: Claimed) -> Document:
    return {"_id": _id(claimed.slice.informing, claimed.slice.number), "w": claimed.token}


def _until(lease_s: float) -> dict[str, Any]:
    return {"$add": ["$$NOW", int(lease_s * 1000)]}


def _held(token: str, lease_s: float) -> dict[str, Any]:
    """Take hold; `half` and `broken` tell what was before."""
    return {
        "half": {"$eq": ["$mk", BEGUN]},
        "broken": {"$ne": ["$w", None]},
        "mk": {"$max": ["$mk", BEGUN]},
        "turn": {"$add": ["$turn", 1]},
        "woken": False,
        "w": {"$literal": token},
        "until": _until(lease_s),
    }


def _claimed(taken: Document) -> Claimed:
    return Claimed(
        slice=from_document(taken),
        token=taken["w"],
        turn=taken["turn"],
        made=taken["mk"] == MADE,
        half=taken["half"],
        broken=taken["broken"],
    )
