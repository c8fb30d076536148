"""Rows: one for each person and warning, in a collection that is clustered by its ids.

Measured 2026-11-22 on MongoDB 6.0.5: on a clustered collection `_id: {$in: …}` reads everything,
so many rows at once are found along an index; and an update that names the state must say which
index to go along, or the server takes the one it is changing and is ten times as slow.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pymongo import ASCENDING, IndexModel

from data.civic.ids import AreaCode, GridId, PersonId
from data.civic.safety.targets import Target
from data.civic.sending.batches import Mark
from data.civic.sending.informing import Slice, Source
from data.civic.sending.rows import (
    GIVEN_UP,
    Confirmation,
    Member,
    Row,
    RowState,
    Rung,
    Said,
    Standing,
)
from data.store import making
from data.store.audiences import BY_VILLAGE, people_of
from data.store.batching import GroupCommit
from data.store.collection import Document
from data.store.failures import Duplicate
from data.store.mongo import Database
from data.store.row_documents import (
    MEMBER,
    STANDING,
    bits,
    change_of,
    confirmed,
    from_document,
    grouped,
    row_id,
)

COLLECTION = "rows"
RESIDENTS = "residents"
MOST = 200_000
"""Rows of one village or slice: more than any has."""

PLACE, SLICE = "place", "slice"
_UNINFORMED = {"$lt": RowState.CONFIRMED.value}

INDEXES = (
    IndexModel(
        [("a", ASCENDING), ("v", ASCENDING), ("g", ASCENDING), ("st", ASCENDING)], name=PLACE
    ),
    IndexModel([("a", ASCENDING), ("ck", ASCENDING), ("_id", ASCENDING)], name=SLICE),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What the platform tells of an attempt afterwards."""

    informing: int
    person: PersonId
    rung: Rung
    number: int
    """Of the attempt."""
    state: RowState
    """`SENT` for what was unknown, `DELIVERED`, `READ`, or `FAILED`."""
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a row stands."""

    slice: int
    village: AreaCode


class Rows:
    """Everybody who is to be informed, and how far it has come with each."""

    def __init__(self, database: Database) -> None:
        self._collection = database.collection(COLLECTION)
        self._residents = database.collection(RESIDENTS)
        self._commit = GroupCommit(self._collection)

    async def in_areas(self, target: Target) -> list[tuple[AreaCode, int]]:
        """Count by village, in the order of their codes, who of a target's areas is meant."""
        return await self._counted(making.counting_areas(target)) if target.areas else []

    async def in_villages(
        self,
        villages: Sequence[AreaCode],
        target: Target,
        *,
        exact: bool = False,
        but: Sequence[int] = (),
    ) -> list[tuple[AreaCode, int]]:
        """Count who of some villages is meant, `exact`: in its shapes, and has no row of `but`."""
        left_out = [step for one in but for step in making.without(one, COLLECTION)]
        counted = making.counting(villages, target, exact=exact, but=left_out)
        return await self._counted(counted) if villages else []

    async def _counted(self, pipeline: Sequence[Document]) -> list[tuple[AreaCode, int]]:
        found = await self._residents.aggregate(pipeline, index=BY_VILLAGE)
        return sorted((row["_id"], row["n"]) for row in found)

    async def handles(self, village: AreaCode, target: Target) -> list[int]:
        """List the handles of those who are meant in one village, in their order."""
        meant = people_of([village], tags=target.tags)
        sort = [("v", ASCENDING), ("_id", ASCENDING)]
        found = await self._residents.find(meant, limit=MOST, sort=sort, fields=["_id"])
        return [row["_id"] for row in found]

    async def make(
        self, one: Slice, source: Target | Source, *, again: bool, beside: Sequence[int] = ()
    ) -> None:
        """Make the rows of a slice, from residents or from the rows of another informing.

        Without those who have a row of one of `beside`. Whoever has a row by another slice keeps
        that. Idempotent with `again`, which is for a slice that may stand half.
        """
        residents = isinstance(source, Target)
        collection = self._residents if residents else self._collection
        of = 0 if isinstance(source, Target) else source.informing
        but = [step for other in beside for step in making.without(other, COLLECTION, of=of)]
        pipeline = (
            making.from_residents(one, source, but=but)
            if isinstance(source, Target)
            else making.from_rows(one, source, but=but)
        )
        index = BY_VILLAGE if residents else SLICE
        merge = making.merged(pipeline, COLLECTION, again=again)
        try:
            await collection.aggregate(merge, index=index)
        except Duplicate:
            merge = making.merged(pipeline, COLLECTION, again=True)
            await collection.aggregate(merge, index=index)

    async def counted(self, one: Slice) -> Slice:
        """Give a slice with as many people in each of its villages as have a row by it."""
        wanted = {"a": one.informing, "ck": one.number}
        if await self._collection.count(wanted, index=SLICE) == one.people:
            return one
        return await self.counted_anew(one)

    async def counted_anew(self, one: Slice) -> Slice:
        """Give a slice as `counted` does, also where as many moved in as out."""
        wanted = {"a": one.informing, "ck": one.number}
        by_village = {"$group": {"_id": "$v", "n": {"$sum": 1}}}
        found = await self._collection.aggregate([{"$match": wanted}, by_village], index=SLICE)
        counts = {row["_id"]: row["n"] for row in found}
        villages = tuple((village, counts.get(village, 0)) for village, _ in one.villages)
        return replace(one, villages=villages)

    async def of_slice(self, informing: int, number: int) -> list[Row]:
        """List the rows of a slice."""
        wanted = {"a": informing, "ck": number}
        found = await self._collection.find(wanted, limit=MOST, index=SLICE)
        return [from_document(one) for one in found]

    async def standings(self, informing: int, number: int) -> dict[Standing, list[Member]]:
        """Read how far it has come with the people of a slice, those together who stand alike."""
        wanted, fields = {"a": informing, "ck": number}, [*MEMBER, *STANDING]
        found = await self._collection.find(wanted, limit=MOST, fields=fields, index=SLICE)
        return grouped(found)

    async def get(self, informing: int, person: PersonId) -> Row | None:
        """Fetch the row of one person."""
        document = await self._collection.find_one({"_id": row_id(informing, person)})
        return from_document(document) if document else None

    async def mark(self, mark: Mark) -> None:
        """Write what became of an attempt.

        Idempotent: an attempt that is overtaken by a later one, a receipt or an answer changes
        nothing; one that was named unknown meanwhile is settled.
        """
        wanted = {
            **_some(mark.informing, mark.slice, mark.people),
            "st": _UNINFORMED,
            "$or": [{"n": {"$lt": mark.number}}, {"n": mark.number, "st": RowState.UNKNOWN.value}],
        }
        await self._collection.update_all(wanted, change_of(mark), index=SLICE)

    async def leave(
        self, informing: int, number: int, people: Sequence[PersonId], state: RowState
    ) -> None:
        """Write how people are left whom the ladder does not carry further."""
        wanted = {**_some(informing, number, people), "st": _UNINFORMED}
        await self._collection.update_all(wanted, {"$set": {"st": state.value}}, index=SLICE)

    async def call_off(
        self, informing: int, number: int, villages: Sequence[AreaCode] | None = None
    ) -> None:
        """Write of those in a slice, or some villages of it, who got nothing: it was cancelled."""
        wanted: Document = {"a": informing, "ck": number, "n": 0, "st": RowState.CREATED.value}
        if villages is not None:
            wanted["v"] = {"$in": list(villages)}
        change = {"$set": {"st": RowState.CANCELLED.value}}
        await self._collection.update_all(wanted, change, index=SLICE)

    async def call_on(self, informing: int, number: int, *, but: Sequence[AreaCode] = ()) -> None:
        """Take `call_off` back, but not in some villages."""
        wanted: Document = {"a": informing, "ck": number, "st": RowState.CANCELLED.value}
        if but:
            wanted["v"] = {"$nin": list(but)}
        change = {"$set": {"st": RowState.CREATED.value}}
        await self._collection.update_all(wanted, change, index=SLICE)

    async def confirm(self, informing: int, answers: Mapping[PersonId, Confirmation]) -> None:
        """Write who has answered. Group-committed; the first answer of each person stands."""
        changes = [confirmed(informing, person, answer) for person, answer in answers.items()]
        await self._commit.update_each(changes)

    async def want_visit(self, informing: int, person: PersonId, said: Said, at: datetime) -> None:
        """Write that somebody must come to a person, informed or not. Group-committed."""
        visit = {"said": said.value, "at": at, "done": None}
        await self._commit.update({"_id": row_id(informing, person)}, {"$set": {"vs": visit}})

    async def visited(self, informing: int, person: PersonId, at: datetime) -> None:
        """Write that somebody has come, where that was wanted. Group-committed."""
        wanted = {"_id": row_id(informing, person), "vs.done": None, "vs.at": {"$lte": at}}
        await self._commit.update(wanted, {"$set": {"vs.done": at}})

    async def receive(self, receipt: Receipt) -> None:
        """Write what a platform told afterwards. Group-committed.

        Idempotent: a receipt for an attempt that is overtaken changes nothing, and no state
        goes back. It may come before the worker has written that it has sent. What failed has
        reached nobody by that way.
        """
        failed = receipt.state is RowState.FAILED
        states = [one.value for one in _BEFORE[receipt.state]]
        early = {"n": receipt.number - 1, "st": _UNINFORMED}
        wanted = {
            "_id": row_id(receipt.informing, receipt.person),
            "$or": [{"n": receipt.number, "st": {"$in": states}}, early],
        }
        change: dict[str, object] = {
            "st": receipt.state.value,
            "ch": int(receipt.rung),
            "n": receipt.number,
            "i": GIVEN_UP if failed else 0,
            "t": receipt.at,
        }
        way = bits([receipt.rung])
        reached = {"and": _ALL_WAYS & ~way} if failed else {"or": way}
        await self._commit.update(wanted, {"$set": change, "$bit": {"cs": reached}})

    async def place_of(self, informing: int, person: PersonId) -> Place | None:
        """Tell in which slice and village a person stands."""
        found = await self._collection.find_one({"_id": row_id(informing, person)})
        return Place(slice=found["ck"], village=found["v"]) if found else None

    async def uninformed(
        self, informing: int, village: AreaCode, grid: GridId | None = None
    ) -> list[Row]:
        """List who of a village, or of one of its grids, has not been informed, by handle."""
        return await self._in_place(informing, village, grid, {"st": _UNINFORMED})

    async def visits(
        self, informing: int, village: AreaCode, grid: GridId | None = None
    ) -> list[Row]:
        """List to whom somebody must still come, informed or not, by handle."""
        return await self._in_place(informing, village, grid, {"vs.at": _EVER, "vs.done": None})

    async def _in_place(
        self, informing: int, village: AreaCode, grid: GridId | None, more: Document
    ) -> list[Row]:
        place: Document = {"a": informing, "v": village}
        if grid is not None:
            place["g"] = grid
        found = await self._collection.find({**place, **more}, limit=MOST, index=PLACE)
        return sorted((from_document(one) for one in found), key=lambda row: row.resident)

    async def stop(self) -> None:
        """Write what waits to be written."""
        await self._commit.stop()


_BEFORE = {
    RowState.SENT: (RowState.UNKNOWN,),
    RowState.FAILED: (RowState.SENT, RowState.UNKNOWN),
    RowState.DELIVERED: (RowState.SENT, RowState.UNKNOWN),
    RowState.READ: (RowState.SENT, RowState.UNKNOWN, RowState.DELIVERED),
}
"""What each receipt may follow."""
_EVER = {"$type": "date"}
_ALL_WAYS = bits(Rung)


def _some(informing: int, number: int, people: Sequence[PersonId]) -> Document:
    ids = [row_id(informing, person) for person in people]
    return {"a": informing, "ck": number, "_id": {"$in": ids}}
