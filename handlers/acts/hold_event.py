"""Keep an event's personal data for a court or an inquiry: asked by one, approved by another."""

from collections.abc import Callable, Sequence

from data.civic.errors import NotFound
from data.civic.ids import EventId
from data.civic.people import Role, Staff
from data.civic.privacy import mask
from data.civic.safety import aftermath
from data.civic.safety.aftermath import Deletion, EventFile
from data.civic.warning.events import Event
from handlers.acts.note import note
from handlers.office import Office

ASK = (Role.DUTY, Role.CHIEF)
APPROVE = (Role.CHIEF,)
SEE = (Role.DUTY, Role.CHIEF, Role.AUDITOR)
MOST = 100


async def files(office: Office, staff: Staff) -> Sequence[tuple[EventFile, Event | None]]:
    """List the files of events, those closed last first.

    Raises:
        Refused: the role is not held for the whole county.
    """
    staff.must(*SEE, area=office.release.places.county)
    found = await office.stores.event_files.newest(MOST)
    return [(one, await office.stores.events.get(one.id)) for one in found]


async def records(office: Office, staff: Staff) -> list[Deletion]:
    """List what was destroyed, newest first.

    Raises:
        Refused: as `files`.
    """
    staff.must(*SEE, area=office.release.places.county)
    return (await office.stores.deletions.all())[::-1][:MOST]


async def ask(office: Office, staff: Staff, event: EventId, reason: str) -> EventFile:
    """Ask that nothing of an event be destroyed; it counts at once, for seven days.

    Raises:
        Refused: the role is not held for the whole county. NotFound: the event is not closed.
        Conflict: it is held already, or its data is destroyed. BadInput: no reason.
    """
    why, now = mask(" ".join(reason.split())), office.clock.now()
    return await _moved(
        office,
        staff,
        event,
        ASK,
        "hold.ask",
        lambda one: aftermath.ask_hold(one, why, staff.id, now),
    )


async def approve(office: Office, staff: Staff, event: EventId) -> EventFile:
    """Approve a hold that another has asked for: until it is ended nothing is destroyed.

    Raises:
        Refused, NotFound: as `ask`. Conflict: one's own, or none waits.
    """
    now = office.clock.now()
    return await _moved(
        office, staff, event, APPROVE, "hold.approve",
        lambda one: aftermath.approve_hold(one, staff.id, now),
    )  # fmt: skip


async def end(office: Office, staff: Staff, event: EventId) -> EventFile:
    """End a hold: what is due goes within the hour. Idempotent.

    Raises:
        Refused, NotFound: as `ask`.
    """
    now = office.clock.now()
    return await _moved(
        office, staff, event, APPROVE, "hold.end",
        lambda one: aftermath.end_hold(one, staff.id, now),
    )  # fmt: skip


async def _moved(
    office: Office,
    staff: Staff,
    event: EventId,
    roles: tuple[Role, ...],
    act: str,
    move: Callable[[EventFile], EventFile],
) -> EventFile:
    staff.must(*roles, area=office.release.places.county)
    before = await office.stores.event_files.get(event)
    if before is None:
        raise NotFound("this event has no file yet: it is opened within an hour of its closing")
    moved = await office.stores.event_files.change(event, move)
    if moved != before:
        await note(office, staff.id, act, event)
    return moved
