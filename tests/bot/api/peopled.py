"""A village in which everything has happened to somebody, and how its people are told of."""

from dataclasses import dataclass

from bot.house import House
from bot.workers.informing_intake import take_up_next
from data.civic.ids import AppealId, ConversationId, HazardId, MessageId, ShelterId
from data.civic.privacy import mask_name
from data.civic.safety.codes import CodeKind
from data.civic.safety.hazards import HazardKind, Spot
from data.civic.safety.scans import Way
from data.civic.safety.shelters import ShelterState
from data.civic.sending.rows import Ending, Rung
from handlers.acts import shelters
from handlers.acts.appeal import appeal
from handlers.acts.check_in import Visit, check
from handlers.acts.issue_code import Wish, issue_codes
from handlers.acts.report_hazard import Seen, report_hazard
from tests.carrying import walked
from tests.evacuation import ME, NEIGHBOUR, PURPOSE, Evacuation, evacuation
from tests.sheltering import shelter
from tests.townsfolk import PHONE, VILLAGE, all_ways

SHELTER = ShelterId("hall")
NAMES = ("居民1", "居民2", "居民3")
OTHERS = (*NAMES, *map(mask_name, NAMES), PHONE)
"""How the people of the village are told of: by name, by masked name, by their telephone."""
CHAT = ConversationId("terminal/county/openid-1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Peopled:
    """A village under an order, of whose people every list of staff can name somebody."""

    scene: Evacuation
    informing: int
    hazard: HazardId
    appeal: AppealId
    code: str


async def peopled(house: House) -> Peopled:
    """Order the village to leave, reach nobody by telephone, and take in who comes."""
    scene = await evacuation(house)
    await scene.ordered()
    await take_up_next(scene.office)
    ways = all_ways()
    for rung in (Rung.CHAT, Rung.SMS, Rung.VOICE):
        ways[rung].answer = lambda _: Ending.REFUSED
    await walked(house, ways)
    (informing,) = await house.stores.informings.open()
    code = await _code(scene)
    await _sheltered(scene)
    seen = Seen(
        message=MessageId("hazard-1"),
        conversation=CHAT,
        kind=HazardKind.WATER,
        spot=Spot(area=VILLAGE),
        text=f"{NAMES[0]}家门口积水",
    )
    return Peopled(
        scene=scene,
        informing=informing.id,
        hazard=(await report_hazard(scene.office, seen)).hazard.id,
        appeal=(await appeal(scene.office, CHAT, ME, f"我是{NAMES[0]}，颜色不对")).id,
        code=code,
    )


async def _code(scene: Evacuation) -> str:
    wish = Wish(people=(ME,), kind=CodeKind.PENDANT)
    (issued,) = await issue_codes(scene.office, scene.hq.wang, wish, purpose=PURPOSE)
    return issued.text


async def _sheltered(scene: Evacuation) -> None:
    """Open the hall, and let the neighbour check in."""
    office, hq = scene.office, scene.hq
    await shelters.enter(office, hq.li, shelter(SHELTER))
    await shelters.turn(office, hq.wang, SHELTER, ShelterState.OPEN)
    came = Visit(event=scene.event, way=Way.IN, shelter=SHELTER, people=(NEIGHBOUR,))
    await check(office, hq.wang, came)
