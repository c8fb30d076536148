"""Check people in and out at a shelter (入住、离开), or note them at the door of relatives, online.

Who comes takes a place at the door in one conditional write: no shelter is ever filled beyond its
places online. Who finds no place is told the nearest shelter that has one; nobody is sent away.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from data.civic.errors import BadInput, NotFound
from data.civic.ids import AreaCode, EventId, PersonId, ShelterId
from data.civic.people import Staff
from data.civic.privacy import mask
from data.civic.safety.codes import PREFIX
from data.civic.safety.scans import MOST_PEOPLE, Need, OutTo, Proof, Scan, Way, guest_of
from data.civic.safety.shelters import Shelter
from data.civic.safety.verifying import Standing
from handlers.acts.check_code import count_typed
from handlers.acts.choose_members import members
from handlers.acts.desk_rules import (
    AT_DOORS,
    event_for,
    must_concern,
    must_scan,
    scan_id,
    shelter_for,
)
from handlers.acts.find_person import NOBODY
from handlers.acts.take_in import Desk, Done, Outcome
from handlers.office import Office
from handlers.reading_codes import Read, Said, read_codes

CONSOLE = "console"
"""The device of who types at the console."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What somebody at the desk has scanned or typed."""

    event: EventId
    way: Way
    shelter: ShelterId | None = None
    id: str = ""
    """The scan's own; empty: one is made."""
    code: str = field(default="", repr=False)
    people: tuple[PersonId, ...] = ()
    """Found on the roster; with a household's code: who of it has come; empty: everybody."""
    asks: bool = False
    """Of a household's code, ask first who has come."""
    strangers: int = 0
    party: str = ""
    looks: str = field(default="", repr=False)
    needs: frozenset[Need] = field(default=frozenset(), repr=False)
    out_to: OutTo | None = None
    village: AreaCode | None = None
    device: str = CONSOLE
    counter: int = 0
    waiting: int = 0
    """How many more scans the device keeps."""


async def check(office: Office, staff: Staff, visit: Visit) -> Done:
    """Check somebody in or out. Idempotent by the scan's id.

    Raises:
        Refused: the role is not held, or the place is another's.
        NotFound: there is no such event, shelter or person.
        BadInput: something is missing, or two things exclude each other.
        Conflict: the event is elsewhere or closed, or the id stands for something else.
        TooMany: digits were typed too often.
    """
    staff.must(*AT_DOORS)
    event, shelter = await asyncio.gather(event_for(office, visit.event), _shelter(office, visit))
    area = shelter.area if shelter else visit.village
    if area is None:
        raise BadInput("say where: a shelter, or the village of the relatives")
    at = office.clock.now()
    must_scan(staff, event, area, at_shelter=shelter is not None, way=visit.way, at=at)
    inside = await _inside(office, visit)
    read = await (_lodged(office, visit) if inside else _who(office, staff, visit))
    if read is not None and not read.people and not inside:
        return Done(outcome=Outcome.NO_CODE, standing=read.standing, shelter=shelter)
    people = read.people if read else ()
    if visit.asks and visit.code and not visit.people and len(people) > 1:
        asked = await members(office, event.id, visit.way, visit.shelter or "", people)
        return Done(outcome=Outcome.WHO, shelter=shelter, people=people, members=asked)
    if visit.way is not Way.OUT:
        must_concern(event, area, people)
    scan = _scan(office, staff, visit, read, inside or tuple(one.id for one in people))
    desk = Desk(office=office, staff=staff, event=event, shelter=shelter, people=people)
    return await desk.take(scan)


async def _shelter(office: Office, visit: Visit) -> Shelter | None:
    return await shelter_for(office, visit.shelter) if visit.shelter else None


async def _inside(office: Office, visit: Visit) -> tuple[PersonId, ...]:
    """Tell whom a desk signs out of its own list; none, where not all of them are inside.

    Nobody is locked in whom the roster does not hold any more, or holds in another area.
    """
    people = tuple(dict.fromkeys(visit.people))
    if visit.way is not Way.OUT or visit.code or not people or visit.shelter is None:
        return ()
    lodged = await office.stores.stays.of(visit.event, [guest_of(one) for one in people])
    here = [one for one in lodged.values() if one.now and one.now.shelter == visit.shelter]
    return people if len(here) == len(people) <= MOST_PEOPLE else ()


async def _lodged(office: Office, visit: Visit) -> Read:
    found = await office.stores.residents.some(list(visit.people))
    return Read(standing=Standing.VALID, proof=Proof.NAME, people=tuple(found))


async def _who(office: Office, staff: Staff, visit: Visit) -> Read | None:
    """Tell who has come; None: a party without codes.

    Raises:
        NotFound: somebody who was chosen does not stand on the roster.
        BadInput: nobody is named, or somebody who does not belong to the code.
        TooMany: digits were typed too often.
    """
    if visit.strangers or visit.party:
        return None
    if not visit.code:
        return await _chosen(office, staff, visit.people)
    if not visit.code.startswith(PREFIX):
        await count_typed(office, staff)
    (read,) = await read_codes(office, staff, [Said(text=visit.code, at=office.clock.now())])
    if not visit.people:
        return read
    some = tuple(one for one in read.people if one.id in visit.people)
    if len(some) != len(set(visit.people)):
        raise BadInput("somebody of those chosen does not belong to this code")
    return replace(read, people=some)


async def _chosen(office: Office, staff: Staff, people: Sequence[PersonId]) -> Read:
    """Take who was found on the roster by name: of the own area alone."""
    if not 0 < len(set(people)) <= MOST_PEOPLE:
        raise BadInput("scan a code, choose people, or say how many have none")
    found = await office.stores.residents.some(list(set(people)))
    if len(found) != len(set(people)) or not all(
        staff.may(*AT_DOORS, area=one.village) for one in found
    ):
        raise NotFound(NOBODY)
    return Read(standing=Standing.VALID, proof=Proof.NAME, people=tuple(found))


def _scan(
    office: Office, staff: Staff, visit: Visit, read: Read | None, people: tuple[PersonId, ...]
) -> Scan:
    at = office.clock.now()
    return Scan(
        id=scan_id(visit.id or office.ids.new()),
        event=visit.event,
        way=visit.way,
        shelter=visit.shelter,
        people=people,
        strangers=visit.strangers if read is None else 0,
        party=scan_id(visit.party) if visit.party else None,
        looks=mask(" ".join(visit.looks.split())),
        needs=visit.needs,
        out_to=visit.out_to,
        village=visit.village,
        at=at,
        device=visit.device,
        counter=visit.counter,
        waiting=visit.waiting,
        proof=read.proof if read else Proof.NONE,
        by=staff.id,
        received_at=at,
    )
