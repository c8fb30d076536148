"""An event that the duty chief opens and closes: it holds what happens in it, by id."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from data.civic.areas import within
from data.civic.errors import Conflict
from data.civic.ids import (
    AreaCode,
    EventId,
    NoticeId,
    OrderId,
    ResponseId,
    ReturnId,
    SignalId,
    StaffId,
)
from data.civic.warning import drills

Held = SignalId | ResponseId | OrderId | ReturnId | NoticeId


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One typhoon, one flood, one drill. Whether it is a drill stands in its id for good."""

    id: EventId
    name: str
    """台风“…”; in a drill it begins with the mark."""
    areas: tuple[AreaCode, ...]
    opened_by: StaffId
    opened_at: datetime
    closed_by: StaffId | None = None
    closed_at: datetime | None = None
    signals: tuple[SignalId, ...] = ()
    responses: tuple[ResponseId, ...] = ()
    orders: tuple[OrderId, ...] = ()
    returns: tuple[ReturnId, ...] = ()
    notices: tuple[NoticeId, ...] = ()
    version: int = 0

    def __post_init__(self) -> None:
        """Insist on the mark."""
        drills.check(self.id, self.name)

    @property
    def drill(self) -> bool:
        """Say whether it is a drill."""
        return drills.is_drill(self.id)

    @property
    def open(self) -> bool:
        """Say whether it goes on."""
        return self.closed_at is None

    def encloses(self, areas: Collection[AreaCode]) -> bool:
        """Say whether all of these areas are in it."""
        return all(any(within(area, own) for own in self.areas) for area in areas)


def still_open(event: Event) -> Event:
    """Insist that an event goes on.

    Raises:
        Conflict: it is closed.
    """
    if not event.open:
        raise Conflict(f"the event {event.name} is closed: open another")
    return event


def hold(event: Event, kind: str, id_: Held) -> Event:
    """Note that something belongs to it; `kind` is the field that lists it. Idempotent.

    Raises:
        BadInput: a drill and something actual would be mixed.
    """
    drills.together(event.id, id_)
    held: tuple[Held, ...] = getattr(event, kind)
    if id_ in held:
        return event
    changes = {kind: (*held, id_), "version": event.version + 1}
    return replace(event, **changes)  # type: ignore[arg-type]  # the kinds' own tuples


def close(event: Event, by: StaffId, at: datetime, *, unfinished: Collection[str]) -> Event:
    """Close it; a second call changes nothing.

    Raises:
        Conflict: something inside is still in force; `unfinished` names what.
    """
    if not event.open:
        return event
    if unfinished:
        raise Conflict(f"{event.name} cannot be closed yet: {', '.join(unfinished)}")
    return replace(event, closed_by=by, closed_at=at, version=event.version + 1)
