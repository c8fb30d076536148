"""Hazards that residents report: many reports of one thing make one case for the grid.

Reports belong together by kind, place and time. A case ends with a result that all of them hear.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from data.civic.errors import BadInput, Conflict
from data.civic.ids import (
    AreaCode,
    ConversationId,
    GridId,
    HazardId,
    MessageId,
    StaffId,
    TicketNumber,
)
from data.civic.shapes import Point, distance_m

APART_M = 200.0
"""Reports of one kind that are no farther apart are of one thing."""
BETWEEN = timedelta(minutes=20)
"""And that come no later one after the other."""
DUE = timedelta(hours=2)
"""Until when somebody must have looked."""
VILLAGE = 12
MOST_PICTURES = 9
LONGEST = 500


class HazardKind(StrEnum):
    """What is reported, as far as its words tell."""

    DYKE = "dyke"
    SLOPE = "slope"
    ROAD = "road"
    WATER = "water"
    HOUSE = "house"
    TREE = "tree"
    POWER = "power"
    OTHER = "other"


class HazardState(StrEnum):
    """Where a case stands."""

    OPEN = "open"
    """Nobody has begun."""
    STARTED = "started"
    """Somebody by name looks into it."""
    DONE = "done"
    MERGED = "merged"
    """It is part of an older one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where it is: an area, and the point where somebody has sent one."""

    area: AreaCode
    point: Point | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardReport:
    """What one citizen has reported."""

    id: MessageId
    """The message: sent twice it is one report."""
    number: TicketNumber
    """By which the citizen asks for it."""
    hazard: HazardId
    """The case that was opened for it, or that it joined."""
    conversation: ConversationId = field(repr=False)
    kind: HazardKind
    spot: Spot = field(repr=False)
    text: str = field(repr=False)
    """The citizen's words, masked."""
    pictures: tuple[str, ...] = field(default=(), repr=False)
    """What the platform calls them; they are not fetched."""
    at: datetime
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Hazard:
    """One case."""

    id: HazardId
    kind: HazardKind
    spot: Spot
    opened_at: datetime
    last_at: datetime
    """When the newest report came."""
    grid: GridId | None = None
    """Whose worker looks; None: the duty officer says who."""
    state: HazardState = HazardState.OPEN
    started_at: datetime | None = None
    by: StaffId | None = None
    """Who has noted that it was begun, and its result."""
    ended_at: datetime | None = None
    result: str = field(default="", repr=False)
    into: HazardId | None = None
    version: int = 0

    @property
    def due_at(self) -> datetime:
        """Tell until when somebody must have looked."""
        return self.opened_at + DUE

    @property
    def open(self) -> bool:
        """Say whether it waits for its result."""
        return self.state in (HazardState.OPEN, HazardState.STARTED)


def same(hazard: Hazard, kind: HazardKind, spot: Spot, at: datetime) -> bool:
    """Say whether a report is of a case that is open: of its kind, near, and not much later."""
    in_time = hazard.opened_at - BETWEEN <= at <= hazard.last_at + BETWEEN
    return hazard.open and hazard.kind is kind and in_time and _near(hazard.spot, spot)


def oldest_of(hazards: Iterable[Hazard]) -> Hazard | None:
    """Choose the case into which others go: the same for whoever looks."""
    return min(hazards, key=lambda one: (one.opened_at, one.id), default=None)


def joined(hazard: Hazard, at: datetime) -> Hazard:
    """Note that another report has come."""
    if at <= hazard.last_at:
        return hazard
    return replace(hazard, last_at=at, version=hazard.version + 1)


def merge(hazard: Hazard, into: Hazard) -> Hazard:
    """Make a case part of an older one. Idempotent; one that was begun stays."""
    if hazard.state is not HazardState.OPEN or hazard.id == into.id:
        return hazard
    return replace(hazard, state=HazardState.MERGED, into=into.id, version=hazard.version + 1)


def place(hazard: Hazard, spot: Spot, grid: GridId | None) -> Hazard:
    """Say more nearly where it is; a worker who was named stays."""
    grid = hazard.grid or grid
    if (hazard.spot, hazard.grid) == (spot, grid):
        return hazard
    return replace(hazard, spot=spot, grid=grid, version=hazard.version + 1)


def assign(hazard: Hazard, grid: GridId) -> Hazard:
    """Have the worker of a grid look. Idempotent.

    Raises:
        Conflict: it is over.
    """
    _must_be_open(hazard)
    return hazard if hazard.grid == grid else replace(hazard, grid=grid, version=hazard.version + 1)


def start(hazard: Hazard, by: StaffId, at: datetime) -> Hazard:
    """Note that somebody looks into it; a second call changes nothing.

    Raises:
        Conflict: it is over.
    """
    _must_be_open(hazard)
    if hazard.state is HazardState.STARTED:
        return hazard
    return replace(
        hazard, state=HazardState.STARTED, started_at=at, by=by, version=hazard.version + 1
    )


def end(hazard: Hazard, result: str, by: StaffId, at: datetime) -> Hazard:
    """End it with a result in words. Idempotent for the same result.

    Raises:
        BadInput: there is no result, or it is too long. Conflict: it has ended otherwise.
    """
    words = result.strip()
    if not 2 <= len(words) <= LONGEST:
        raise BadInput(f"tell the result in 2 to {LONGEST} characters: all who reported read it")
    if hazard.state is HazardState.DONE and hazard.result == words:
        return hazard
    _must_be_open(hazard)
    return replace(
        hazard,
        state=HazardState.DONE,
        result=words,
        by=by,
        ended_at=at,
        version=hazard.version + 1,
    )


def placed(report: HazardReport, spot: Spot) -> HazardReport:
    """Say more nearly where a report is from."""
    if report.spot == spot:
        return report
    return replace(report, spot=spot, version=report.version + 1)


def pictured(report: HazardReport, picture: str) -> HazardReport:
    """Add a picture; the same again, or one too many, changes nothing."""
    if picture in report.pictures or len(report.pictures) >= MOST_PICTURES:
        return report
    return replace(report, pictures=(*report.pictures, picture), version=report.version + 1)


def _near(one: Spot, other: Spot) -> bool:
    if one.point is not None and other.point is not None:
        return distance_m(one.point, other.point) <= APART_M
    return len(one.area) == VILLAGE and one.area == other.area


def _must_be_open(hazard: Hazard) -> None:
    if not hazard.open:
        raise Conflict(f"this hazard is {hazard.state}: see the list")
