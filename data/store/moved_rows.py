"""Rows whose people have moved, or were given a grid, since they were made: found and put right.

A row is never taken away and made anew: what was sent, and how far the ladder has come, stays.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from data.civic.ids import AreaCode
from data.civic.safety.targets import Target
from data.civic.sending.rows import GIVEN_UP, RowState
from data.store import making
from data.store.audiences import BY_VILLAGE
from data.store.collection import Document
from data.store.mongo import Database
from data.store.rows import COLLECTION, RESIDENTS

_WITH_ANOTHER = {"$and": [{"$eq": ["$st", RowState.WITH_WORKER.value]}, {"$ne": ["$g", "$$new.g"]}]}
_UNREACHABLE = {
    "st": {"$cond": [_WITH_ANOTHER, RowState.UNREACHABLE.value, "$st"]},
    "i": {"$cond": [_WITH_ANOTHER, GIVEN_UP, "$i"]},
}
_AT_HOME = [
    {"$set": _UNREACHABLE},
    {"$set": {"v": "$$new.v", "g": "$$new.g", "h": "$$new.h"}},
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """People of a slice who have moved from a village to another, or behind another door of it."""

    slice: int
    before: AreaCode
    village: AreaCode
    """Where they live now."""


class MovedRows:
    """The rows, as far as the roster says otherwise by now."""

    def __init__(self, database: Database) -> None:
        self._residents = database.collection(RESIDENTS)

    async def find(
        self, informing: int, villages: Sequence[AreaCode], target: Target, *, exact: bool
    ) -> list[Moved]:
        """Tell who lives in some villages, is meant there, and has a row that says otherwise."""
        if not villages:
            return []
        wanted = making.moved(informing, villages, target, COLLECTION, exact=exact)
        alike = {"$group": {"_id": {"ck": "$row.ck", "before": "$row.v", "v": "$v"}}}
        found = await self._residents.aggregate([*wanted, alike], index=BY_VILLAGE)
        return [_from_document(one["_id"]) for one in found]

    async def carry(
        self,
        informing: int,
        target: Target,
        moved: Sequence[Moved],
        *,
        exact: bool,
    ) -> None:
        """Let the rows of these say where their people live and in which grid. Idempotent.

        Whom a worker had on the list of doors is nobody's until another takes them on.
        """
        villages = sorted({one.village for one in moved})
        wanted = making.moved(informing, villages, target, COLLECTION, exact=exact)
        known = {"$in": [_key("$row.ck", "$row.v", "$v"), [_written(one) for one in moved]]}
        home = {"_id": "$row._id", "v": 1, "g": 1, "h": 1}
        merge = {"into": COLLECTION, "whenMatched": _AT_HOME, "whenNotMatched": "discard"}
        rest: list[Document] = [{"$match": {"$expr": known}}, {"$project": home}, {"$merge": merge}]
        await self._residents.aggregate([*wanted, *rest], index=BY_VILLAGE)


def _key(number: object, before: str, village: str) -> Document:
    return {"ck": number, "before": before, "v": village}


def _written(one: Moved) -> Document:
    return _key({"$literal": one.slice}, one.before, one.village)


def _from_document(document: Document) -> Moved:
    return Moved(
        slice=document["ck"],
        before=AreaCode(document["before"]),
        village=AreaCode(document["v"]),
    )
