"""What is kept of those for whom a conversation speaks, on which ground, until when; who looked.

What is told is what is kept, never the content: a telephone that lies on a table must not show
the numbers of a whole family. Of a child only the guardian is told, who is known to staff.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from data.civic.audit import Entry
from data.civic.calendar import local
from data.civic.ids import ConversationId, StaffId
from data.civic.privacy import mask_name
from data.civic.safety.aftermath import AFTER_DAYS, FileState
from data.civic.safety.credentials import Holder
from data.civic.safety.grounds import Basis, stated
from data.civic.safety.identity import named
from data.civic.safety.rosters import Person
from handlers.acts.note import citizen, note_look
from handlers.acts.speaks_for import entrusted
from handlers.office import Office

MOST_EVENTS = 200
MOST_LOOKS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Things that are kept on one ground and go on one day."""

    what: tuple[str, ...]
    """Fields of the roster, or one of `codes`, `tied`, `event`."""
    event: str = ""
    basis: Basis
    notice: str
    until: date | None
    """None: the event goes on; it goes so many days after its closing."""
    held: bool = False
    """An inquiry keeps it beyond the day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Somebody of the staff who looked, or changed something."""

    at: datetime
    who: str
    """The department, or the area, and the masked name."""
    act: str
    purpose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MyRecords:
    """All that is kept of one person."""

    person: Person = field(repr=False)
    own: bool
    records: tuple[Record, ...]
    looks: tuple[Look, ...]


async def my_records(office: Office, conversation: ConversationId) -> tuple[MyRecords, ...]:
    """Tell what is kept of oneself, and of the family who agreed; nobody registered: nothing."""
    people = await entrusted(office, conversation)
    who, told = citizen(office, conversation), []
    for person, own in people:
        await note_look(office, who, "my_records", named(person.id))
        told.append(
            MyRecords(
                person=person,
                own=own,
                records=await _records(office, person),
                looks=await _looks(office, person),
            )
        )
    return tuple(told)


async def _records(office: Office, person: Person) -> tuple[Record, ...]:
    codes, events = await _codes(office, person), await _events(office, person)
    return (*_of_roster(person), *codes, *events)


def _of_roster(person: Person) -> list[Record]:
    """Put together what stands on the same ground; what is empty is not kept."""
    empty = {name for name in stated(person) if not getattr(person, name)}
    grounds: dict[Basis, list[str]] = {}
    for name, one in stated(person).items():
        if name not in empty:
            grounds.setdefault(one.basis, []).append(name)
    return [
        Record(
            what=tuple(names),
            basis=basis,
            notice=person.notice_version,
            until=person.purge_on,
        )
        for basis, names in grounds.items()
    ]


async def _codes(office: Office, person: Person) -> list[Record]:
    holders = [Holder(person=person.id)]
    found = await office.stores.credentials.counting_of(holders)
    if not found:
        return []
    return [
        Record(
            what=("codes",),
            basis=Basis.DUTY,
            notice=person.notice_version,
            until=person.purge_on,
        )
    ]


async def _events(office: Office, person: Person) -> list[Record]:
    """Tell of every event in which something of the person stands."""
    stores, now, found = office.stores, office.clock.now(), []
    newest = await stores.events.newest(MOST_EVENTS)
    steps = await stores.whereabouts.of_person(person.id, [one.id for one in newest])
    files = {one.id: one for one in await stores.event_files.newest(MOST_EVENTS)}
    for event in newest:
        marked = await stores.marks.of_person(person.id, [event.id])
        if not marked and all(one.event != event.id for one in steps):
            continue
        file = files.get(event.id)
        if file is not None and file.state is FileState.PURGED:
            continue
        found.append(
            Record(
                what=("event",),
                event=event.name,
                basis=Basis.EMERGENCY,
                notice="",
                until=file.purge_on if file else _day(event.closed_at),
                held=bool(file and file.held(now)),
            )
        )
    return found


def _day(closed_at: datetime | None) -> date | None:
    return local(closed_at).date() + timedelta(days=AFTER_DAYS) if closed_at else None


async def _looks(office: Office, person: Person) -> tuple[Look, ...]:
    """List what staff looked at or did, newest first; machines and the family are left out."""
    entries = await office.stores.audit.of_person(named(person.id), MOST_LOOKS * 4)
    names = await _names(office, entries)
    by_staff = [one for one in entries if one.deed.actor in names][:MOST_LOOKS]
    return tuple(
        Look(at=one.at, who=names[one.deed.actor], act=one.deed.act, purpose=one.deed.purpose)
        for one in by_staff
    )


async def _names(office: Office, entries: list[Entry]) -> Mapping[str, str]:
    found = {}
    for actor in {one.deed.actor for one in entries}:
        staff = await office.stores.staff.get(StaffId(actor))
        if staff is not None:
            where = staff.department or office.release.places.full_name(staff.area)
            found[actor] = f"{where} {mask_name(staff.name)}"
    return found
