"""How a village is counted, and how the counts of those with some tags are read: on the server.

Kept are the totals, `alone`: the counts of those who bear one tag and no other, and `many`: those
of every other combination that occurs. Most people bear one tag, so a sum over tags is mostly a
look at `alone`, and nobody who bears two is counted twice.
"""

from collections.abc import Collection, Sequence
from typing import Any

from data.civic.ids import AreaCode
from data.civic.risks import RiskTag
from data.store.collection import Document
from data.store.geometry import PAD

COUNTS = ("n", "no_phone", "uncovered")
"""People, those without a telephone, those for whom no grid worker answers."""

_FRAME = {"west": "$min", "south": "$min", "east": "$max", "north": "$max"}
_AT = {"west": 0, "east": 0, "south": 1, "north": 1}


def counts_of(tags: Collection[RiskTag]) -> Document:
    """Take the counts as they stand, or those of everybody who bears one of the tags."""
    if not tags:
        return dict.fromkeys(COUNTS, 1)
    wanted = sorted(tag.value for tag in tags)
    bears = {"$gt": [{"$size": {"$setIntersection": ["$$one.t", wanted]}}, 0]}
    many = {"$filter": {"input": {"$ifNull": ["$many", []]}, "as": "one", "cond": bears}}
    return {name: {"$sum": [*_alone(wanted, name), _over(many, name)]} for name in COUNTS}


def counting(
    codes: Sequence[AreaCode], uncovered: Sequence[str], *, residents: str, into: str
) -> list[Document]:
    """Count the residents of villages by their tags, add up, and keep the newest count."""
    people = {
        "from": residents,
        "localField": "_id",
        "foreignField": "v",
        "pipeline": [{"$group": _by_tags(uncovered)}],
        "as": "rows",
    }
    frame = {
        side: {which: [f"$drawn.{side}", {which: f"$rows.{side}"}]}
        for side, which in _FRAME.items()
    }
    nowhere = {"$eq": ["$frame.west", None]}
    return [
        {"$match": {"_id": {"$in": list(codes)}}},
        {"$lookup": people},
        {"$set": {name: {"$sum": f"$rows.{name}"} for name in COUNTS} | {"frame": frame}},
        {
            "$project": {
                **dict.fromkeys(COUNTS, 1),
                "alone": {"$arrayToObject": _mapped(_sized("$eq"), _pair())},
                "many": _mapped(_sized("$gt"), {"t": "$$row._id", **_counts("$$row")}),
                "extent": {"$cond": [nowhere, None, _extent()]},
                "centre": {"$cond": [nowhere, None, _centre()]},
                "counted_at": "$$NOW",
            }
        },
        {"$merge": {"into": into, "whenMatched": _NEWEST, "whenNotMatched": "discard"}},
    ]


_NEWEST = [
    {
        "$replaceWith": {
            "$cond": [
                {"$gte": ["$$new.counted_at", "$counted_at"]},
                {"$mergeObjects": ["$$ROOT", "$$new"]},
                "$$ROOT",
            ]
        }
    }
]


def _alone(tags: Sequence[str], name: str) -> list[str]:
    return [f"$alone.{tag}.{name}" for tag in tags]


def _over(rows: Document, name: str) -> Document:
    return {"$sum": {"$map": {"input": rows, "as": "row", "in": f"$$row.{name}"}}}


def _counts(row: str) -> Document:
    return {name: f"{row}.{name}" for name in COUNTS}


def _sized(compare: str) -> Document:
    """Pick the combinations of one tag, or of more."""
    cond = {compare: [{"$size": "$$row._id"}, 1]}
    return {"$filter": {"input": "$rows", "as": "row", "cond": cond}}


def _mapped(rows: Document, to: Document) -> Document:
    return {"$map": {"input": rows, "as": "row", "in": to}}


def _pair() -> Document:
    return {"k": {"$arrayElemAt": ["$$row._id", 0]}, "v": _counts("$$row")}


def _by_tags(uncovered: Sequence[str]) -> Document:
    frame = {
        side: {which: {"$arrayElemAt": ["$home.coordinates", _AT[side]]}}
        for side, which in _FRAME.items()
    }
    return {
        "_id": "$t",
        "n": {"$sum": 1},
        "no_phone": _sum_if({"$eq": ["$reach", "door"]}),
        "uncovered": _sum_if({"$in": ["$g", list(uncovered)]}),
        **frame,
    }


def _sum_if(so: Document) -> Document:
    return {"$sum": {"$cond": [so, 1, 0]}}


def _extent() -> Document:
    west, east = {"$subtract": ["$frame.west", PAD]}, {"$add": ["$frame.east", PAD]}
    south, north = {"$subtract": ["$frame.south", PAD]}, {"$add": ["$frame.north", PAD]}
    ring: list[Any] = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def _centre() -> Document:
    middle = [{"$avg": ["$frame.west", "$frame.east"]}, {"$avg": ["$frame.south", "$frame.north"]}]
    return {"type": "Point", "coordinates": middle}
