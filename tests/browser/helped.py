"""A warned county where people are helped: marks, an appeal, relief that is handed out."""

from bot.house import House
from data.civic.ids import EventId, PersonId
from data.civic.people import Staff
from data.civic.safety.codes import CodeKind
from data.civic.safety.marks import ListState, MarkKind
from data.civic.safety.relief import Booked
from handlers.acts import mark_person, relief
from handlers.acts.appeal import appeal
from handlers.acts.issue_code import Wish, issue_codes
from handlers.acts.mark_person import ListWish
from handlers.acts.relief import Hand, ItemWish, SupplyWish
from handlers.acts.relief_codes import Shown
from tests.browser.warned import warned
from tests.bulletins import COUNTY
from tests.sheltering import GYM, shelter
from tests.townsfolk import VILLAGE, person, settled

WHY = "台风转移"
FIRST, CHATS = PersonId(1), person(7, chat=True)
WHERE = "临浦镇初级中学体育馆避灾安置点"


async def marked(house: House) -> None:
    """Have one list signed, another wait for its signature, and somebody appeal; once."""
    hq = await warned(house)
    if await house.stores.mark_lists.of(hq.event.id, ListState.PROPOSED):
        return
    await settled(house.stores, CHATS)
    office, kinds = house.office(), (MarkKind.NEEDS_TRANSFER, MarkKind.NEEDS_HAND)
    signed, _ = [
        await mark_person.propose(
            office,
            hq.wang,
            ListWish(event=hq.event.id, area=VILLAGE, kind=kind, people=(FIRST, CHATS.id)),
            purpose=WHY,
        )
        for kind in kinds
    ]
    await mark_person.approve(office, hq.li, signed.id)
    assert CHATS.conversation is not None
    await appeal(office, CHATS.conversation, CHATS.id, "我已经搬到镇上女儿家住了，不在山脚下。" * 3)


async def supplied(house: House, staff: Staff) -> EventId:
    """Have blankets brought in, one handed out, and another beyond the limit; once."""
    hq, office = await warned(house), house.office()
    event = hq.event.id
    if await house.stores.relief_items.of(event):
        return event
    await house.stores.shelters.add(shelter(GYM, name=WHERE, area=COUNTY))
    item = await relief.set_item(office, staff, event, ItemWish(name="毛毯", unit="条"))
    supply = SupplyWish(shelter=GYM, item=item.id, kind=Booked.BROUGHT_IN, quantity=40)
    await relief.book(office, staff, event, supply)
    wish = Wish(people=(FIRST,), kind=CodeKind.SHEET)
    (code,) = await issue_codes(office, hq.wang, wish, purpose=WHY)
    for reason in ("", "老人夜里冷，又淋湿了一条，村干部在场"):
        hand = Hand(shelter=GYM, item=item.id, to=Shown(code=code.text), reason=reason)
        await relief.hand_out(office, staff, event, hand)
    return event
