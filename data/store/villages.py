"""Villages: how many live there, who of them has no telephone and who no grid worker.

The counters are what a preview reads: milliseconds for a million residents. They are counted
anew, village by village, after every change; a count that began before another never overwrites
it, so no two changes at once can leave them wrong.
"""

import asyncio
from collections.abc import Collection, Mapping, Sequence

from pymongo import GEOSPHERE, IndexModel, UpdateOne

from data.civic.ids import AreaCode, GridId
from data.civic.risks import RiskTag
from data.civic.safety.targets import Target, VillageReach
from data.civic.shapes import Box, Shape
from data.store.audiences import inside
from data.store.collection import Document
from data.store.geometry import drawn, pieces
from data.store.mongo import Database
from data.store.residents import COLLECTION as RESIDENTS
from data.store.village_counting import COUNTS, counting, counts_of

COLLECTION = "villages"
BATCH = 50
"""Villages that are counted by one command."""
MOST = 50_000
"""Villages of one preview: more than any province has."""

INDEXES = (
    IndexModel([("extent", GEOSPHERE)], name="extent", sparse=True),
    IndexModel([("centre", GEOSPHERE)], name="centre", sparse=True),
)


class Villages:
    """The counters of every village that has or had residents."""

    def __init__(self, database: Database) -> None:
        self._collection = database.collection(COLLECTION)

    async def draw(self, frames: Mapping[AreaCode, Box]) -> None:
        """Note how far villages reach on the map; the homes of their people are added to it."""
        writes = [
            UpdateOne({"_id": code}, {"$set": {"drawn": _frame(box)}}, upsert=True)
            for code, box in frames.items()
        ]
        if writes:
            await self._collection.write_all(writes)

    async def recount(
        self, codes: Collection[AreaCode], *, uncovered: Sequence[GridId] = ()
    ) -> None:
        """Count villages anew; `uncovered` are their grids for which nobody answers."""
        ordered = sorted(set(codes))
        for at in range(0, len(ordered), BATCH):
            batch = ordered[at : at + BATCH]
            seeds = [
                UpdateOne({"_id": one}, {"$setOnInsert": dict.fromkeys(COUNTS, 0)}, upsert=True)
                for one in batch
            ]
            await self._collection.write_all(seeds)
            pipeline = counting(batch, ["", *uncovered], residents=RESIDENTS, into=COLLECTION)
            await self._collection.aggregate(pipeline)

    async def within(self, area: AreaCode) -> tuple[AreaCode, ...]:
        """List the villages of an area that have or had residents."""
        found = await self._collection.find(
            inside([area], "_id")[0], limit=MOST, fields=["_id"], sort=[("_id", 1)]
        )
        return tuple(AreaCode(one["_id"]) for one in found)

    async def covered(self, target: Target) -> list[VillageReach]:
        """Count the villages that a target holds, wholly or on the border.

        A village on the border is counted wholly; `Residents.exactly` settles who is meant.
        """
        found: dict[AreaCode, VillageReach] = {}
        for shape in target.shapes:
            found |= await self._touched(shape, target.tags, found)
        if target.areas:
            rows = await self._counts({"$or": inside(target.areas, "_id")}, target.tags)
            found |= {row.village: row for row in rows}
        return [found[code] for code in sorted(found)]

    async def _touched(
        self, shape: Shape, tags: frozenset[RiskTag], before: Mapping[AreaCode, VillageReach]
    ) -> dict[AreaCode, VillageReach]:
        """Count the villages that one shape holds or cuts; what another holds wholly stays so.

        The edge of the shape cuts few villages; of all others the middle tells where they lie.
        """
        held, *cut = await asyncio.gather(
            self._counts(held_by(shape), tags),
            *(self._counts(one, tags, border=True) for one in cut_by(shape)),
        )
        whole = {code: row for code, row in before.items() if not row.border}
        found = {row.village: row for rows in (held, *cut) for row in rows}
        return found | whole

    async def _counts(
        self, wanted: Document, tags: frozenset[RiskTag], *, border: bool = False
    ) -> list[VillageReach]:
        pipeline = [{"$match": wanted}, {"$project": counts_of(tags)}]
        found = await self._collection.aggregate(pipeline)
        return [
            VillageReach(row["_id"], row["n"], row["no_phone"], row["uncovered"], border)
            for row in found
        ]


def held_by(shape: Shape) -> Document:
    """Ask for villages whose middle lies in a shape."""
    return {"centre": {"$geoWithin": {"$geometry": drawn(shape)}}}


def cut_by(shape: Shape) -> list[Document]:
    """Ask, piece by piece, for villages that the edge of a shape cuts."""
    return [{"extent": {"$geoIntersects": {"$geometry": one}}} for one in pieces(drawn(shape))]


def _frame(box: Box) -> Document:
    return {"west": box.west, "south": box.south, "east": box.east, "north": box.north}
