"""After an event: its file is frozen, may be held, and ends with a signed record of deletion.

    FROZEN ──(the day has come, nobody holds it)──▶ PURGING ──(all is gone)──▶ PURGED

A hold is asked for by one and approved by another, by name; until it is ended nothing is destroyed.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from data.civic.calendar import local
from data.civic.errors import BadInput, Conflict
from data.civic.ids import AreaCode, EventId, HouseholdId, PersonId, StaffId
from data.civic.safety.relief import Extra, Sum
from data.civic.safety.whereabouts import Stage

AFTER_DAYS = 90
"""How long after its closing an event's personal data is kept, unless the county sets another."""
LEAST_DAYS = 7
"""So long what is of no event is kept in any case: an answer to it may still be due."""
UNSIGNED = timedelta(days=7)
"""So long a hold that waits for its approval keeps what could not be brought back."""
LONGEST_REASON = 200


class FileState(StrEnum):
    """How far it has come."""

    FROZEN = "frozen"
    PURGING = "purging"
    PURGED = "purged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Why nothing of an event may be destroyed, by whose word."""

    reason: str
    asked_by: StaffId
    asked_at: datetime
    approved_by: StaffId | None = None
    approved_at: datetime | None = None
    ended_by: StaffId | None = None
    ended_at: datetime | None = None

    def holds(self, at: datetime) -> bool:
        """Say whether it keeps the data at a moment."""
        if self.ended_at is not None:
            return False
        return self.approved_at is not None or at - self.asked_at < UNSIGNED


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """So many people of a village were last recorded so."""

    village: AreaCode
    stage: Stage
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """What is kept for good of an event: numbers, and nobody."""

    papers: Mapping[str, int]
    """Collection → how many documents of it there were."""
    stood: tuple[Stood, ...] = ()
    relief: tuple[Sum, ...] = ()
    extra: tuple[Extra, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFile:
    """What becomes of the personal data of one event after its closing."""

    id: EventId
    closed_at: datetime
    purge_on: date
    state: FileState = FileState.FROZEN
    holds: tuple[Hold, ...] = ()
    kept: Numbers | None = None
    """From the moment at which the data begins to go."""
    purged_at: datetime | None = None
    version: int = 0

    def held(self, at: datetime) -> Hold | None:
        """Tell the hold that keeps the data, if any does."""
        return next((one for one in self.holds if one.holds(at)), None)

    def due(self, at: datetime) -> bool:
        """Say whether its data is to be destroyed now; what has begun is finished."""
        if self.state is FileState.PURGING:
            return True
        come = local(at).date() >= self.purge_on
        return self.state is FileState.FROZEN and come and self.held(at) is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deletion:
    """What was destroyed, signed; a restored backup replays it before it serves."""

    id: str
    event: EventId | None = None
    """All that was personal in this event; None: these people and doors."""
    people: tuple[PersonId, ...] = field(default=(), repr=False)
    households: tuple[HouseholdId, ...] = field(default=(), repr=False)
    at: datetime
    counts: Mapping[str, int]
    """Collection → documents; `keys`: the handles' keys that were destroyed."""
    why: str
    signature: bytes = field(default=b"", repr=False)
    version: int = 0


def begin(event: EventId, closed_at: datetime, *, days: int) -> EventFile:
    """Freeze the file of an event that was closed."""
    due = local(closed_at).date() + timedelta(days=days)
    return EventFile(id=event, closed_at=closed_at, purge_on=due)


def ask_hold(file: EventFile, reason: str, by: StaffId, at: datetime) -> EventFile:
    """Ask that nothing be destroyed; it counts at once, for so long as an approval may take.

    Raises:
        BadInput: no reason. Conflict: it is held already, or nothing is left to keep.
    """
    if not 2 <= len(reason) <= LONGEST_REASON:
        raise BadInput(f"say why it must be kept, in at most {LONGEST_REASON} characters")
    if file.state is not FileState.FROZEN:
        raise Conflict("the personal data of this event is destroyed: nothing is left to keep")
    if file.held(at) is not None:
        raise Conflict("this event is held already: see who asked and who approves")
    return _with(file, (*file.holds, Hold(reason=reason, asked_by=by, asked_at=at)))


def approve_hold(file: EventFile, by: StaffId, at: datetime) -> EventFile:
    """Approve the hold that waits. Idempotent for the same approver.

    Raises:
        Conflict: none waits, or it is one's own.
    """
    held = file.held(at)
    if held is None:
        raise Conflict("no hold waits for an approval: ask for one")
    if held.approved_at is not None:
        return file
    if held.asked_by == by:
        raise Conflict("who asks for a hold does not approve it: another chief does")
    return _with(file, (*file.holds[:-1], replace(held, approved_by=by, approved_at=at)))


def end_hold(file: EventFile, by: StaffId, at: datetime) -> EventFile:
    """Let the data go when its day has come. Idempotent."""
    held = file.held(at)
    if held is None:
        return file
    return _with(file, (*file.holds[:-1], replace(held, ended_by=by, ended_at=at)))


def start_purge(file: EventFile, kept: Numbers, at: datetime) -> EventFile:
    """Keep the numbers; from here on it goes. A second start keeps the first numbers.

    While somebody holds the file nothing is changed.
    """
    if file.state is not FileState.FROZEN or file.held(at) is not None:
        return file
    return replace(file, state=FileState.PURGING, kept=kept, version=file.version + 1)


def end_purge(file: EventFile, at: datetime) -> EventFile:
    """Note that all is gone. Idempotent."""
    if file.state is FileState.PURGED:
        return file
    return replace(file, state=FileState.PURGED, purged_at=at, version=file.version + 1)


def statement(deletion: Deletion) -> bytes:
    """Write what is signed, always in the same form."""
    whole = {
        "id": deletion.id,
        "event": deletion.event,
        "people": sorted(deletion.people),
        "households": sorted(deletion.households),
        "at": deletion.at.isoformat(timespec="milliseconds"),
        "counts": dict(sorted(deletion.counts.items())),
        "why": deletion.why,
    }
    return b"bianmin deletion\n" + json.dumps(whole, ensure_ascii=False, sort_keys=True).encode()


def signed(deletion: Deletion, sign: Callable[[bytes], bytes]) -> Deletion:
    """Sign a record; its moment is kept to the millisecond, as the store does."""
    at = deletion.at.replace(microsecond=deletion.at.microsecond // 1000 * 1000)
    exact = replace(deletion, at=at)
    return replace(exact, signature=sign(statement(exact)))


def genuine(deletion: Deletion, verify: Callable[[bytes, bytes], bool]) -> bool:
    """Say whether a record is as it was signed."""
    return verify(statement(deletion), deletion.signature)


def _with(file: EventFile, holds: tuple[Hold, ...]) -> EventFile:
    return replace(file, holds=holds, version=file.version + 1)
