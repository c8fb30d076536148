"""What the staff API tells of shelters, scans and stays."""

from datetime import date, datetime
from typing import Literal

from bot.api.wire import Wire
from data.civic.privacy import mask_name
from data.civic.safety.nearest import Offer
from data.civic.safety.scans import Need
from data.civic.safety.shelters import Places, ShelterState
from data.civic.safety.stays import ClashKind
from data.civic.safety.verifying import Standing
from handlers.acts.shelter_board import Board, Doubt, Line, Occupant, Report
from handlers.acts.take_in import Done, Outcome
from handlers.acts.take_scans import Merged, Taken


class PlacesOut(Wire):
    """So many places of each kind; of free ones below 0 there are too many people."""

    people: int
    beds: int
    wheelchairs: int


class ShelterOut(Wire):
    """One shelter, and who is in it now, of all events."""

    id: str
    name: str
    level: str
    area: str
    lon: float | None
    lat: float | None
    state: ShelterState
    why: str
    usable: bool
    inspected_until: date
    pets: bool
    step_free: bool
    phone: str
    in_charge: str
    capacity: int
    inside: PlacesOut
    free: PlacesOut
    version: int


class SheltersOut(Wire):
    """In the order of their areas."""

    shelters: list[ShelterOut]


class OfferOut(Wire):
    """A shelter that has room."""

    id: str
    name: str
    phone: str
    metres: int | None
    free: int


class FamilyOut(Wire):
    """One whom a household's code may be of."""

    id: int
    name: str
    """Masked."""
    ticked: bool
    """Most likely before the desk: not recorded elsewhere."""


class DoneOut(Wire):
    """How it stands after a scan."""

    outcome: Outcome
    scan: str | None
    standing: Standing | None
    names: list[str]
    """Masked."""
    inside: PlacesOut
    capacity: int | None
    came_from: str | None
    offers: list[OfferOut]
    members: list[FamilyOut]
    """Of `who`: to ask who has come, and to send the scan again with them as `people`."""


class ScanResultOut(Wire):
    """What became of one scan."""

    id: str
    taken: Taken
    why: str
    standing: Standing | None


class MergedOut(Wire):
    """What became of a batch, and who is now in its shelters."""

    results: list[ScanResultOut]
    inside: dict[str, PlacesOut]


class OccupantOut(Wire):
    """Somebody who is inside."""

    guest: str
    name: str
    """Masked; of strangers how they are known again."""
    since: datetime
    people: int
    needs: list[Need]
    person: int | None


class BoardOut(Wire):
    """One shelter in one event."""

    shelter: ShelterOut
    inside: PlacesOut
    coded: int
    strangers: int
    occupants: list[OccupantOut]
    offers: list[OfferOut]


class DoubtOut(Wire):
    """Two scans that do not fit together."""

    kind: ClashKind
    guest: str
    first: str | None
    second: str
    shelters: list[str]
    now: str | None


class DoubtsOut(Wire):
    """All that do not fit together."""

    conflicts: list[DoubtOut]


class ReportOut(Wire):
    """What a shelter came to; every number is a count of scans."""

    shelter: str
    event: str
    guests: int
    strangers: int
    came: int
    inside: int
    out_to: dict[Literal["home", "relatives", "hospital", "shelter"], int]
    conflicts: int
    waiting_scans: dict[str, int]
    """By device: how many more it kept when it sent its newest."""


def places_out(one: Places) -> PlacesOut:
    """Write places."""
    return PlacesOut(people=one.people, beds=one.beds, wheelchairs=one.wheelchairs)


def shelter_out(line: Line) -> ShelterOut:
    """Write a shelter with who is inside."""
    one = line.shelter
    return ShelterOut(
        id=one.id,
        name=one.name,
        level=one.level,
        area=one.area,
        lon=one.point.lon if one.point else None,
        lat=one.point.lat if one.point else None,
        state=one.state,
        why=one.why,
        usable=line.usable,
        inspected_until=one.inspected_until,
        pets=one.pets,
        step_free=one.step_free,
        phone=one.phone,
        in_charge=one.in_charge,
        capacity=one.capacity.people,
        inside=places_out(line.inside),
        free=places_out(line.free),
        version=one.version,
    )


def done_out(one: Done) -> DoneOut:
    """Write what came of a scan."""
    return DoneOut(
        outcome=one.outcome,
        scan=one.scan,
        standing=one.standing,
        names=list(one.names),
        inside=places_out(one.inside),
        capacity=one.shelter.capacity.people if one.shelter else None,
        came_from=one.came_from,
        offers=[_offer(each) for each in one.offers],
        members=[
            FamilyOut(id=each.person.id, name=mask_name(each.person.name), ticked=each.ticked)
            for each in one.members
        ],
    )


def merged_out(one: Merged) -> MergedOut:
    """Write what became of a batch."""
    return MergedOut(
        results=[
            ScanResultOut(id=each.id, taken=each.taken, why=each.why, standing=each.standing)
            for each in one.results
        ],
        inside={shelter: places_out(inside) for shelter, inside in one.inside.items()},
    )


def board_out(one: Board) -> BoardOut:
    """Write the board of a shelter."""
    return BoardOut(
        shelter=shelter_out(one.line),
        inside=places_out(one.inside),
        coded=one.coded,
        strangers=one.strangers,
        occupants=[_occupant(each) for each in one.occupants],
        offers=[_offer(each) for each in one.offers],
    )


def doubt_out(one: Doubt) -> DoubtOut:
    """Write two scans that do not fit together."""
    scans = [each for each in (one.first, one.second) if each is not None]
    return DoubtOut(
        kind=one.clash.kind,
        guest=one.guest,
        first=one.clash.first,
        second=one.clash.second,
        shelters=[each.shelter for each in scans if each.shelter],
        now=one.now,
    )


def report_out(one: Report) -> ReportOut:
    """Write a report."""
    return ReportOut(
        shelter=one.shelter.id,
        event=one.event.id,
        guests=one.guests,
        strangers=one.strangers,
        came=one.came,
        inside=one.inside,
        out_to={each.value: many for each, many in one.out_to.items()},
        conflicts=one.clashes,
        waiting_scans={each.device: each.waiting for each in one.devices if each.waiting},
    )


def _offer(one: Offer) -> OfferOut:
    return OfferOut(
        id=one.shelter.id,
        name=one.shelter.name,
        phone=one.shelter.phone,
        metres=None if one.metres is None else round(one.metres),
        free=one.free.people,
    )


def _occupant(one: Occupant) -> OccupantOut:
    looks = one.scan.looks if one.scan else ""
    return OccupantOut(
        guest=one.guest,
        name=mask_name(one.person.name) if one.person else looks,
        since=one.stay.since,
        people=one.stay.takes.people,
        needs=sorted(one.scan.needs) if one.scan else [],
        person=one.person.id if one.person else None,
    )
