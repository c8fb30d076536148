"""The headquarters at work: a duty officer, two chiefs, an event, and what they decide in it."""

from dataclasses import dataclass
from datetime import timedelta

from bot.house import House
from data.civic.ids import AreaCode
from data.civic.people import Role, Staff
from data.civic.warning.decisions import Body, Decision, IssueNotice, IssueOrder, SetResponse
from data.civic.warning.events import Event
from data.civic.warning.orders import Tier
from data.civic.warning.responses import Level
from data.civic.warning.telling import ToTell
from handlers.acts import decide
from handlers.acts.in_force import InForce, warnings_in_force
from handlers.acts.open_event import open_event
from handlers.office import Office
from tests import builders
from tests.bulletins import COUNTY, LINPU
from tests.staffed import hired

VILLAGES = tuple(AreaCode(f"330109105{n}") for n in ("201", "202"))
TEXT = "启动防台风四级应急响应。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Headquarters:
    """A duty officer, two chiefs, and an event that goes on."""

    house: House
    wang: Staff
    li: Staff
    zhao: Staff
    event: Event

    @property
    def office(self) -> Office:
        return self.house.office()

    async def drafted(
        self, body: Body, text: str = TEXT, *, by: Staff | None = None, event: Event | None = None
    ) -> Decision:
        event_id = (event or self.event).id
        return await decide.draft(
            self.office, by or self.wang, event=event_id, body=body, text=text
        )

    async def decided(
        self, body: Body, text: str = TEXT, *, event: Event | None = None
    ) -> Decision:
        """Have it written by one and signed by the other."""
        one = await self.drafted(body, text, event=event)
        return await decide.approve(self.office, self.li, one.id, digest=one.digest)

    async def here(self, area: AreaCode = LINPU, *, drill: bool = False) -> InForce:
        return await warnings_in_force(self.office, area, drill=drill)

    async def news(self) -> list[ToTell]:
        return [one.kind for one in await self.house.stores.to_inform.waiting(50)]


async def staffed_headquarters(house: House) -> Headquarters:
    li = await hired(house, "li", Role.CHIEF, name="李强")
    return Headquarters(
        house=house,
        wang=await hired(house, "wang", Role.DUTY),
        li=li,
        zhao=await hired(house, "zhao", Role.CHIEF, name="赵敏"),
        event=await open_event(house.office(), li, name="台风", areas=[COUNTY]),
    )


def order(*areas: AreaCode) -> IssueOrder:
    deadline = builders.next_morning() + timedelta(hours=6)
    return IssueOrder(tiers=(Tier(areas=areas or (LINPU,), deadline=deadline),))


START_IV = SetResponse(areas=(COUNTY,), level=Level.IV)
NOTICE = IssueNotice(areas=(LINPU,), title="停课通知")
