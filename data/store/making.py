"""Make rows out of residents, on the server: one `$merge` a slice.

Source of the figures: measured 2026-11-22 on MongoDB 6.0.5: `fail` is a plain insert, two to three
times as fast as `keepExisting`, which is for the slice that another worker began and left half.
"""

from collections.abc import Mapping, Sequence

from data.civic.ids import AreaCode
from data.civic.safety.rosters import Rung as Reach
from data.civic.safety.targets import Target
from data.civic.sending.informing import Slice, Source
from data.civic.sending.rows import By, RowState, Rung
from data.store.audiences import inside, people_of
from data.store.collection import Document
from data.store.row_documents import SHIFT, bits

WAYS: Mapping[Reach, tuple[Rung, ...]] = {
    Reach.CHAT: tuple(Rung),
    Reach.SMS: (Rung.SMS, Rung.VOICE, Rung.DOOR, Rung.LOUDSPEAKER),
    Reach.VOICE: (Rung.VOICE, Rung.DOOR, Rung.LOUDSPEAKER),
    Reach.DOOR: (Rung.DOOR, Rung.LOUDSPEAKER),
}
"""By how somebody can be reached first: by which ways at all."""


QUICK: Mapping[Reach, tuple[Rung, ...]] = {
    Reach.CHAT: (Rung.SUBSCRIPTION, Rung.CHAT, Rung.SMS),
    Reach.SMS: (Rung.SMS,),
    Reach.VOICE: (Rung.VOICE,),
    Reach.DOOR: (Rung.DOOR,),
}
"""By how somebody can be reached first: by which ways what follows is told at once."""
_TOLD_THEMSELVES = [By.STAFF.value, By.SELF.value, By.FAMILY.value]
"""As `by`: nobody else of the household is told what follows in their place."""


def counting_areas(target: Target) -> list[Document]:
    """Count by village who of the target's areas is meant: the plan."""
    meant: Document = {"$or": inside(target.areas, "v")}
    if target.tags:
        meant["t"] = {"$in": sorted(tag.value for tag in target.tags)}
    return _by_village(meant)


def counting(
    villages: Sequence[AreaCode], target: Target, *, exact: bool, but: Sequence[Document] = ()
) -> list[Document]:
    """Count by village who of some villages is meant; `but` leaves some out (`without`)."""
    shapes = target.shapes if exact else ()
    return _by_village(people_of(villages, tags=target.tags, shapes=shapes), but)


def from_residents(one: Slice, target: Target, *, but: Sequence[Document] = ()) -> list[Document]:
    """Make a row for everybody in a slice who is meant; `but` leaves some out (`without`)."""
    villages = [village for village, _ in one.villages]
    shapes = target.shapes if one.exact else ()
    meant = people_of(villages, tags=target.tags, shapes=shapes)
    if one.first or one.end < 1 << SHIFT:
        meant["_id"] = {"$gte": one.first, "$lt": one.end}
    shifted = {"$add": [{"$literal": one.informing << SHIFT}, "$_id"]}
    made = {"$project": {**_fresh(one), "_id": shifted, "w": _ways()}}
    return [{"$match": meant}, *but, made]


def without(informing: int, rows: str, *, of: int = 0) -> list[Document]:
    """Leave out who has a row of another informing; `rows` is their collection.

    Out of residents, or out of the rows `of` an informing.
    """
    theirs = {"$add": [{"$literal": (informing - of) << SHIFT}, "$_id"]}
    found = {"from": rows, "localField": "theirs", "foreignField": "_id", "as": "theirs"}
    return [{"$set": {"theirs": theirs}}, {"$lookup": found}, {"$match": {"theirs": []}}]


def from_rows(one: Slice, source: Source, *, but: Sequence[Document] = ()) -> list[Document]:
    """Make a row for everybody of a slice's villages whom another informing may have reached.

    Also whoever answered before anything was sent: whom staff told is told again at the door, who
    read it on a page by quick ways of their own. `but` leaves some out (`without`).
    """
    told = {"st": RowState.CONFIRMED.value, "cf.by": {"$in": _TOLD_THEMSELVES}}
    villages = [village for village, _ in one.villages]
    of = source.informing
    meant = {"a": of, "ck": source.slice, "v": {"$in": villages}}
    reached = {**meant, "$or": [{"cs": {"$gt": 0}}, told]}
    shifted = {"$add": ["$_id", {"$literal": (one.informing - of) << SHIFT}]}
    same = {"$cond": [{"$gt": ["$cs", 0]}, "$cs", _unsent_ways()]}
    return [{"$match": reached}, *but, {"$project": {**_fresh(one), "_id": shifted, "w": same}}]


def moved(
    informing: int, villages: Sequence[AreaCode], target: Target, rows: str, *, exact: bool
) -> list[Document]:
    """Find who of some villages is meant, and has a row that names another door, or no grid."""
    meant = people_of(villages, tags=target.tags, shapes=target.shapes if exact else ())
    theirs = {"$add": [{"$literal": informing << SHIFT}, "$_id"]}
    found = {"from": rows, "localField": "theirs", "foreignField": "_id", "as": "row"}
    given_a_grid = {"$and": [{"$eq": ["$row.g", ""]}, {"$ne": ["$g", ""]}]}
    elsewhere = [{"$ne": ["$row.v", "$v"]}, {"$ne": ["$row.h", "$h"]}, given_a_grid]
    return [
        {"$match": meant},
        {"$set": {"theirs": theirs}},
        {"$lookup": found},
        {"$unwind": "$row"},
        {"$match": {"$expr": {"$or": elsewhere}}},
    ]


def merged(pipeline: Sequence[Document], into: str, *, again: bool) -> list[Document]:
    """Put what comes out into a collection; `again`: some of it may stand there already."""
    matched = "keepExisting" if again else "fail"
    merge = {"into": into, "whenMatched": matched, "whenNotMatched": "insert"}
    return [*pipeline, {"$merge": merge}]


def _by_village(meant: Document, but: Sequence[Document] = ()) -> list[Document]:
    return [{"$match": meant}, *but, {"$group": {"_id": "$v", "n": {"$sum": 1}}}]


def _fresh(one: Slice) -> Document:
    return {
        "a": {"$literal": one.informing},
        "ck": {"$literal": one.number},
        "v": 1,
        "g": 1,
        "h": 1,
        "st": {"$literal": RowState.CREATED.value},
        "n": {"$literal": 0},
    }


def _ways() -> Document:
    branches = [
        {"case": {"$eq": ["$reach", reach.value]}, "then": bits(rungs)}
        for reach, rungs in WAYS.items()
    ]
    return {"$switch": {"branches": branches, "default": bits(WAYS[Reach.DOOR])}}


def _unsent_ways() -> Document:
    """Tell by which ways somebody hears of what follows to whom nothing was sent."""
    branches = [{"case": {"$eq": ["$cf.by", By.STAFF.value]}, "then": bits([Rung.DOOR])}]
    branches += [
        {"case": {"$eq": ["$w", bits(WAYS[reach])]}, "then": bits(rungs)}
        for reach, rungs in QUICK.items()
    ]
    return {"$switch": {"branches": branches, "default": "$w"}}
