"""Shelters in numbers and by name: how many are inside, who, what does not fit, what it came to.

Numbers are for everybody who works there; names are shown for a purpose, and each look is noted.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from data.civic.areas import within
from data.civic.ids import EventId, PersonId, ScanId, ShelterId
from data.civic.people import Staff
from data.civic.privacy import mask_name
from data.civic.safety.nearest import Offer
from data.civic.safety.rosters import Person
from data.civic.safety.scans import Guest, OutTo, Scan, person_of
from data.civic.safety.shelters import Places, Shelter
from data.civic.safety.stays import Clash, Stay
from data.civic.warning.drills import is_drill
from data.civic.warning.events import Event
from data.store.scans import DeviceCount
from data.store.stays import Lodging
from handlers import lodging
from handlers.acts.desk_rules import AT_SHELTERS, event_for, shelter_for
from handlers.acts.note import note_look
from handlers.acts.purposes import purpose_in
from handlers.acts.shelters import SEE, today
from handlers.office import Office

EVENTS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One shelter, and who is inside."""

    shelter: Shelter
    inside: Places
    """Of all events together: places are taken by whoever is there."""
    free: Places
    """Below 0: so many too many."""
    usable: bool
    """People may be sent there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occupant:
    """Somebody who is in a shelter, with the scan by which they came."""

    guest: Guest
    stay: Stay
    scan: Scan | None
    person: Person | None = field(default=None, repr=False)
    """None: without a code, or gone from the roster."""

    @property
    def handle(self) -> PersonId | None:
        """Tell whose stay it is, also of who is gone from the roster; None: without a code."""
        return person_of(self.guest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """One shelter in one event."""

    event: Event
    line: Line
    inside: Places
    """Of this event."""
    coded: int
    """People of the roster."""
    strangers: int
    occupants: tuple[Occupant, ...]
    """Empty where names were not asked for."""
    offers: tuple[Offer, ...]
    """Where the next ones go, the nearest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Two scans that do not fit together."""

    guest: Guest
    clash: Clash
    first: Scan | None
    second: Scan | None
    now: ShelterId | None
    """Where the guest counts now."""
    name: str
    """Masked, as at the door; empty for who is on no roster."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a shelter came to in an event; numbers alone."""

    event: Event
    shelter: Shelter
    guests: int
    """Different people of the roster who stayed."""
    strangers: int
    came: int
    """People who came in, each stay counted."""
    inside: int
    out_to: Mapping[OutTo, int]
    """Stays that ended, by where they went."""
    clashes: int
    devices: tuple[DeviceCount, ...]


async def shelters(office: Office, staff: Staff) -> list[Line]:
    """List the shelters of the own area with who is inside now.

    Raises:
        Refused: the role is not held.
    """
    staff.must(*SEE)
    return await lines(office, await office.stores.shelters.within(staff.area))


async def lines(office: Office, listed: Sequence[Shelter], *, drill: bool = False) -> list[Line]:
    """Count who is inside of shelters."""
    ids = [one.id for one in listed]
    inside = await office.stores.doors.inside(ids, drill=drill) if ids else {}
    return [_line(one, inside.get(one.id, Places()), office) for one in listed]


async def events(office: Office, staff: Staff) -> list[Event]:
    """List the events that go on, first those of the own area, drills behind what is real.

    To a shelter people come also from an event of the next village.

    Raises:
        Refused: the role is not held.
    """
    staff.must(*SEE)
    found = [
        one
        for drill in (False, True)
        for one in await office.stores.events.alive(drill=drill, limit=EVENTS)
    ]
    return sorted(found, key=lambda one: not _touches(one, staff))


async def events_here(
    office: Office, staff: Staff, shelter: ShelterId, asked: EventId | None = None
) -> list[Event]:
    """List the events that go on, then closed ones: who is inside by them, and the one asked for.

    Raises:
        Refused: the role is not held.
    """
    alive = await events(office, staff)
    inside = await office.stores.doors.events(shelter) | ({asked} if asked else set())
    closed = sorted(inside - {one.id for one in alive})
    found = [await office.stores.events.get(one) for one in closed]
    return [*alive, *(one for one in found if one is not None)]


