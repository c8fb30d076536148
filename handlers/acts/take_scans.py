"""Take in what devices scanned without a network: each scan once, however often it is sent.

What was scanned has happened: it is counted even where a shelter was full or closed, or a code did
not count any more; such people are counted without a name, for they are there. What does not fit
together is shown with both scans.
"""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from data.civic.errors import BadInput, Conflict, NotFound, Refused
from data.civic.ids import AreaCode, EventId, PersonId, ScanId, ShelterId
from data.civic.people import Staff
from data.civic.privacy import mask
from data.civic.safety.device_clocks import ClockPair, Moment, Reading, corrected
from data.civic.safety.rosters import Person
from data.civic.safety.scans import Need, OutTo, Proof, Scan, Way, void_party
from data.civic.safety.shelters import Places, Shelter
from data.civic.safety.verifying import Standing
from data.civic.warning.drills import is_drill
from data.civic.warning.events import Event
from handlers import lodging
from handlers.acts.desk_rules import AT_DOORS, must_concern, must_scan, scan_id
from handlers.acts.note import note
from handlers.acts.note_stay import note_stay
from handlers.left_by_word import sign_out
from handlers.office import Office
from handlers.reading_codes import Read, Said, read_codes

MOST = 500
"""Scans of one batch."""


class Taken(StrEnum):
    """What became of a scan that was sent."""

    TAKEN = "taken"
    KNOWN = "known"
    """It stood already: sent before."""
    STRANGER = "stranger"
    """Its code does not count: the people are counted without a name."""
    DIFFERS = "differs"
    """Another scan bears its id: that one stands, this one is not kept."""
    REFUSED = "refused"
    """Not kept; `why` says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Queued:
    """One scan as a device kept it."""

    id: str
    event: EventId
    way: Way
    shelter: ShelterId | None = None
    code: str = field(default="", repr=False)
    people: tuple[PersonId, ...] = ()
    """With a household's code: who of it has come; empty: everybody."""
    strangers: int = 0
    """Without a code; or, with one that does not count, how many they were."""
    party: str = ""
    looks: str = field(default="", repr=False)
    needs: frozenset[Need] = field(default=frozenset(), repr=False)
    out_to: OutTo | None = None
    village: AreaCode | None = None
    counter: int
    reading: Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What one device sends: its scans, and what its clocks show beside ours."""

    device: str
    now: Reading
    pairs: tuple[ClockPair, ...] = ()
    """From when it met us before."""
    scans: tuple[Queued, ...]
    waiting: int = 0
    """How many more it keeps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of one scan."""

    id: str
    taken: Taken
    why: str = ""
    standing: Standing | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What became of a batch."""

    results: tuple[Result, ...]
    inside: Mapping[ShelterId, Places]
    """How many are now in the shelters of the batch."""


