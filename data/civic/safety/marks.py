"""Marks by hand: only towards more help, for one person, or by two officers for a short list.

A mark never makes a code red, and nothing but a transfer order does: a list of names cannot.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from data.civic.errors import BadInput, Conflict
from data.civic.ids import AreaCode, EventId, MarkId, MarkListId, PersonId, StaffId

MOST_LISTED = 50
"""People that one list may mark."""
MOST_IN_EVENT = 200
"""People that lists may mark in one event: who wants more wants an order."""


class MarkKind(StrEnum):
    """What somebody needs."""

    NEEDS_TRANSFER = "needs_transfer"
    """Cannot stay where the person is, or cannot leave alone."""
    NEEDS_HAND = "needs_hand"
    """Needs somebody who carries, drives, explains."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One person is marked in one event; it ends with the event, or when an appeal is upheld."""

    id: MarkId
    event: EventId
    person: PersonId
    village: AreaCode
    kind: MarkKind
    by: tuple[StaffId, ...]
    """The grid worker, or the two officers."""
    at: datetime
    list: MarkListId | None = None
    ended_at: datetime | None = None
    version: int = 0

    @property
    def live(self) -> bool:
        """Say whether it counts."""
        return self.ended_at is None


def mark_id(event: EventId, person: PersonId, kind: MarkKind) -> MarkId:
    """Name a mark: one of a kind for a person in an event."""
    return MarkId(f"{event}/{person:010x}/{kind}")


def end(mark: Mark, at: datetime) -> Mark:
    """End a mark; a second call changes nothing."""
    return replace(mark, ended_at=at, version=mark.version + 1) if mark.live else mark


def again(mark: Mark, by: tuple[StaffId, ...], at: datetime) -> Mark:
    """Mark somebody anew whose mark had ended; one that counts stays as it is."""
    if mark.live:
        return mark
    return replace(mark, by=by, at=at, ended_at=None, version=mark.version + 1)


class ListState(StrEnum):
    """Where a list of marks stands."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkList:
    """People of one area of an event, marked by one officer and a different one.

    Raises:
        BadInput: nobody, or too many.
    """

    id: MarkListId
    event: EventId
    area: AreaCode
    kind: MarkKind
    people: tuple[PersonId, ...]
    author: StaffId
    at: datetime
    approver: StaffId | None = None
    approved_at: datetime | None = None
    discarded_at: datetime | None = None
    version: int = 0

    def __post_init__(self) -> None:
        if not 1 <= len(self.people) <= MOST_LISTED:
            what = f"a list marks 1 to {MOST_LISTED} people, not {len(self.people)}"
            raise BadInput(f"{what}: for more of them decide a transfer order")

    @property
    def state(self) -> ListState:
        """Tell where it stands."""
        if self.approver:
            return ListState.APPROVED
        return ListState.DISCARDED if self.discarded_at else ListState.PROPOSED


def approve(one: MarkList, by: StaffId, at: datetime) -> MarkList:
    """Sign a list as the second officer. Idempotent for the same officer.

    Raises:
        Conflict: it is one's own, or it is signed or discarded already.
    """
    if one.approver == by:
        return one
    if one.state is not ListState.PROPOSED:
        raise Conflict(f"the list is {one.state} already")
    if by == one.author:
        raise Conflict("you wrote this list: a different officer has to sign it")
    return replace(one, approver=by, approved_at=at, version=one.version + 1)


def discard(one: MarkList, at: datetime) -> MarkList:
    """Throw a list away before it is signed; a second call changes nothing.

    Raises:
        Conflict: it is signed.
    """
    if one.state is ListState.APPROVED:
        raise Conflict("the list is signed already: marks end by an appeal, or with the event")
    if one.state is ListState.DISCARDED:
        return one
    return replace(one, discarded_at=at, version=one.version + 1)
