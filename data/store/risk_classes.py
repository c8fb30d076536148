"""Residents by what their colour depends on: village and risks; nothing sealed is opened."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from data.civic.ids import AreaCode, PersonId
from data.civic.risks import RiskTag
from data.store.audiences import BY_VILLAGE, people_of
from data.store.mongo import Database
from data.store.residents import COLLECTION


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskClass:
    """People of one village with the same risks."""

    village: AreaCode
    tags: frozenset[RiskTag]
    people: tuple[PersonId, ...]


class RiskClasses:
    """All residents, class by class."""

    def __init__(self, database: Database) -> None:
        self._collection = database.collection(COLLECTION)

    async def within(self, villages: Sequence[AreaCode]) -> list[RiskClass]:
        """List the classes of some villages, put together by the server."""
        grouped = await self._collection.aggregate(
            [
                {"$match": people_of(villages)},
                {"$group": {"_id": {"v": "$v", "t": "$t"}, "people": {"$push": "$_id"}}},
            ],
            index=BY_VILLAGE,
        )
        return [
            RiskClass(
                village=AreaCode(one["_id"]["v"]),
                tags=_tags(tuple(one["_id"]["t"])),
                people=tuple(one["people"]),
            )
            for one in grouped
        ]


@cache
def _tags(written: tuple[str, ...]) -> frozenset[RiskTag]:
    """Read risks; of the few thousand ways to have them, each once."""
    return frozenset(RiskTag(tag) for tag in written)
