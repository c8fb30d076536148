"""Relief: what is handed out, to whom how much in which time, and what is left on the shelf.

The limit holds for an event, over all of its shelters. The shelf is never in the way of help: what
somebody holds in the hand is written down, and a shelf that would be below nothing says that
something was brought in and not booked. So at every moment: brought in = issued + left + written
off, each number a sum of rows.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from data.civic.calendar import local
from data.civic.errors import BadInput, Conflict
from data.civic.ids import EventId, HouseholdId, PersonId, StaffId
from data.civic.safety.identity import named

LONGEST_NAME, LONGEST_REASON = 20, 100
MOST_PIECES = 100_000
"""Pieces of one booking."""
MOST_LIMIT = 50


class Per(StrEnum):
    """Who may have so much of an item."""

    PERSON = "person"
    HOUSEHOLD = "household"


class Booked(StrEnum):
    """What happened to the shelf, but for what was handed out."""

    BROUGHT_IN = "brought_in"
    WRITTEN_OFF = "written_off"
    """Broken, wet, spoilt, lost, or passed on to another shelter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something that is handed out in an event, and how much of it each may have."""

    id: str
    event: EventId
    name: str
    unit: str
    per: Per
    limit: int
    """Pieces in one period."""
    days: int = 0
    """Length of a period in calendar days; 0: the whole event is one."""
    by: StaffId
    at: datetime
    version: int = 0

    def __post_init__(self) -> None:
        """Insist on what can be handed out."""
        if not 1 <= len(self.name) <= LONGEST_NAME or not 1 <= len(self.unit) <= LONGEST_NAME:
            raise BadInput(f"name and unit have 1 to {LONGEST_NAME} characters")
        if not 1 <= self.limit <= MOST_LIMIT or not 0 <= self.days <= 366:
            raise BadInput(f"limit: 1 to {MOST_LIMIT} pieces; period: 0 (whole event) to 366 days")

    def period(self, at: datetime) -> int:
        """Number the period in which a moment lies, by the calendar of China."""
        return local(at).date().toordinal() // self.days if self.days else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Who is given something: one person, one household, or a guest without a code."""

    person: PersonId | None = None
    household: HouseholdId | None = None
    guest: str = ""
    """The number of a walk-in, as the shelter has it; no name."""
    shelter: str = ""
    """Of a guest: whose number it is, for every shelter counts its own."""

    def __str__(self) -> str:
        """Name the recipient in the audit log."""
        if self.guest:
            return f"guest-{self.guest}@{self.shelter}"
        return named(self.person) if self.person else f"household-{self.household or 0:010x}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """One booking of the shelf of a shelter."""

    id: str
    event: EventId
    shelter: str
    item: str
    kind: Booked
    quantity: int
    reason: str = ""
    by: StaffId
    at: datetime
    version: int = 0

    def __post_init__(self) -> None:
        """Insist on a number, and on a reason for what is written off."""
        _must_count(self.quantity, MOST_PIECES)
        if self.kind is Booked.WRITTEN_OFF and not self.reason:
            raise BadInput("say why it is written off: it stands in the closing report")


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """Something that was handed out."""

    id: str
    """Of the scan, or of the form that was sent: the same one counts once."""
    event: EventId
    shelter: str
    item: str
    quantity: int
    to: Recipient = field(repr=False)
    slots: tuple[str, ...] = field(repr=False)
    """Which of the pieces that are due these are, each handed out once; the rest is beyond."""
    reason: str = ""
    """Why more was given than is due; empty: all of it was due."""
    by: StaffId
    device: str = ""
    at: datetime
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Extra:
    """What was given beyond what is due, as the report shows it: to whom does not stand in it."""

    shelter: str
    item: str
    quantity: int
    reason: str
    by: StaffId
    at: datetime


def alike(one: Issue, other: Issue) -> bool:
    """Say whether two are the same handing out, sent twice."""
    return (one.event, one.shelter, one.item, one.quantity, one.to) == (
        other.event,
        other.shelter,
        other.item,
        other.quantity,
        other.to,
    )


def extra_of(issue: Issue) -> Extra:
    """Leave the person out, and the pieces that were due."""
    return Extra(
        shelter=issue.shelter,
        item=issue.item,
        quantity=sum(f"/over/{issue.id}/" in slot for slot in issue.slots),
        reason=issue.reason,
        by=issue.by,
        at=issue.at,
    )


def holder(item: Item, to: Recipient, household: HouseholdId | None = None) -> str:
    """Name whose limit counts; `household` is the one in which a person lives.

    Raises:
        BadInput: each person may have it, and a household's code was shown.
    """
    if item.per is Per.HOUSEHOLD:
        door = to.household or household
        return str(Recipient(household=door)) if door else str(to)
    if to.household is not None:
        raise BadInput(f"{item.name} is for each person: scan the person's code, not the family's")
    return str(to)


def book(item: Item, whose: str, at: datetime) -> str:
    """Name the page on which the pieces of a holder in a period stand."""
    return f"{item.event}/{item.id}/{whose}/{item.period(at)}"


def free_slots(item: Item, page: str, taken: Collection[str], quantity: int) -> tuple[str, ...]:
    """Choose pieces that are still due, at most `quantity`."""
    _must_count(quantity, MOST_LIMIT)
    due = [slot for n in range(item.limit) if (slot := f"{page}/{n}") not in taken]
    return tuple(due[:quantity])


def extra_slots(page: str, id_: str, quantity: int) -> tuple[str, ...]:
    """Name pieces beyond what is due: they take nobody's place."""
    _must_count(quantity, MOST_LIMIT)
    return tuple(f"{page}/over/{id_}/{n}" for n in range(quantity))


def page_of(slot: str, id_: str) -> str:
    """Name the page of a piece that was handed out under an id; beyond what is due or not."""
    return slot.rpartition("/")[0].removesuffix(f"/over/{id_}")


class AlreadyIssued(Conflict):
    """Fewer than were asked for are due: `left` more; `before` says when and where the others were.

    The oldest first; empty where more was asked for than anybody may have.
    """

    def __init__(self, item: Item, before: Sequence[Issue], left: int = 0) -> None:
        self.item, self.before, self.left = item, tuple(before), left
        due = f"only {left} still due" if left else "all that is due was handed out"
        first = "".join(
            f", first on {local(one.at):%Y-%m-%d %H:%M} at {one.shelter}" for one in before[:1]
        )
        super().__init__(f"{item.name}: {due}{first}; give a reason to hand out more")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One item on the shelf of one shelter."""

    shelter: str
    item: str
    brought_in: int = 0
    issued: int = 0
    written_off: int = 0

    @property
    def left(self) -> int:
        """Tell what should stand on the shelf; below 0: something was not booked in."""
        return self.brought_in - self.issued - self.written_off


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """Pieces of one item at one shelter."""

    shelter: str
    item: str
    quantity: int


def lines(supplies: Iterable[Supply], issued: Iterable[Sum]) -> tuple[Line, ...]:
    """Add up the shelves, by shelter and item."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for one in supplies:
        shelf = found.setdefault((one.shelter, one.item), {})
        shelf[one.kind] = shelf.get(one.kind, 0) + one.quantity
    for each in issued:
        shelf = found.setdefault((each.shelter, each.item), {})
        shelf["issued"] = shelf.get("issued", 0) + each.quantity
    return tuple(
        Line(shelter=shelter, item=item, **numbers)
        for (shelter, item), numbers in sorted(found.items())
    )


def _must_count(quantity: int, most: int) -> None:
    if not 1 <= quantity <= most:
        raise BadInput(f"quantity: a whole number from 1 to {most}")