async def take_scans(office: Office, staff: Staff, batch: Batch) -> Merged:
    """Merge a batch; sent again it changes nothing, and heals what was cut short.

    Raises:
        Refused: the role is not held.
        BadInput: it is too large, or the device has no name.
    """
    staff.must(*AT_DOORS)
    if not 0 < len(batch.scans) <= MOST or not batch.device:
        raise BadInput(f"send 1 to {MOST} scans of one named device")
    stores = office.stores
    standing = await stores.scans.some([ScanId(one.id) for one in batch.scans])
    places = await _places(office, batch)
    desk = _Merging(office=office, staff=staff, batch=batch, places=places)
    fresh, results = await desk.made([one for one in batch.scans if one.id not in standing])
    for scan in fresh:  # before it stands: sent again, it is no longer fresh
        await note_stay(office, scan)
    standing |= await stores.scans.add_all(fresh)
    for one in batch.scans:
        if (known := standing.get(ScanId(one.id))) is not None:
            match = _matches(one, known, batch.device)
            results[one.id] = Result(id=one.id, taken=Taken.KNOWN if match else Taken.DIFFERS)
    mine = [one for one in standing.values() if one.device == batch.device]
    kept = {one.id: one for one in [*fresh, *mine]}
    await _follow(office, list(kept.values()), places)
    await note(office, staff.id, "scan.batch", f"device-{batch.device}", f"scans-{len(fresh)}")
    return Merged(
        results=tuple(results[one.id] for one in batch.scans),
        inside=await _inside(office, batch),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Places:
    """The events and shelters of a batch."""

    events: Mapping[EventId, Event]
    shelters: Mapping[ShelterId, Shelter]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Merging:
    """Makes scans of what a device sent."""

    office: Office
    staff: Staff
    batch: Batch
    places: _Places

    async def made(self, queued: Sequence[Queued]) -> tuple[list[Scan], dict[str, Result]]:
        """Make scans, each once; what cannot be made is refused by itself, and the rest stands."""
        received = self.office.clock.now()
        pairs = (*self.batch.pairs, ClockPair(reading=self.batch.now, at=received))
        moments = [corrected(one.reading, pairs, received=received) for one in queued]
        coded = [
            (one.id, Said(text=one.code, at=moment.at))
            for one, moment in zip(queued, moments, strict=True)
            if one.code
        ]
        read = await read_codes(self.office, self.staff, [said for _, said in coded])
        known = {id_: found for (id_, _), found in zip(coded, read, strict=True)}
        parties = [ScanId(one.party) for one in queued if one.party]
        came = await self.office.stores.scans.some(parties)
        scans: dict[ScanId, Scan] = {}
        results: dict[str, Result] = {}
        for one, moment in zip(queued, moments, strict=True):
            if one.id in results:
                continue
            try:
                who = known.get(one.id)
                scan = self._scan(one, moment, who, _party(one, who, came | scans), received)
            except (BadInput, Conflict, NotFound, Refused) as error:
                results[one.id] = Result(id=one.id, taken=Taken.REFUSED, why=str(error))
                continue
            scans[scan.id] = scan
            lost = bool(one.code and scan.strangers)
            standing = known[one.id].standing if lost else None
            taken = Taken.STRANGER if lost else Taken.TAKEN
            results[one.id] = Result(id=one.id, taken=taken, standing=standing)
        return list(scans.values()), results

    def _scan(
        self,
        one: Queued,
        moment: Moment,
        read: Read | None,
        party: ScanId | None,
        received: datetime,
    ) -> Scan:
        known = read.people if read else ()
        found = [each for each in known if not one.people or each.id in one.people]
        self._allowed(one, moment.at, found)
        people = tuple(each.id for each in found)
        if read is not None and not people and one.way is not Way.IN:
            raise BadInput(f"this code is {read.standing}: choose the person by name")
        strangers = max(1, one.strangers, len(one.people)) if read and not people else one.strangers
        return Scan(
            id=scan_id(one.id),
            event=one.event,
            way=one.way,
            shelter=one.shelter,
            people=people,
            strangers=0 if people else strangers,
            party=party if strangers and not people else None,
            looks=mask(" ".join(one.looks.split())),
            needs=one.needs,
            out_to=one.out_to,
            village=one.village,
            at=_to_the_millisecond(moment.at),
            sure=moment.sure,
            device=self.batch.device,
            counter=one.counter,
            waiting=self.batch.waiting,
            proof=read.proof if read and people else Proof.NONE,
            by=self.staff.id,
            received_at=_to_the_millisecond(received),
        )

    def _allowed(self, one: Queued, at: datetime, people: Sequence[Person]) -> None:
        event = self.places.events.get(one.event)
        if event is None:
            raise NotFound("there is no such event")
        shelter = self.places.shelters.get(one.shelter) if one.shelter else None
        if one.shelter and shelter is None:
            raise NotFound(f"there is no shelter {one.shelter}")
        area = shelter.area if shelter else one.village
        if area is None:
            raise BadInput("say where: a shelter, or the village of the relatives")
        must_scan(self.staff, event, area, at_shelter=shelter is not None, way=one.way, at=at)
        if one.way is not Way.OUT:
            must_concern(event, area, people)


def _party(one: Queued, read: Read | None, came: Mapping[ScanId, Scan]) -> ScanId | None:
    """Name the party without names: who comes with one void code is one, however often scanned."""
    if one.party:
        before = came.get(ScanId(one.party))
        return scan_id(before.party if before and before.party else one.party)
    if read is None or read.credential is None:
        return None
    person = read.credential.holder.person
    return void_party(person) if person is not None else None


def _matches(one: Queued, known: Scan, device: str) -> bool:
    """Say whether what was sent is what stands under its id."""
    mine = (one.event, one.way, one.shelter, one.counter, device)
    return mine == (known.event, known.way, known.shelter, known.counter, known.device)


async def _follow(office: Office, scans: Sequence[Scan], places: _Places) -> None:
    """Bring stays, doors, whereabouts and informings in step with scans, event by event."""
    by_event: dict[EventId, list[Scan]] = defaultdict(list)
    for scan in scans:
        by_event[scan.event].append(scan)
    for event, those in by_event.items():
        guests = [guest for scan in those for guest in scan.guests]
        handles = sorted({one for scan in those for one in scan.people})
        _, found = await asyncio.gather(
            lodging.in_step(office, event, guests), office.stores.residents.some(handles)
        )
        people: dict[PersonId, Person] = {one.id: one for one in found}
        if event in places.events:
            known = places.events[event]
            await lodging.leave_traces(office, known, those, people, places.shelters)
        await sign_out(office, [event], handles)


async def _places(office: Office, batch: Batch) -> _Places:
    events = [await office.stores.events.get(one) for one in {one.event for one in batch.scans}]
    wanted = sorted({one.shelter for one in batch.scans if one.shelter})
    shelters = await office.stores.shelters.some(wanted)
    return _Places(
        events={one.id: one for one in events if one is not None},
        shelters={one.id: one for one in shelters},
    )


async def _inside(office: Office, batch: Batch) -> dict[ShelterId, Places]:
    inside: dict[ShelterId, Places] = {}
    for drill in (False, True):
        named = {one.shelter for one in batch.scans if one.shelter and is_drill(one.event) == drill}
        if named:
            inside |= await office.stores.doors.inside(sorted(named), drill=drill)
    return inside


def _to_the_millisecond(at: datetime) -> datetime:
    return at.replace(microsecond=at.microsecond // 1000 * 1000)
