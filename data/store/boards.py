"""Boards: of each village, how many stand where; what is shown live of an informing.

A board is never counted up: what was touched is counted anew from the rows, so it cannot drift. A
count that began before another never overwrites it. What a process had touched when it died is
counted with the next whole count.
"""

import asyncio
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from data.civic.errors import BianminError
from data.civic.ids import AreaCode, GridId
from data.civic.sending.rows import RowState
from data.store.collection import Document
from data.store.mongo import Database
from data.store.rows import COLLECTION as ROWS
from data.store.rows import PLACE

COLLECTION = "boards"
INDEXES = ()
LINGER_S = 1.0
"""How long touched villages wait for others before they are counted."""
EVERYWHERE = AreaCode("")
MOST = 200_000
"""Villages of one informing: more than there are."""
VILLAGE_DIGITS = 12
"""Of the code of a village."""
_STATES = tuple(RowState)
"""By number: ten times as quick as `RowState(number)`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many people of a village, or of one of its grids, stand in each state."""

    village: AreaCode
    """Or the area to which villages were added up."""
    grid: GridId | None = None
    states: Mapping[RowState, int]

    @property
    def people(self) -> int:
        """Tell how many people are meant."""
        return sum(self.states.values())

    @property
    def uninformed(self) -> int:
        """Tell how many of them have not been informed."""
        return sum(count for state, count in self.states.items() if state.uninformed)


class Boards:
    """The boards of all informings."""

    def __init__(self, database: Database) -> None:
        self._rows = database.collection(ROWS, derived=True)
        self._collection = database.collection(COLLECTION)
        self._touched: set[tuple[int, AreaCode]] = set()
        self._counter: asyncio.Task[None] | None = None
        self._stopping = asyncio.Event()

    async def count(self, informing: int, villages: Collection[AreaCode] | None = None) -> None:
        """Count villages of an informing anew, or all of them; what was touched is done with."""
        place: Document = {"a": informing}
        known = _inside(informing, EVERYWHERE)
        if villages is not None:
            place["v"] = {"$in": sorted(villages)}
            known = {"_id": {"$in": [{"a": informing, "v": one} for one in sorted(villages)]}}
            self._touched -= {(informing, village) for village in villages}
        counting = [{"$match": place}, *_counting(informing, known)]
        await self._rows.aggregate(counting, index=PLACE)

    def touch(self, informing: int, villages: Iterable[AreaCode]) -> None:
        """Have villages counted soon, by a task that `stop` waits for."""
        self._touched |= {(informing, village) for village in villages}
        if self._counter is None or self._counter.done():
            self._counter = asyncio.create_task(self._count_touched())

    async def areas(
        self, informing: int, area: AreaCode = EVERYWHERE, *, digits: int
    ) -> list[Counted]:
        """List the counts of the areas in an area, added up by so many digits of their codes.

        With 0 digits it is one count of everybody.
        """
        level = {"$substrBytes": ["$_id.v", 0, digits]}
        counted = await self._collection.aggregate(
            [
                {"$match": _inside(informing, area)},
                {"$unwind": "$c"},
                {"$group": {"_id": {"v": level, "s": "$c.s"}, "n": {"$sum": "$c.n"}}},
            ]
        )
        return _by_area(counted)

    async def villages(self, informing: int, area: AreaCode = EVERYWHERE) -> list[Counted]:
        """List the counts of the villages in an area, in the order of their codes."""
        return await self.areas(informing, area, digits=VILLAGE_DIGITS)

    async def grids(self, informing: int, area: AreaCode = EVERYWHERE) -> list[Counted]:
        """List the counts of the grids in an area, village by village; "" is nobody's grid."""
        return [
            Counted(
                village=village,
                grid=GridId(grid),
                states=_added((state, n) for other, state, n in counts if other == grid),
            )
            for village, counts in await self._kept(informing, area)
            for grid in sorted({grid for grid, _, _ in counts})
        ]

    async def exactly(self, informing: int) -> list[Counted]:
        """Count every village now, from the rows themselves, in the order of their codes."""
        pipeline: list[Document] = [
            {"$match": {"a": informing}},
            {"$group": {"_id": {"v": "$v", "s": "$st"}, "n": {"$sum": 1}}},
        ]
        return _by_area(await self._rows.aggregate(pipeline, index=PLACE))

    async def _kept(
        self, informing: int, area: AreaCode
    ) -> list[tuple[AreaCode, list[tuple[str, int, int]]]]:
        found = await self._collection.find(
            _inside(informing, area), limit=MOST, sort=[("_id", 1)], fields=["c"]
        )
        return [
            (
                AreaCode(one["_id"]["v"]),
                [(count["g"], count["s"], count["n"]) for count in one["c"]],
            )
            for one in found
        ]

    async def stop(self) -> None:
        """Count what was touched; a second call does nothing."""
        self._stopping.set()
        if self._counter is not None:
            await self._counter

    async def _count_touched(self) -> None:
        while self._touched:
            try:
                async with asyncio.timeout(LINGER_S):
                    await self._stopping.wait()
            except TimeoutError:
                pass
            touched, self._touched = self._touched, set()
            try:
                for informing in {number for number, _ in touched}:
                    await self.count(informing, [v for a, v in touched if a == informing])
            except BianminError:  # the next whole count makes it good
                return


def _by_area(rows: Iterable[Document]) -> list[Counted]:
    """Read counts of one area and state each; the areas in the order of their codes."""
    states: dict[AreaCode, dict[RowState, int]] = {}
    for row in rows:
        key = row["_id"]
        states.setdefault(key["v"], {})[_STATES[key["s"]]] = row["n"]
    return [Counted(village=area, states=states[area]) for area in sorted(states)]


def totals(counted: Iterable[Counted]) -> Mapping[RowState, int]:
    """Add up."""
    return _added(pair for one in counted for pair in one.states.items())


def _added(counts: Iterable[tuple[int, int]]) -> Mapping[RowState, int]:
    added: dict[RowState, int] = {}
    for number, count in counts:
        state = _STATES[number]
        added[state] = added.get(state, 0) + count
    return added


def _inside(informing: int, area: AreaCode) -> Document:
    """Ask for the villages of an area: a range of the ids, whose beginning it is."""
    end = {"a": informing, "v": f"{area}~"}  # behind every digit
    return {"_id": {"$gte": {"a": informing, "v": area}, "$lt": end}}


def _counting(informing: int, known: Document) -> list[Document]:
    """Count by village; of a board that is `known`, though nobody is there any more: none."""
    none = [{"$match": known}, {"$project": {"_id": "$_id.v", "c": {"$literal": []}}}]
    return [
        {"$group": {"_id": {"v": "$v", "g": "$g", "s": "$st"}, "n": {"$sum": 1}}},
        {"$group": {"_id": "$_id.v", "c": {"$push": {"g": "$_id.g", "s": "$_id.s", "n": "$n"}}}},
        {"$unionWith": {"coll": COLLECTION, "pipeline": none}},
        {"$group": {"_id": "$_id", "c": {"$max": "$c"}}},
        {"$project": {"_id": {"a": {"$literal": informing}, "v": "$_id"}, "c": 1, "at": "$$NOW"}},
        {"$merge": {"into": COLLECTION, "whenMatched": _NEWEST, "whenNotMatched": "insert"}},
    ]


_NEWEST = [{"$replaceWith": {"$cond": [{"$gte": ["$$new.at", "$at"]}, "$$new", "$$ROOT"]}}]
