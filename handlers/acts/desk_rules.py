"""Who may scan where, and in which event: the rules that every desk and every device shares."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from data.civic.errors import BadInput, Conflict, NotFound
from data.civic.ids import AreaCode, EventId, ScanId, ShelterId
from data.civic.people import Role, Staff
from data.civic.safety.rosters import Person
from data.civic.safety.scans import Way
from data.civic.safety.shelters import Shelter
from data.civic.warning.events import Event
from handlers.office import Office

AHEAD = timedelta(minutes=5)
"""How far before the event was opened a scan may lie: clocks are not that exact."""
AT_SHELTERS = (Role.SHELTER, Role.DUTY, Role.CHIEF)
AT_DOORS = (*AT_SHELTERS, Role.GRID)
"""At the door of relatives grid workers scan, too."""

_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")


async def event_for(office: Office, event: EventId) -> Event:
    """Fetch an event.

    Raises:
        NotFound: there is no such event.
    """
    found = await office.stores.events.get(event)
    if found is None:
        raise NotFound("there is no such event: choose one from the list")
    return found


async def shelter_for(office: Office, shelter: ShelterId) -> Shelter:
    """Fetch a shelter.

    Raises:
        NotFound: there is no such shelter.
    """
    found = await office.stores.shelters.get(shelter)
    if found is None:
        raise NotFound(f"there is no shelter {shelter}: choose one from the list")
    return found


def must_scan(
    staff: Staff, event: Event, area: AreaCode, *, at_shelter: bool, way: Way, at: datetime
) -> None:
    """Insist that somebody may scan in this area, for this event, at this moment.

    Who is inside when an event is closed is still signed out.

    Raises:
        Refused: the role is not held, or the place is another's.
        BadInput: it was before the event was opened.
        Conflict: it was closed before, and somebody would come.
    """
    staff.must(*(AT_SHELTERS if at_shelter else AT_DOORS), area=area)
    if at < event.opened_at - AHEAD:
        raise BadInput("this was before the event was opened: check the clock of the device")
    if event.closed_at is not None and at > event.closed_at and way is not Way.OUT:
        raise Conflict(f"the event {event.name} is closed: nobody checks in any more")


def must_concern(event: Event, area: AreaCode, people: Iterable[Person]) -> None:
    """Insist that an event is about a place, or about somebody who has come there.

    Raises:
        Conflict: it is elsewhere.
    """
    if not event.encloses([area]) and not any(event.encloses([one.village]) for one in people):
        raise Conflict(f"neither {area} nor who came is of an area of the event {event.name}")


def scan_id(text: str) -> ScanId:
    """Read the id that a device gave to a scan.

    Raises:
        BadInput: it is none.
    """
    if not _ID.fullmatch(text):
        raise BadInput("the id of a scan has 8 to 64 letters, digits, - or _")
    return ScanId(text)