async def board(
    office: Office, staff: Staff, shelter: ShelterId, event: EventId, *, purpose: str | None = None
) -> Board:
    """Show one shelter in an event; for a purpose with the names of who is inside.

    Raises:
        Refused: the role is not held, or the shelter is another's.
        NotFound: there is no such shelter or event. BadInput: the purpose is none.
    """
    staff.must(*SEE)
    place, known = await shelter_for(office, shelter), await event_for(office, event)
    staff.must(*(SEE if purpose is None else AT_SHELTERS), area=place.area)
    why = purpose_in(purpose) if purpose is not None else ""
    lodged = await office.stores.stays.inside(event, shelter)
    occupants: tuple[Occupant, ...] = ()
    if why:
        await note_look(office, staff.id, "shelter.names", f"shelter-{shelter}", why)
        occupants = await _occupants(office, lodged)
    (line,) = await lines(office, [place], drill=is_drill(event))
    party = lodging.point_of(office, place.area)
    return Board(
        event=known,
        line=line,
        inside=_total(lodged),
        coded=sum(person_of(one.guest) is not None for one in lodged),
        strangers=_total(one for one in lodged if person_of(one.guest) is None).people,
        occupants=occupants,
        offers=await lodging.offers(office, event, party, but=shelter),
    )


async def doubts(office: Office, staff: Staff, event: EventId) -> list[Doubt]:
    """List the scans that do not fit together, where a shelter of the own area is in it.

    Raises:
        Refused: the role is not held. NotFound: there is no such event.
    """
    staff.must(*AT_SHELTERS)
    await event_for(office, event)
    lodged = await office.stores.stays.clashing(event)
    pairs = [(one, clash) for one in lodged for clash in one.clashes]
    ids = {id_ for _, clash in pairs for id_ in (clash.first, clash.second) if id_}
    scans = await office.stores.scans.some(sorted(ids))
    mine = {one.id for one in await office.stores.shelters.within(staff.area)}
    handles = {handle for one, _ in pairs if (handle := person_of(one.guest)) is not None}
    people = {one.id: one for one in await office.stores.residents.some(sorted(handles))}
    found = [_doubt(one, clash, scans, people) for one, clash in pairs]
    return [
        one
        for one in found
        if any(scan and scan.shelter in mine for scan in (one.first, one.second))
    ]


async def report(office: Office, staff: Staff, shelter: ShelterId, event: EventId) -> Report:
    """Tell what a shelter came to: every number is a count of scans.

    Raises:
        Refused: the role is not held, or the shelter is another's.
        NotFound: there is no such shelter or event.
    """
    staff.must(*SEE)
    place, known = await shelter_for(office, shelter), await event_for(office, event)
    staff.must(*SEE, area=place.area)
    lodged = await office.stores.stays.ever(event, shelter)
    stays = [(one, stay) for one in lodged for stay in one.stays if stay.shelter == shelter]
    ended = Counter[OutTo]()
    for _, stay in stays:
        if stay.out_to is not None:
            ended[stay.out_to] += stay.came
    return Report(
        event=known,
        shelter=place,
        guests=sum(person_of(one.guest) is not None for one in lodged),
        strangers=sum(stay.came for one, stay in stays if person_of(one.guest) is None),
        came=sum(stay.came for _, stay in stays),
        inside=sum(stay.takes.people for _, stay in stays if stay.goes_on),
        out_to=ended,
        clashes=sum(len(one.clashes) for one in lodged),
        devices=tuple(await office.stores.scans.devices(event)),
    )


def _line(shelter: Shelter, inside: Places, office: Office) -> Line:
    return Line(
        shelter=shelter,
        inside=inside,
        free=shelter.capacity.free(inside),
        usable=shelter.usable(today(office)),
    )


def _touches(event: Event, staff: Staff) -> bool:
    return any(within(one, staff.area) or within(staff.area, one) for one in event.areas)


async def _occupants(office: Office, lodged: Sequence[Lodging]) -> tuple[Occupant, ...]:
    stays = [(one, one.now) for one in lodged]
    scans = await office.stores.scans.some([now.scan for _, now in stays if now])
    handles = [handle for one in lodged if (handle := person_of(one.guest)) is not None]
    people: dict[PersonId | None, Person] = {
        one.id: one for one in await office.stores.residents.some(handles)
    }
    return tuple(
        Occupant(
            guest=one.guest,
            stay=now,
            scan=scans.get(now.scan),
            person=people.get(person_of(one.guest)),
        )
        for one, now in stays
        if now
    )


def _total(lodged: Iterable[Lodging]) -> Places:
    return sum((one.now.takes for one in lodged if one.now), Places())


def _doubt(
    one: Lodging,
    clash: Clash,
    scans: Mapping[ScanId, Scan],
    people: Mapping[PersonId, Person],
) -> Doubt:
    handle = person_of(one.guest)
    person = people.get(handle) if handle is not None else None
    return Doubt(
        guest=one.guest,
        clash=clash,
        first=scans.get(clash.first) if clash.first else None,
        second=scans.get(clash.second),
        now=one.now.shelter if one.now else None,
        name=mask_name(person.name) if person else "",
    )
