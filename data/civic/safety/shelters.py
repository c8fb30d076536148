"""Shelters (避灾安置点): how many each holds, until when it is inspected, whether it is open.

What was not inspected is not opened; what is unsafe is opened by a new inspection alone.
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from data.civic.errors import BadInput, Conflict
from data.civic.ids import AreaCode, ShelterId
from data.civic.shapes import Point

MOST_PEOPLE = 20_000
LONGEST = 60
"""Characters of a name."""


class ShelterState(StrEnum):
    """Whether people are sent there."""

    OPEN = "open"
    STANDBY = "standby"
    """Ready; opened when it is needed."""
    CLOSED = "closed"
    UNSAFE = "unsafe"
    """Nobody is sent there, and it is not opened before it is inspected anew."""


class ShelterLevel(StrEnum):
    """Who runs it."""

    COUNTY = "county"
    TOWN = "town"
    VILLAGE = "village"


@dataclass(frozen=True, slots=True)
class Places:
    """So many places of each kind: what a shelter has, what is taken, what a party takes."""

    people: int = 0
    beds: int = 0
    wheelchairs: int = 0

    def __add__(self, other: "Places") -> "Places":
        return Places(
            self.people + other.people,
            self.beds + other.beds,
            self.wheelchairs + other.wheelchairs,
        )

    def __sub__(self, other: "Places") -> "Places":
        return self + Places(-other.people, -other.beds, -other.wheelchairs)

    def __mul__(self, times: int) -> "Places":
        return Places(self.people * times, self.beds * times, self.wheelchairs * times)


NONE = Places()


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """How many it holds; of a kind that is None nobody has counted the places."""

    people: int
    beds: int | None = None
    wheelchairs: int | None = None

    def __post_init__(self) -> None:
        kinds = (self.people, self.beds or 0, self.wheelchairs or 0)
        if not (0 < self.people <= MOST_PEOPLE and all(0 <= one <= self.people for one in kinds)):
            raise BadInput(f"a shelter holds 1 to {MOST_PEOPLE} people, and no more beds than that")

    def free(self, taken: Places) -> Places:
        """Tell how many places are left, below 0 where there are too many people."""
        beds = self.people if self.beds is None else self.beds
        wheelchairs = self.people if self.wheelchairs is None else self.wheelchairs
        return Places(self.people, beds, wheelchairs) - taken

    def fits(self, party: Places, taken: Places) -> bool:
        """Say whether a party finds places of every kind that it takes."""
        left = self.free(taken + party)
        return (
            left.people >= 0
            and (left.beds >= 0 or not party.beds)
            and (left.wheelchairs >= 0 or not party.wheelchairs)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelter:
    """One shelter.

    Raises:
        BadInput: it has no name.
    """

    id: ShelterId
    name: str
    level: ShelterLevel
    area: AreaCode
    """Where it stands, as near as is known: a village, a town or the county."""
    point: Point | None = None
    capacity: Capacity
    pets: bool = False
    """Whether animals may come along."""
    step_free: bool = False
    """Whether a wheelchair comes in."""
    phone: str
    in_charge: str = field(default="", repr=False)
    inspected_until: date
    """The last day on which it may be used.

    Source: a check every three years, the notice of Ouhai (ouhai.gov.cn,
    art_1229738288_59118911).
    """
    state: ShelterState = ShelterState.STANDBY
    changed_at: datetime | None = None
    """When it was opened, closed or found unsafe the last time."""
    why: str = ""
    """Why it is unsafe, or was closed."""
    version: int = 0

    def __post_init__(self) -> None:
        if not 0 < len(self.name.strip()) <= LONGEST:
            raise BadInput(f"a shelter has a name of at most {LONGEST} characters")

    @property
    def open(self) -> bool:
        """Say whether people are taken in."""
        return self.state is ShelterState.OPEN

    def usable(self, today: date) -> bool:
        """Say whether somebody may be sent there: open, and inspected until today at least."""
        return self.open and today <= self.inspected_until


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """When and why a shelter changes."""

    at: datetime
    today: date
    why: str = ""


def open_up(shelter: Shelter, change: Change) -> Shelter:
    """Open it. Idempotent.

    Raises:
        Conflict: it is unsafe, or its inspection has expired.
    """
    if shelter.state is ShelterState.UNSAFE:
        raise Conflict(f"{shelter.name} is unsafe: {shelter.why}; enter a new inspection first")
    if change.today > shelter.inspected_until:
        last = shelter.inspected_until.isoformat()
        raise Conflict(f"{shelter.name} was inspected until {last}: have it inspected first")
    return _moved(shelter, ShelterState.OPEN, change)


def stand_by(shelter: Shelter, change: Change) -> Shelter:
    """Have it ready. Idempotent.

    Raises:
        Conflict: it is unsafe.
    """
    if shelter.state is ShelterState.UNSAFE:
        raise Conflict(f"{shelter.name} is unsafe: enter a new inspection first")
    return _moved(shelter, ShelterState.STANDBY, change)


def close(shelter: Shelter, change: Change) -> Shelter:
    """Close it; what is unsafe stays so. Idempotent."""
    if shelter.state is ShelterState.UNSAFE:
        return shelter
    return _moved(shelter, ShelterState.CLOSED, change)


def find_unsafe(shelter: Shelter, change: Change) -> Shelter:
    """Note that it is unsafe. Idempotent.

    Raises:
        BadInput: nobody says why.
    """
    if not change.why:
        raise BadInput("say what makes the shelter unsafe: who reads it decides by it")
    return _moved(shelter, ShelterState.UNSAFE, change)


def inspect(shelter: Shelter, until: date, change: Change) -> Shelter:
    """Enter a new inspection; what was unsafe is closed from then on, and may be opened.

    Raises:
        BadInput: the last day has passed.
    """
    if until < change.today:
        raise BadInput(f"an inspection until {until.isoformat()} has expired: give its last day")
    unsafe = shelter.state is ShelterState.UNSAFE
    inspected = replace(shelter, inspected_until=until)
    if unsafe:
        return _moved(inspected, ShelterState.CLOSED, replace(change, why=""))
    return inspected if inspected == shelter else replace(inspected, version=shelter.version + 1)


def _moved(shelter: Shelter, state: ShelterState, change: Change) -> Shelter:
    if shelter.state is state:
        return shelter
    return replace(
        shelter, state=state, changed_at=change.at, why=change.why, version=shelter.version + 1
    )
