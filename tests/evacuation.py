"""A village under an order, with those who bring its people to safety."""

from dataclasses import dataclass
from datetime import timedelta

from bot.house import House
from data.civic.ids import EventId, GridId, OrderId, PersonId
from data.civic.people import Role, Staff
from data.civic.safety.codes import CodeKind
from data.civic.safety.scans import Way
from data.civic.safety.shelters import ShelterState
from data.civic.safety.whereabouts import Stage
from data.civic.warning.decisions import Decision, IssueOrder, LiftOrder, ReleaseReturn
from data.civic.warning.orders import Tier
from data.civic.warning.returns import return_id
from handlers.acts import shelters
from handlers.acts.check_houses import check_houses
from handlers.acts.check_in import Visit, check
from handlers.acts.issue_code import Wish, issue_codes
from handlers.acts.move_person import Report
from handlers.office import Office
from tests import builders
from tests.headquarters import Headquarters, staffed_headquarters
from tests.safety import OLD_HOUSE
from tests.sheltering import SCHOOL, shelter
from tests.staffed import hired
from tests.townsfolk import NEXT_VILLAGE, VILLAGE, guarded, person, settled

PURPOSE = "转移"
ME, NEIGHBOUR, AWAY = PersonId(1), PersonId(2), PersonId(4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evacuation:
    """A headquarters with an event, a grid worker, the desk of a shelter, and four people."""

    hq: Headquarters
    worker: Staff
    desk: Staff

    @property
    def office(self) -> Office:
        return self.hq.office

    @property
    def event(self) -> EventId:
        return self.hq.event.id

    async def ordered(self) -> OrderId:
        """Order old houses of the village to be left within six hours."""
        due = builders.now() + timedelta(hours=6)
        tier = Tier(areas=(VILLAGE,), tags=OLD_HOUSE, deadline=due)
        decided = await self.hq.decided(IssueOrder(tiers=(tier,)), "请立即转移。")
        return OrderId(decided.id)

    async def lifted(self, order: OrderId) -> Decision:
        return await self.hq.decided(LiftOrder(order=order, areas=(VILLAGE,)), "转移令解除。")

    async def checked(self, order: OrderId) -> None:
        await check_houses(self.office, self.hq.wang, return_id(order, VILLAGE))

    async def released(self, order: OrderId) -> Decision:
        return await self.hq.decided(ReleaseReturn(order=order, villages=(VILLAGE,)), "可以返回。")

    def report(self, stage: Stage, who: PersonId = ME, **more: object) -> Report:
        return Report(event=self.event, person=who, stage=stage, **more)  # type: ignore[arg-type]

    async def scanned(self, *people: PersonId) -> None:
        """Scan the printed codes of people who come to the shelter of the next village."""
        await self._opened()
        wish = Wish(people=people, kind=CodeKind.PENDANT)
        for one in await issue_codes(self.office, self.hq.wang, wish, purpose=PURPOSE):
            visit = Visit(event=self.event, way=Way.IN, shelter=SCHOOL, code=one.text)
            await check(self.office, self.desk, visit)

    async def _opened(self) -> None:
        """Open the shelter, where it is not open yet."""
        if await self.office.stores.shelters.get(SCHOOL) is None:
            await shelters.enter(self.office, self.hq.li, shelter(SCHOOL, 20, area=NEXT_VILLAGE))
            await shelters.turn(self.office, self.hq.wang, SCHOOL, ShelterState.OPEN)


async def evacuation(house: House) -> Evacuation:
    hq = await staffed_headquarters(house)
    worker = await hired(house, "chen", Role.GRID, area=VILLAGE, name="陈网格")
    desk = await hired(house, "desk", Role.SHELTER, area=NEXT_VILLAGE, name="安置点")
    await guarded(house.stores, staff=worker.id)
    await settled(
        house.stores,
        person(1, tags=OLD_HOUSE, chat=True),
        person(2, tags=OLD_HOUSE),
        person(3),
        person(4, village=NEXT_VILLAGE, grid=GridId("other"), phone="13800000004"),
    )
    await house.stores.villages.recount([VILLAGE, NEXT_VILLAGE])
    return Evacuation(hq=hq, worker=worker, desk=desk)
