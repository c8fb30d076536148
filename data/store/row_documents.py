"""A row as a document: short names, for there is one for each person and warning.

`_id` is the informing, shifted by 40 bits, with the handle of the person; `a` the informing, `ck`
the slice; `v` `g` `h` village, grid and household; `w` the ways as bits; `st` the state, `ch` the
rung, `n` the attempts, `i` the tries, `t` when, `cs` the ways reached as bits, `cf` the
confirmation, `vs` the visit that is wanted. What is absent is nothing.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any

from data.civic.ids import PersonId
from data.civic.sending.batches import Mark
from data.civic.sending.rows import (
    By,
    Confirmation,
    Manner,
    Member,
    Row,
    RowState,
    Rung,
    Said,
    Standing,
)
from data.store.collection import Document

SHIFT = 40
_HANDLE = (1 << SHIFT) - 1


def row_id(informing: int, person: PersonId | int) -> int:
    """Tell under which id a person's row of an informing stands."""
    return informing << SHIFT | person


def person_of(row: int) -> PersonId:
    """Tell whose row it is."""
    return PersonId(row & _HANDLE)


def bits(rungs: Iterable[Rung]) -> int:
    """Write ways as bits."""
    return sum(1 << rung for rung in set(rungs))


@cache
def ways(written: int) -> frozenset[Rung]:
    """Read ways from bits."""
    return frozenset(rung for rung in Rung if written >> rung & 1)


def from_document(document: Document) -> Row:
    """Read a row; schema 1."""
    return Row(
        resident=person_of(document["_id"]),
        village=document["v"],
        grid=document["g"],
        household=document["h"],
        standing=standing_from(document),
        confirmation=confirmation_from(document["cf"]) if document.get("cf") else None,
        visit=_visit(document.get("vs")),
    )


STANDING = ("w", "st", "ch", "n", "i", "t", "cs")
"""The fields that say how it stands."""
MEMBER = ("_id", "v", "g")
"""The fields that say who it is."""


def standing_from(document: Document) -> Standing:
    """Read how it stands."""
    rung = document.get("ch")
    return Standing(
        ways=ways(document["w"]),
        state=RowState(document["st"]),
        rung=Rung(rung) if rung else None,
        attempts=document["n"],
        tries=document.get("i") or 0,
        at=document.get("t"),
        reached=ways(document.get("cs") or 0),
    )


def grouped(documents: Iterable[Document]) -> dict[Standing, list[Member]]:
    """Read the rows of a slice, those together who stand alike."""
    alike: dict[tuple[Any, ...], list[Member]] = defaultdict(list)
    for one in documents:
        key = tuple(map(one.get, STANDING))
        alike[key].append(Member(one["_id"] & _HANDLE, one["v"], one["g"]))
    return {
        standing_from(dict(zip(STANDING, key, strict=True))): members
        for key, members in alike.items()
    }


def _visit(document: Document | None) -> Said | None:
    return Said(document["said"]) if document and document["done"] is None else None


def confirmation_to_document(one: Confirmation) -> Document:
    """Write a confirmation; schema 1."""
    return {
        "by": one.by.value,
        "who": one.who,
        "said": one.said.value,
        "how": one.manner.value,
        "at": one.at,
    }


def confirmed(informing: int, person: PersonId, answer: Confirmation) -> tuple[Document, Document]:
    """Write an answer as a change of one row; a first answer stands.

    It counts also where nothing is sent just now: then nothing is, when it goes on.
    """
    wanted = {"_id": row_id(informing, person), "st": {"$ne": RowState.CONFIRMED.value}}
    cf = confirmation_to_document(answer)
    return wanted, {"$set": {"st": RowState.CONFIRMED.value, "cf": cf}}


def confirmation_from(document: Document) -> Confirmation:
    """Read a confirmation; schema 1."""
    return Confirmation(
        by=By(document["by"]),
        who=document["who"],
        said=Said(document["said"]),
        manner=Manner(document["how"]),
        at=document["at"],
    )


def change_of(mark: Mark) -> Document:
    """Write a mark as a change of rows; before the first attempt there was nothing to reset."""
    change: Document = {"$set": {"ch": int(mark.rung), "n": mark.number, "t": mark.at}}
    if mark.tries or mark.number > 1:
        change["$set"]["i"] = mark.tries
    if mark.state is not None:
        change["$set"]["st"] = mark.state.value
    if mark.arrived:
        change["$bit"] = {"cs": {"or": bits([mark.rung])}}
    return change
