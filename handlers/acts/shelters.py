"""The registry of shelters (安置点): enter, edit, inspect, open, stand by, close, find unsafe.

Opening and closing moves the door with it: from the moment of closing nobody checks in any more,
and the answer says exactly how many are inside.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from data.civic.calendar import local
from data.civic.errors import BadInput, Conflict
from data.civic.ids import ShelterId
from data.civic.people import Role, Staff
from data.civic.safety import shelters as lives
from data.civic.safety.shelters import Change, Places, Shelter, ShelterState
from data.civic.telephones import telephone
from handlers.acts.desk_rules import shelter_for
from handlers.acts.note import note
from handlers.office import Office

RUN = (Role.DUTY, Role.CHIEF)
"""They open and close."""
ARRANGE = (Role.ADMIN, Role.CHIEF)
"""They enter and edit."""
SEE = (Role.SHELTER, Role.DUTY, Role.CHIEF, Role.GRID, Role.ADMIN)
LONGEST_REASON = 100
SHORT_NUMBERS = re.compile(r"1\d{4}|\d{3}")
"""12345, 110: a hotline is a telephone of a shelter, too."""

_ID = re.compile(r"[a-z0-9][a-z0-9_-]{1,39}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """A shelter after it was opened, closed or found unsafe."""

    shelter: Shelter
    inside: Places
    """Who is in it, of all events: they stay counted until they are checked out."""


async def enter(office: Office, staff: Staff, shelter: Shelter) -> Shelter:
    """Enter a shelter; it stands by until somebody opens it.

    Raises:
        Refused: the role is not held, or the area is another's.
        BadInput: id, area or telephone are not as they must be.
        Conflict: the id is taken.
    """
    staff.must(*ARRANGE, area=shelter.area)
    checked(office, shelter)
    new = replace(shelter, state=ShelterState.STANDBY, version=0)
    if await office.stores.shelters.get(new.id) is not None:
        raise Conflict(f"a shelter {new.id} stands already: edit it")
    await office.stores.shelters.add(new)
    await note(office, staff.id, "shelter.enter", f"shelter-{new.id}")
    return new


async def edit(office: Office, staff: Staff, shelter: Shelter, *, seen: int) -> Shelter:
    """Put what is known of a shelter over what stood; its state stays as it is.

    Raises:
        Refused, BadInput: as `enter`. NotFound: there is no such shelter.
        Conflict: somebody else has changed it since version `seen` was read.
    """
    staff.must(*ARRANGE, area=shelter.area)
    standing = await shelter_for(office, shelter.id)
    staff.must(*ARRANGE, area=standing.area)
    checked(office, shelter)
    if standing.version != seen:
        raise Conflict(f"{shelter.name} has changed meanwhile: read it again")
    changed = over(standing, shelter)
    await office.stores.shelters.save(changed)
    await note(office, staff.id, "shelter.edit", f"shelter-{changed.id}")
    return changed


async def inspected(office: Office, staff: Staff, shelter: ShelterId, *, until: date) -> Shelter:
    """Enter a new inspection; what was unsafe may be opened again.

    Raises:
        Refused, NotFound. BadInput: its last day has passed.
    """
    staff.must(*ARRANGE)
    standing = await shelter_for(office, shelter)
    staff.must(*ARRANGE, area=standing.area)
    change = _change(office, "")
    changed = await office.stores.shelters.change(
        shelter, lambda one: lives.inspect(one, until, change)
    )
    subject = f"shelter-{shelter}"
    await note(office, staff.id, "shelter.inspect", subject, f"until-{until.isoformat()}")
    return changed


async def turn(
    office: Office, staff: Staff, shelter: ShelterId, to: ShelterState, *, why: str = ""
) -> Turned:
    """Open, close, hold ready, or find unsafe. Idempotent.

    Raises:
        Refused: the role is not held, or the area is another's.
        NotFound: there is no such shelter. BadInput: unsafe, and nobody says why.
        Conflict: it is unsafe or not inspected, and so not opened.
    """
    roles = (*RUN, Role.SHELTER) if to is ShelterState.UNSAFE else RUN
    staff.must(*roles)
    standing = await shelter_for(office, shelter)
    staff.must(*roles, area=standing.area)
    move = _MOVES[to]
    change = _change(office, why)
    wanted = move(standing, change)
    inside = await office.stores.doors.set_open(shelter, is_open=wanted.open)
    if wanted != standing:
        try:
            wanted = await office.stores.shelters.change(shelter, lambda one: move(one, change))
        finally:  # whatever stands in the registry in the end is what the door does
            now = await shelter_for(office, shelter)
            inside = await office.stores.doors.set_open(shelter, is_open=now.open)
        await note(office, staff.id, f"shelter.{to}", f"shelter-{shelter}", change.why)
    return Turned(shelter=wanted, inside=inside)


def over(standing: Shelter, said: Shelter) -> Shelter:
    """Put what is said of a shelter over what stands; state and history stay."""
    kept = replace(
        said,
        state=standing.state,
        changed_at=standing.changed_at,
        why=standing.why,
        version=standing.version,
    )
    return standing if kept == standing else replace(kept, version=standing.version + 1)


def checked(office: Office, shelter: Shelter) -> None:
    """Insist on an id, an area of this county, and a telephone.

    Raises:
        BadInput: one is not as it must be; the message says which.
    """
    if not _ID.fullmatch(shelter.id):
        raise BadInput("an id has 2 to 40 small letters, digits, - or _")
    if shelter.area not in office.release.places.areas:
        raise BadInput(f"no area {shelter.area}: give a village, a town or the county by its code")
    if phone_of(shelter.phone) is None:
        raise BadInput("a shelter needs a telephone of this country, or a hotline")


def phone_of(text: str) -> str | None:
    """Read a telephone or a short number; None: it is neither."""
    plain = text.strip()
    return plain if SHORT_NUMBERS.fullmatch(plain) else telephone(plain)


def today(office: Office) -> date:
    """Tell the day as people here count it."""
    return local(office.clock.now()).date()


def _change(office: Office, why: str) -> Change:
    words = " ".join(why.split())
    if len(words) > LONGEST_REASON:
        raise BadInput(f"say why in at most {LONGEST_REASON} characters")
    at: datetime = office.clock.now()
    return Change(at=at, today=today(office), why=words)


_MOVES: dict[ShelterState, Callable[[Shelter, Change], Shelter]] = {
    ShelterState.OPEN: lives.open_up,
    ShelterState.STANDBY: lives.stand_by,
    ShelterState.CLOSED: lives.close,
    ShelterState.UNSAFE: lives.find_unsafe,
}
