"""Who is said to be gone from a shelter is signed out of it: a place is taken by who is there."""

from collections.abc import Mapping, Sequence

from data.civic.ids import EventId, PersonId, ScanId, StaffId
from data.civic.safety.scans import OutTo, Proof, Scan, Way, guest_of
from data.civic.safety.stays import Stay
from data.civic.safety.whereabouts import By, Stage, Step, by_person, fold
from handlers import lodging
from handlers.office import Office

FAMILY = StaffId("family")
"""Their name stands with the step, sealed."""
_TO: Mapping[Stage, OutTo] = {
    Stage.HOSPITAL: OutTo.HOSPITAL,
    Stage.RELATIVES: OutTo.RELATIVES,
    Stage.RETURNED: OutTo.HOME,
    Stage.MOVING: OutTo.SHELTER,
}


async def sign_out(office: Office, events: Sequence[EventId], people: Sequence[PersonId]) -> None:
    """End the stays of those whom staff or family have said to be elsewhere since. Idempotent."""
    steps = by_person(await office.stores.whereabouts.of_people(people, events))
    said = {who: last for who, some in steps.items() if (last := fold(some).standing.last)}
    gone = {who: last for who, last in said.items() if _by_word(last)}
    for event in events if gone else ():
        lodged = await office.stores.stays.of(event, [guest_of(one) for one in gone])
        scans = [
            _out(event, one.now, last)
            for who, last in gone.items()
            if (one := lodged.get(guest_of(who))) and one.now and one.now.since < last.at
        ]
        await office.stores.scans.add_all(scans)
        await lodging.in_step(office, event, [guest for one in scans for guest in one.guests])


def _by_word(step: Step) -> bool:
    """Say whether somebody was said to have left; what was scanned is settled by its scan."""
    return step.stage in _TO and step.by in (By.STAFF, By.FAMILY) and not step.device


def _out(event: EventId, stay: Stay, step: Step) -> Scan:
    return Scan(
        id=ScanId(f"said-{step.id}"),
        event=event,
        way=Way.OUT,
        shelter=stay.shelter,
        people=(step.person,),
        out_to=_TO[step.stage],
        village=step.village if step.stage is Stage.RELATIVES else None,
        at=step.at,
        device="console",
        counter=0,
        proof=Proof.NAME,
        by=StaffId(step.who) if step.by is By.STAFF else FAMILY,
        received_at=step.at,
    )
