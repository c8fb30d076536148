"""People on the roster, and messengers that remember, for tests of informing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.channels.messengers import Needs, Outgoing
from bot.house import House
from data.civic.ids import (
    AreaCode,
    ConversationId,
    GridId,
    HouseholdId,
    PersonId,
    StaffId,
    WorkerId,
)
from data.civic.risks import RiskTag
from data.civic.safety.grids import Grid, GridWorker
from data.civic.safety.grounds import Basis
from data.civic.safety.rosters import Person
from data.civic.safety.targets import Target
from data.civic.sending.batches import Sent
from data.civic.sending.informing import Informing, InformingKind, Words
from data.civic.sending.ladder import LadderRules
from data.civic.sending.rows import Ending, Row, Rung
from data.store.stores import Stores
from handlers.acts import inform
from handlers.acts.inform import InformRequest
from tests import builders

LINPU = AreaCode("330109105")
VILLAGE, NEXT_VILLAGE = AreaCode("330109105201"), AreaCode("330109105202")
GRID = GridId("330109105201-1")
PHONE = "13800000001"
WORDS = Words(
    text="萧山区气象台发布台风红色预警。", sms="台风红色预警。", voice="台风红色预警，请按1。"
)

Answer = Callable[[Outgoing], Ending]


def person(
    handle: int,
    *,
    village: AreaCode = VILLAGE,
    household: int | None = None,
    grid: GridId | None = GRID,
    phone: str | None = PHONE,
    chat: bool = False,
    tags: frozenset[RiskTag] = frozenset(),
) -> Person:
    today = date(2026, 11, 22)
    return Person(
        id=PersonId(handle),
        household=HouseholdId(household or handle),
        village=village,
        grid=grid,
        name=f"居民{handle}",
        phone=phone,
        tags=tags,
        conversation=ConversationId(f"terminal/county/openid-{handle}") if chat else None,
        checked_on=today,
        notice_version="1",
        basis=Basis.DUTY,
        purge_on=today + timedelta(days=700),
    )


async def settled(stores: Stores, *people: Person) -> None:
    """Enter people on the roster."""
    assert await stores.residents.add_all(people) == ()


async def guarded(
    stores: Stores,
    grid: GridId = GRID,
    village: AreaCode = VILLAGE,
    *,
    staff: StaffId | None = None,
) -> GridWorker:
    """Have somebody answer for a grid, who may sign in or not."""
    name = WorkerId(f"w-{grid}")
    worker = GridWorker(id=name, staff=staff, name="陈网格", phone=PHONE, area=village)
    await stores.grids.enlist(worker)
    await stores.grids.add(Grid(id=grid, name=grid, village=village, workers=(worker,)))
    return worker


def request(
    key: str = "signal/1",
    *,
    areas: tuple[AreaCode, ...] = (LINPU,),
    words: Words = WORDS,
    kind: InformingKind = InformingKind.SIGNAL,
    rules: LadderRules | None = None,
    urgent: bool = True,
    of: int | None = None,
    tags: frozenset[RiskTag] = frozenset(),
) -> InformRequest:
    target = None if of else Target(areas=areas, tags=tags)
    return InformRequest(
        key=key,
        event="event-1",
        kind=kind,
        words=words,
        target=target,
        of=of,
        urgent=urgent,
        rules=rules,
    )


async def informed(house: House, key: str = "signal/1", **more: object) -> Informing:
    """Begin an informing."""
    return await inform.start(house.office(), request(key, **more))  # type: ignore[arg-type]


async def rows_of(stores: Stores, informing: Informing) -> dict[int, Row]:
    """Fetch everybody's row."""
    found = [
        row
        for one in await stores.slices.all(informing.id)
        for row in await stores.rows.of_slice(informing.id, one.number)
    ]
    return {int(row.resident): row for row in found}


@dataclass(slots=True, kw_only=True)
class Remembering:
    """Remembers what it was given; answers each as it is told to, or accepts it."""

    rung: Rung
    answer: Answer = lambda _: Ending.ACCEPTED
    needs: Needs = Needs.NOTHING
    batch: int = 1_000
    per_second: int | None = None
    given: list[Outgoing] = field(default_factory=list)

    async def send(self, batch: Sequence[Outgoing]) -> Sequence[Sent]:
        self.given += batch
        return [one.ended(self.answer(one), provider_id=f"p-{one.reference}") for one in batch]

    @property
    def people(self) -> list[int]:
        return [int(one.person) for one in self.given]


def all_ways() -> dict[Rung, Remembering]:
    sent = (Rung.SUBSCRIPTION, Rung.CHAT, Rung.SMS, Rung.VOICE, Rung.LOUDSPEAKER)
    return {rung: Remembering(rung=rung) for rung in sent}


def later(minutes: float) -> object:
    """A clock that is ahead."""
    return builders.clock(shift=timedelta(minutes=minutes))
