"""Check in through HTTP against the same bare operations; and merge 940 scans of 8 devices."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import orjson

from data.civic.ids import EventId, ShelterId
from data.civic.people import Role, Staff
from data.civic.safety.codes import CodeKind
from data.civic.safety.credentials import Credential, Holder, Wanted, issue
from data.civic.safety.rosters import Person
from data.civic.safety.shelters import Capacity, Shelter, ShelterLevel, ShelterState
from data.store.migrating import migrate
from data.store.stores import Stores
from handlers.acts import api_tokens, shelters, staff_accounts
from handlers.acts.open_event import open_event
from handlers.acts.take_scans import take_scans
from handlers.codes import live_keys, text_of
from handlers.office import Office
from tests import builders
from tests.bench.load import Load, load, measured_loads, post, serving
from tests.bench.measure import Measure
from tests.bench.warned import bench_house
from tests.sheltering import Phone
from tests.staffed import LINPU, PASSWORD
from tests.townsfolk import VILLAGE, person

DATABASE = "bench_shelters"
ROUNDS, EACH = 5, 300
DEVICES, SCANS = 8, 940
LONGEST_S, WANTED_S = 60.0, 5.0
AT_ONCE = 100
HALL = ShelterId("hall")
OTHER = ShelterId("school")
"""Where devices scan: nobody is in both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A shelter that is open, people with codes, and the desk with its token."""

    office: Office
    event: EventId
    desk: Staff
    token: str
    codes: tuple[str, ...]


def beside(stores: Stores) -> Stores:
    """Give the bench a database of its own on the server of the province."""
    return Stores.of(stores.database.beside(DATABASE), builders.seal())


async def ratios(stores: Stores) -> list[Measure]:
    """Check people in, ours and the probe's in turn; then let devices send what they kept."""
    own = beside(stores)
    await own.database.command({"dropDatabase": 1})
    await migrate(own.database)
    scene = await _scene(own)
    async with serving("tests.bench.checking_in_server") as (ours, bare, *_):
        took = await _rounds(scene, int(ours), int(bare))
    merged = await _merge(scene)
    await own.drain()
    return [measured_loads("check-in through HTTP", 0.50, took), merged]


async def _scene(stores: Stores) -> Scene:
    office = bench_house(stores).office()
    roles = frozenset(Role)
    new = staff_accounts.NewStaff(
        login="desk", name="desk", roles=roles, area=LINPU, password=PASSWORD
    )
    desk = await staff_accounts.add(office, new, by="bench")
    token, _ = await api_tokens.make(
        office, "desk", name="bench", lasts=timedelta(days=1), by="bench"
    )
    event = await open_event(office, desk, name="bench", areas=[LINPU])
    for id_ in (HALL, OTHER):
        await shelters.enter(office, desk, _shelter(id_))
        await shelters.turn(office, desk, id_, ShelterState.OPEN)
    count = ROUNDS * EACH + SCANS
    people = [person(one, phone=None, household=one) for one in range(1, count + 1)]
    await office.stores.residents.add_all(people)
    codes = await _codes(office, people)
    return Scene(office=office, event=event.id, desk=desk, token=token, codes=codes)


async def _codes(office: Office, people: Sequence[Person]) -> tuple[str, ...]:
    """Give everybody a pendant, without the deeds that issuing leaves in the audit log."""
    keys, now = await live_keys(office), office.clock.now()
    given: list[Credential] = []
    for at in range(0, len(people), AT_ONCE):
        some = [
            issue(office.ids, _wanted(one, keys[0].id), of=one, at=now)
            for one in people[at : at + AT_ONCE]
        ]
        given += await asyncio.gather(*(office.stores.credentials.issue(one) for one in some))
    return tuple(text_of(office, one, keys) for one in given)


def _wanted(one: Person, key: int) -> Wanted:
    return Wanted(kind=CodeKind.PENDANT, holder=Holder(person=one.id), key=key, by="bench")


def _shelter(id_: ShelterId) -> Shelter:
    return Shelter(
        id=id_,
        name=id_,
        level=ShelterLevel.TOWN,
        area=VILLAGE,
        capacity=Capacity(people=20_000),
        phone="12345",
        inspected_until=date(2099, 1, 1),
    )


async def _rounds(scene: Scene, ours: int, bare: int) -> list[tuple[Load, Load]]:
    def request(path: str, number: int) -> bytes:
        body = {
            "id": f"bench-{number:08}",
            "event": scene.event,
            "shelter": HALL,
            "way": "in",
            "code": scene.codes[number],
            "device": "bench",
            "counter": number,
        }
        return post(path, orjson.dumps(body), token=scene.token)

    return [
        (
            await load(
                ours,
                lambda n: request("/api/v1/staff/stays", n),
                seconds=LONGEST_S,
                numbers=range(at, at + EACH),
            ),
            await load(
                bare,
                lambda n: request("/stays", n),
                seconds=LONGEST_S,
                numbers=range(at, at + EACH),
            ),
        )
        for at in range(0, EACH * ROUNDS, EACH)
    ]


async def _merge(scene: Scene) -> Measure:
    """Let eight devices, each with another clock, send at once what they scanned, and again."""
    begun = builders.now() - timedelta(seconds=100)
    phones = [Phone(name=f"phone-{n}", skew=timedelta(minutes=3 * n - 10)) for n in range(DEVICES)]
    for place, code in enumerate(scene.codes[-SCANS:]):
        at = begun + timedelta(milliseconds=100 * place)
        phones[place % DEVICES].scans(scene.event, code, at, shelter=OTHER)
    start = time.perf_counter()
    await _send(scene, phones)
    took = time.perf_counter() - start
    await _send(scene, phones)
    inside = (await scene.office.stores.doors.inside([OTHER]))[OTHER].people
    taken = (await scene.office.stores.stays.taken(scene.event))[OTHER].people
    exact = inside == taken == SCANS
    return Measure(
        name="940 scans of 8 devices merged, seconds",
        ratio=took if exact else float("inf"),
        target=WANTED_S,
        above=False,
        detail=f"{SCANS} people, {inside} at the door, {taken} by their stays",
    )


async def _send(scene: Scene, phones: list[Phone]) -> None:
    batches = (one.batch(builders.now()) for one in phones)
    await asyncio.gather(*(take_scans(scene.office, scene.desk, one) for one in batches))
