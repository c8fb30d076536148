"""Take people in at a desk: a place at the door, the scan, and all that follows from it."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from data.civic.errors import Conflict
from data.civic.ids import ScanId, ShelterId
from data.civic.people import Staff
from data.civic.privacy import mask_name
from data.civic.safety.nearest import Offer
from data.civic.safety.rosters import Person
from data.civic.safety.scans import Guest, Need, Scan, Way
from data.civic.safety.shelters import NONE, Places, Shelter
from data.civic.safety.stays import Clash, ClashKind, Stays
from data.civic.safety.verifying import Standing
from data.civic.warning.drills import is_drill
from data.civic.warning.events import Event
from handlers import lodging
from handlers.acts.choose_members import Member
from handlers.acts.note_stay import note_stay
from handlers.office import Office

OFFERED = 3
"""Shelters that somebody is told of who finds no place."""


class Outcome(StrEnum):
    """What came of a scan."""

    IN = "in"
    ALREADY = "already"
    """Was inside before."""
    OUT = "out"
    KIN = "relatives"
    FULL = "full"
    CLOSED = "closed"
    """The shelter takes nobody in, or no longer."""
    NOT_HERE = "not_here"
    """Left without being inside: kept, and shown among what does not fit."""
    NO_CODE = "no_code"
    """The code does not count; `standing` says how it stands."""
    WHO = "who"
    """It is a family's: nothing is recorded until it is said who of `members` it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """How it stands after a scan."""

    outcome: Outcome
    scan: ScanId | None = None
    standing: Standing | None = None
    people: tuple[Person, ...] = field(default=(), repr=False)
    inside: Places = NONE
    """Who is in the shelter now, of all events."""
    shelter: Shelter | None = None
    came_from: ShelterId | None = None
    """Was in this shelter until now; both scans are shown among what does not fit."""
    members: tuple[Member, ...] = ()
    offers: tuple[Offer, ...] = ()
    """Where there is room instead, the nearest first."""

    @property
    def names(self) -> tuple[str, ...]:
        """Tell who it was, masked."""
        return tuple(mask_name(one.name) for one in self.people)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One visit at one desk."""

    office: Office
    staff: Staff
    event: Event
    shelter: Shelter | None
    people: tuple[Person, ...] = field(repr=False)

    async def take(self, scan: Scan) -> Done:
        """Take a place where one is needed, then keep the scan and all that follows from it."""
        claimed: dict[Guest, Places] = {}
        if self.shelter is not None and scan.way is Way.IN:
            refused, claimed = await self._claim(scan, self.shelter)
            if refused is not None and scan.id not in await self.office.stores.scans.some(
                [scan.id]
            ):
                return await self._sent_on(scan, self.shelter, refused)
        stores = self.office.stores
        try:
            fresh = await stores.scans.add(scan)
        except Conflict:
            if claimed:
                await lodging.in_step(self.office, scan.event, scan.guests, self._held(claimed))
            raise
        stays, *_ = await asyncio.gather(
            lodging.in_step(self.office, scan.event, scan.guests, self._held(claimed)),
            self._traces(scan),
            note_stay(self.office, scan),
        )
        return await self._done(scan, stays, fresh=fresh and bool(claimed))

    def _held(self, claimed: Mapping[Guest, Places]) -> lodging.Claimed:
        return {self.shelter.id: claimed} if self.shelter and claimed else {}

    async def _claim(
        self, scan: Scan, shelter: Shelter
    ) -> tuple[Outcome | None, dict[Guest, Places]]:
        """Take places for who is not inside yet, all of them or none."""
        doors = self.office.stores.doors
        wanted = {guest: scan.takes(guest) for guest in scan.guests}
        if await doors.enter(shelter.id, scan.event, wanted, shelter.capacity):
            return None, wanted
        there = await doors.holds(shelter.id, scan.event, scan.guests)
        rest = {guest: takes for guest, takes in wanted.items() if guest not in there}
        if not rest:
            return None, {}
        if there and await doors.enter(shelter.id, scan.event, rest, shelter.capacity):
            return None, rest
        full = await doors.is_open(shelter.id, scan.event)  # the registry follows its door
        return (Outcome.FULL if full else Outcome.CLOSED), {}

    async def _sent_on(self, scan: Scan, shelter: Shelter, why: Outcome) -> Done:
        """Tell where there is room; nothing is recorded, for nobody is inside."""
        total = sum((scan.takes(one) for one in scan.guests), Places())
        party = replace(
            lodging.point_of(self.office, shelter.area),
            takes=total,
            pets=Need.PET in scan.needs,
            wheelchair=Need.WHEELCHAIR in scan.needs,
        )
        if shelter.point is not None:
            party = replace(party, point=shelter.point)
        found = await lodging.offers(self.office, scan.event, party, but=shelter.id)
        inside = await self._inside()
        return Done(
            outcome=why, people=self.people, inside=inside, shelter=shelter, offers=found[:OFFERED]
        )

    async def _traces(self, scan: Scan) -> None:
        people = {one.id: one for one in self.people}
        shelters = {self.shelter.id: self.shelter} if self.shelter else {}
        await lodging.leave_traces(self.office, self.event, [scan], people, shelters)

    async def _done(self, scan: Scan, stays: Mapping[Guest, Stays], *, fresh: bool) -> Done:
        mine = [one for guest in scan.guests for one in stays[guest].clashes]
        clashes = [one for one in mine if one.second == scan.id]
        return Done(
            outcome=_outcome(scan, clashes, fresh=fresh),
            scan=scan.id,
            people=self.people,
            inside=await self._inside(),
            shelter=self.shelter,
            came_from=_came_from(scan, stays),
        )

    async def _inside(self) -> Places:
        if self.shelter is None:
            return Places()
        drill = is_drill(self.event.id)
        counted = await self.office.stores.doors.inside([self.shelter.id], drill=drill)
        return counted.get(self.shelter.id, Places())


def _outcome(scan: Scan, clashes: Sequence[Clash], *, fresh: bool) -> Outcome:
    if scan.way is Way.KIN:
        return Outcome.KIN
    if scan.way is Way.OUT:
        lost = any(one.kind is ClashKind.NOT_HERE for one in clashes)
        return Outcome.NOT_HERE if lost else Outcome.OUT
    return Outcome.IN if fresh else Outcome.ALREADY


def _came_from(scan: Scan, stays: Mapping[Guest, Stays]) -> ShelterId | None:
    left = (
        one.shelter
        for guest in scan.guests
        for one in stays[guest].stays
        if one.ended_by == scan.id
    )
    return next((one for one in left if one != scan.shelter), None)
