"""The duty roster (值班表): who is on duty when, in which order they are called, where gaps are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from data.civic.areas import within
from data.civic.errors import BadInput
from data.civic.ids import AreaCode, ShiftId, StaffId

LONGEST = timedelta(days=31)


class Post(StrEnum):
    """As what somebody is on duty, in the order in which they are called."""

    OFFICER = "officer"
    """值班员"""
    DEPUTY = "deputy"
    """副班: called when the officer does not answer."""
    CHIEF = "chief"
    """带班领导: the next level."""

    @property
    def rank(self) -> int:
        """Tell the place in the order of calling, from 0."""
        return tuple(Post).index(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyHolder:
    """One person on duty; need not have an account of staff."""

    post: Post
    name: str = field(repr=False)
    phone: str = field(repr=False)
    staff: StaffId | None = None
    """The account, where there is one."""
    workapp: str = field(default="", repr=False)
    """What the work app calls the person; empty: no notices."""

    @property
    def key(self) -> tuple[str, str]:
        """Tell who it is: the same person may stand in two places of a roster."""
        return self.name, self.phone


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """Who is on duty in an area, from a moment until another.

    Raises:
        BadInput: it ends before it begins, is too long, or has no officer.
    """

    id: ShiftId
    area: AreaCode
    begins: datetime
    ends: datetime
    holders: tuple[DutyHolder, ...]
    """One for each post at most; the officer always."""
    made_by: StaffId
    version: int = 0

    def __post_init__(self) -> None:
        if not timedelta() < self.ends - self.begins <= LONGEST:
            raise BadInput(f"a shift ends after it begins, within {LONGEST.days} days")
        posts = [one.post for one in self.holders]
        if Post.OFFICER not in posts or len(set(posts)) < len(posts):
            raise BadInput("a shift has an officer, and at most one person for each post")

    def covers(self, at: datetime) -> bool:
        """Say whether it goes on at a moment."""
        return self.begins <= at < self.ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A time in which nobody is on duty."""

    begins: datetime
    ends: datetime


def on_duty(shifts: Iterable[Shift], area: AreaCode, at: datetime) -> tuple[DutyHolder, ...]:
    """Tell who is to be called for something in an area, in the order of calling.

    Those of the area itself come first, then those of the areas around it; in each the officer,
    the deputy, the chief. Nobody is named twice.
    """
    placed = [
        (-len(shift.area), holder.post.rank, shift.begins, shift.id, holder)
        for shift in shifts
        if shift.covers(at) and within(area, shift.area)
        for holder in shift.holders
    ]
    found: dict[tuple[str, str], DutyHolder] = {}
    for *_, holder in sorted(placed, key=lambda one: one[:4]):
        found.setdefault(holder.key, holder)
    return tuple(found.values())


def gaps(shifts: Sequence[Shift], *, since: datetime, until: datetime) -> tuple[Gap, ...]:
    """List when nobody of these shifts is on duty between two moments."""
    found = []
    free = since
    for shift in sorted(shifts, key=lambda one: one.begins):
        if shift.ends <= free or shift.begins >= until:
            continue
        if shift.begins > free:
            found.append(Gap(begins=free, ends=shift.begins))
        free = shift.ends
    if free < until:
        found.append(Gap(begins=free, ends=until))
    return tuple(found)
