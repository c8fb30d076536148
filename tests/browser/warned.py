"""A county with a warning: an event with an order, people who are told, a message that is held."""

from datetime import timedelta

from bot.house import House
from data.civic.ids import GridId
from data.civic.people import Role, Staff
from data.civic.warning.arrivals import Arrival
from data.civic.warning.messages import SaidArea
from data.civic.warning.verdicts import Verdict
from handlers.acts.open_event import open_event
from handlers.acts.relay import relay
from handlers.counting import recount
from tests import builders, bulletins, townsfolk
from tests.bulletins import COUNTY, FEED, arrival
from tests.headquarters import NOTICE, Headquarters, order
from tests.staffed import hired
from tests.townsfolk import VILLAGE, person, settled


async def warned(house: House) -> Headquarters:
    """Open an event, sign an order and a notice, leave another notice unsigned; once."""
    events = await house.stores.events.newest(1)
    wang = await _somebody(house, "warn-a", Role.DUTY)
    li = await _somebody(house, "warn-b", Role.CHIEF)
    zhao = await _somebody(house, "warn-c", Role.CHIEF)
    if events:
        return Headquarters(house=house, wang=wang, li=li, zhao=zhao, event=events[0])
    event = await open_event(house.office(), li, name="台风“样例”", areas=[COUNTY])
    hq = Headquarters(house=house, wang=wang, li=li, zhao=zhao, event=event)
    await townsfolk.guarded(house.stores)
    people = (person(1), person(2, phone=None), person(3, grid=GridId("none")))
    await settled(house.stores, *people)
    await recount(house.office(), [VILLAGE])
    await hq.decided(order(), "请马上转移到安置点。")
    await hq.decided(NOTICE, "明天停课。")
    await hq.drafted(NOTICE, "后天也停课。")
    await held(house)
    return hq


async def held(house: House) -> list[Arrival]:
    """Let the feed bring a warning, and a message that nobody can place; once."""
    found = await house.stores.warnings.with_verdict(Verdict.HELD, 1)
    if not found:
        start = builders.now() - timedelta(minutes=2)
        await house.stores.feeds.configure([FEED], start)
        where = (SaidArea(description="没有的镇", codes=("330109",)),)
        for message in (
            bulletins.message(start=start),
            bulletins.message(7, where=where, start=start),
        ):
            await relay(house.office(), FEED, arrival(message))
    return found or await house.stores.warnings.with_verdict(Verdict.HELD, 1)


async def _somebody(house: House, login: str, role: Role) -> Staff:
    return await house.stores.staff.by_login(login) or await hired(house, login, role)
