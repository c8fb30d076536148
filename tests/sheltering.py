"""Shelters with desks, people on the roster and their codes, and devices that scan offline."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from bot.house import House
from data.civic.ids import AreaCode, EventId, PersonId, ScanId, ShelterId, StaffId
from data.civic.people import Role, Staff
from data.civic.safety.codes import CodeKind
from data.civic.safety.device_clocks import ClockPair, Reading
from data.civic.safety.rosters import Person
from data.civic.safety.scans import OutTo, Proof, Scan, Way
from data.civic.safety.shelters import Capacity, Shelter, ShelterLevel, ShelterState
from data.civic.shapes import Point
from handlers.acts import shelters
from handlers.acts.check_in import Visit, check
from handlers.acts.issue_code import Wish, issue_codes
from handlers.acts.issuing import MOST
from handlers.acts.take_in import Done
from handlers.acts.take_scans import Batch, Merged, Queued, take_scans
from handlers.office import Office
from tests import builders
from tests.headquarters import Headquarters, staffed_headquarters
from tests.staffed import LINPU, hired
from tests.townsfolk import NEXT_VILLAGE, VILLAGE, person, settled

HALL, SCHOOL, GYM = ShelterId("hall"), ShelterId("school"), ShelterId("gym")
EVENT = EventId("typhoon")
START = datetime.fromisoformat("2026-11-21T08:00:00+00:00")
WHY = "转移安置"


def shelter(id_: ShelterId = HALL, people: int = 120, **more: object) -> Shelter:
    given: dict[str, object] = {
        "id": id_,
        "name": f"{id_}安置点",
        "level": ShelterLevel.TOWN,
        "area": VILLAGE,
        "point": Point(120.25, 30.05),
        "capacity": Capacity(people=people),
        "phone": "12345",
        "inspected_until": date(2029, 3, 31),
    }
    return Shelter(**(given | more))  # type: ignore[arg-type]


def scan(
    key: str = "scan-0001",
    *,
    way: Way = Way.IN,
    who: int = 1,
    minute: float = 0,
    at: ShelterId | None = HALL,
    **more: object,
) -> Scan:
    given: dict[str, object] = {
        "id": ScanId(key),
        "event": EVENT,
        "way": way,
        "shelter": at,
        "people": (PersonId(who),),
        "at": START + timedelta(minutes=minute),
        "device": "phone-1",
        "counter": 0,
        "proof": Proof.CODE,
        "by": StaffId("desk"),
        "out_to": OutTo.HOME if way is Way.OUT else None,
        "received_at": START + timedelta(days=1),
    }
    return Scan(**(given | more))  # type: ignore[arg-type]


@dataclass(slots=True, kw_only=True)
class Phone:
    """A telephone at a desk: its clock of the day is wrong by `skew`, the other counts on."""

    name: str
    skew: timedelta = timedelta()
    boot: str = "boot-1"
    counted: int = 0
    queued: list[Queued] = field(default_factory=list)

    def reading(self, at: datetime) -> Reading:
        ticks = int((at - START).total_seconds() * 1000) + 5_000_000_000
        return Reading(boot=self.boot, ticks=ticks, wall=at + self.skew)

    def pair(self, at: datetime) -> ClockPair:
        return ClockPair(reading=self.reading(at), at=at)

    def scans(self, event: EventId, code: str, at: datetime, **more: object) -> Queued:
        """Scan a code at a moment of ours, and keep it."""
        given: dict[str, object] = {
            "id": builders.ids().new(),
            "event": event,
            "way": Way.IN,
            "shelter": HALL,
            "code": code,
            "counter": self.counted,
            "reading": self.reading(at),
        }
        one = Queued(**(given | more))  # type: ignore[arg-type]
        self.counted += 1
        self.queued.append(one)
        return one

    def batch(self, at: datetime, scans: Sequence[Queued] | None = None) -> Batch:
        chosen = tuple(self.queued if scans is None else scans)
        return Batch(device=self.name, now=self.reading(at), scans=chosen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desks:
    """A headquarters with an event, shelters that are open, and somebody at their desks."""

    hq: Headquarters
    desk: Staff
    people: tuple[Person, ...]

    @property
    def office(self) -> Office:
        return self.hq.office

    @property
    def event(self) -> EventId:
        return self.hq.event.id

    async def visit(self, *, by: Staff | None = None, **said: object) -> Done:
        given: dict[str, object] = {"event": self.event, "way": Way.IN, "shelter": HALL}
        return await check(self.office, by or self.desk, Visit(**(given | said)))  # type: ignore[arg-type]

    async def leaves(self, **said: object) -> Done:
        return await self.visit(way=Way.OUT, **({"out_to": OutTo.HOME} | said))

    async def codes(self, *people: int, household: bool = False) -> list[str]:
        """Print codes for people."""
        handles = [PersonId(one) for one in (people or range(1, len(self.people) + 1))]
        texts = []
        for at in range(0, len(handles), MOST):
            some = tuple(handles[at : at + MOST])
            wish = Wish(people=some, kind=CodeKind.PENDANT, household=household)
            texts += [
                one.text for one in await issue_codes(self.office, self.hq.wang, wish, purpose=WHY)
            ]
        return texts

    async def merged(self, phone: Phone, scans: Sequence[Queued] | None = None) -> Merged:
        return await take_scans(self.office, self.desk, phone.batch(builders.now(), scans))

    async def inside(self, where: ShelterId = HALL) -> int:
        """Count who is in a shelter by the door and by the stays: they must agree."""
        stores = self.office.stores
        doors = (await stores.doors.inside([where])).get(where)
        stays = (await stores.stays.taken(self.event)).get(where)
        assert (doors.people if doors else 0) == (stays.people if stays else 0)
        return stays.people if stays else 0

    async def turned(self, to: ShelterState, where: ShelterId = HALL, why: str = "") -> None:
        await shelters.turn(self.office, self.hq.wang, where, to, why=why)


async def desks(
    house: House, *some: Shelter, people: int = 4, village: AreaCode = VILLAGE
) -> Desks:
    """Open a county's shelters in an event; the first is the hall."""
    hq = await staffed_headquarters(house)
    desk = await hired(house, "desk", Role.SHELTER, area=LINPU, name="安置点")
    roster = tuple(
        person(one, village=village, phone=None, household=one) for one in range(1, people + 1)
    )
    await settled(house.stores, *roster)
    for one in some or (shelter(), shelter(SCHOOL, 20, area=NEXT_VILLAGE)):
        await shelters.enter(hq.office, hq.li, replace(one))
        await shelters.turn(hq.office, hq.wang, one.id, ShelterState.OPEN)
    return Desks(hq=hq, desk=desk, people=roster)
