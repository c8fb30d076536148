"""Keep stays in step with scans: fold, write, settle the doors; and what a scan leaves behind."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from data.civic.calendar import local
from data.civic.errors import TooMany
from data.civic.ids import AreaCode, EventId, PersonId, ShelterId, StepId
from data.civic.safety.nearest import Offer, Party, nearest
from data.civic.safety.rosters import Person
from data.civic.safety.scans import (
    Guest,
    OutTo,
    Proof,
    Scan,
    Way,
    guest_of,
    party_of,
    person_of,
    void_holder,
    void_party,
)
from data.civic.safety.shelters import Places, Shelter
from data.civic.safety.stays import Stays, fold
from data.civic.safety.whereabouts import By, Stage, Step
from data.civic.sending.rows import By as Answered
from data.civic.sending.rows import Confirmation, Manner
from data.civic.warning.drills import is_drill
from data.civic.warning.events import Event
from handlers.office import Office

TRIES = 50
"""How often others may scan the same guests meanwhile."""

Claimed = Mapping[ShelterId, Mapping[Guest, Places]]


async def in_step(
    office: Office, event: EventId, guests: Iterable[Guest], claimed: Claimed | None = None
) -> dict[Guest, Stays]:
    """Work out the stays of guests and write them; what `claimed` a place stands at the door.

    Whoever has worked with fewer scans than stand by now works again: the last one is right. Who
    is seen in one event leaves the shelters of all others of the kind.
    """
    left, done = list(dict.fromkeys(guests)), dict[Guest, Stays]()
    stores, known = office.stores, claimed or {}
    for _ in range(TRIES):
        wanted = sorted({guest for one in left for guest in _akin(one)})
        scans = await _scans(office, wanted, drill=is_drill(event))
        behind = set[Guest]()
        for each, folded in _by_event(event, left, scans).items():
            counts = {one: len(_scans_of(one, scans)) for one in folded}
            await stores.stays.put_all(each, folded, counts)
            await stores.doors.settle(each, _changes(folded, known if each == event else {}))
            done |= folded if each == event else {}
            stand = await stores.stays.counts(each, list(folded))
            behind |= {one for one in folded if stand.get(one) != counts[one]}
        left, known = sorted(behind), {}
        if not left:
            return done
    raise TooMany("these people are being scanned everywhere at once: try again", retry_after_s=1)


async def offers(
    office: Office, event: EventId, party: Party, *, but: ShelterId | None = None
) -> tuple[Offer, ...]:
    """List the nearest shelters that take a party."""
    listed = [one for one in await office.stores.shelters.open() if one.id != but]
    ids = [one.id for one in listed]
    taken = await office.stores.doors.inside(ids, drill=is_drill(event))
    return nearest(listed, taken, party, today=local(office.clock.now()).date())


def point_of(office: Office, area: AreaCode) -> Party:
    """Look for a shelter from an area: from its middle, where the map has one."""
    known = office.release.places.areas.get(area)
    return Party(area=area, point=known.centre if known else None)


async def leave_traces(
    office: Office,
    event: Event,
    scans: Sequence[Scan],
    people: Mapping[PersonId, Person],
    shelters: Mapping[ShelterId, Shelter],
) -> None:
    """Record where people are, and that nobody need be sent to inform who has come. Idempotent."""
    steps, arrived = list[Step](), dict[PersonId, Scan]()
    for scan in scans:
        for handle in scan.people:
            person = people.get(handle)
            if person is None or not event.encloses([person.village]):
                continue
            steps += _steps(scan, person, shelters.get(scan.shelter) if scan.shelter else None)
            if scan.way is not Way.OUT:
                arrived[handle] = scan
    if steps:
        await office.stores.whereabouts.add_all(steps)
    await _confirm(office, event, arrived, people)


async def _confirm(
    office: Office,
    event: Event,
    arrived: Mapping[PersonId, Scan],
    people: Mapping[PersonId, Person],
) -> None:
    answers = {
        handle: Confirmation(by=Answered.STAFF, who=scan.by, manner=Manner.DOOR, at=scan.at)
        for handle, scan in arrived.items()
    }
    if not answers:
        return
    villages = sorted({people[one].village for one in answers})
    for informing in await office.stores.informings.open():
        if informing.event == event.id:
            await office.stores.rows.confirm(informing.id, answers)
            office.stores.boards.touch(informing.id, villages)


async def _scans(
    office: Office, guests: Sequence[Guest], *, drill: bool
) -> dict[Guest, list[Scan]]:
    """Read the scans of guests; a device signs a party out by the scan by which it came."""
    stores = office.stores
    found = {
        who: list(some)
        for who, some in (await stores.scans.everywhere(guests, drill=drill)).items()
    }
    came = {
        party_of(scan.id): (guest, scan.party)
        for guest, some in found.items()
        for scan in some
        if scan.way is Way.IN and scan.party
    }
    for alias, left in (
        (await stores.scans.everywhere(list(came), drill=drill)).items() if came else ()
    ):
        guest, party = came[alias]
        found[guest] += [replace(one, party=party) for one in left]
    return found


def _by_event(
    event: EventId, guests: Iterable[Guest], scans: Mapping[Guest, Sequence[Scan]]
) -> dict[EventId, dict[Guest, Stays]]:
    """Fold each guest in every event in which they were scanned, and in the one at hand."""
    found: dict[EventId, dict[Guest, Stays]] = {event: {}}
    for guest in sorted({each for one in guests for each in _akin(one)}):
        events = {one.event for one in scans[guest]} | ({event} if guest in guests else set())
        for each in sorted(events):
            stays = fold(guest, _scans_of(guest, scans), event=each)
            found.setdefault(each, {})[guest] = stays
    return found


def _scans_of(guest: Guest, scans: Mapping[Guest, Sequence[Scan]]) -> list[Scan]:
    """Gather the scans of a guest; of a code that does not count those of its holder as well."""
    holder = void_holder(guest)
    return [*scans[guest], *(scans[guest_of(holder)] if holder is not None else ())]


def _akin(guest: Guest) -> tuple[Guest, Guest]:
    """Name who is worked out together: somebody, and whoever came with a void code of theirs."""
    person = person_of(guest) or void_holder(guest)
    return (guest, guest) if person is None else (guest_of(person), party_of(void_party(person)))


def _changes(
    folded: Mapping[Guest, Stays], claimed: Claimed
) -> dict[ShelterId, dict[Guest, Places | None]]:
    """Tell who is behind which door and who is not, but for what stands there by a claim."""
    changes: dict[ShelterId, dict[Guest, Places | None]] = {}
    for guest, stays in folded.items():
        wanted: dict[ShelterId, Places | None] = {one.shelter: None for one in stays.stays}
        wanted |= {shelter: None for shelter, those in claimed.items() if guest in those}
        if stays.now:
            wanted[stays.now.shelter] = stays.now.takes
        for shelter, takes in wanted.items():
            if takes is None or claimed.get(shelter, {}).get(guest) != takes:
                changes.setdefault(shelter, {})[guest] = takes
    return changes


def _steps(scan: Scan, person: Person, shelter: Shelter | None) -> list[Step]:
    """Write what a scan says of a person; who goes home is on the way, and back if none holds."""
    read = scan.proof is Proof.CODE
    return [
        Step(
            id=StepId(f"{scan.id}/{person.id:010x}/{place}"),
            event=scan.event,
            person=person.id,
            home=person.village,
            stage=stage,
            by=By.SCAN if read else By.STAFF,
            at=scan.at,
            who=scan.by,
            device=scan.device,
            village=scan.village or (shelter.area if shelter and stage is Stage.SHELTER else None),
            shelter=scan.shelter or "",
        )
        for place, stage in enumerate(_stages(scan))
    ]


def _stages(scan: Scan) -> tuple[Stage, ...]:
    if scan.way is Way.IN:
        return (Stage.SHELTER,)
    if scan.way is Way.KIN or (scan.out_to is OutTo.RELATIVES and scan.village):
        return (Stage.RELATIVES,)
    if scan.out_to is OutTo.HOSPITAL:
        return (Stage.HOSPITAL,)
    return (Stage.MOVING, Stage.RETURNED) if scan.out_to is OutTo.HOME else (Stage.MOVING,)
