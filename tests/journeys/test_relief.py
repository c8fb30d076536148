"""Journey 19: a second blanket is refused across shelters; an override stands in the report."""

import asyncio

import pytest

from bot.house import House
from data.civic.errors import BadInput, Conflict, NotFound, Refused
from data.civic.ids import AreaCode, EventId, PersonId, ShelterId
from data.civic.people import Staff
from data.civic.safety.codes import CodeKind
from data.civic.safety.credentials import Holder
from data.civic.safety.relief import AlreadyIssued, Booked, Issue, Item, Per
from handlers.acts import open_event, relief, shelters
from handlers.acts.issue_code import Wish, issue_codes
from handlers.acts.relief import Hand, ItemWish, SupplyWish
from handlers.acts.relief_codes import Shown
from handlers.acts.revoke_code import report_lost
from handlers.office import Office
from tests.evacuation import ME, NEIGHBOUR, Evacuation, evacuation
from tests.sheltering import GYM, HALL, SCHOOL, shelter
from tests.townsfolk import NEXT_VILLAGE, VILLAGE

FIRST, SECOND = HALL, SCHOOL
LOOK = "发放物资"


@pytest.fixture
async def scene(house: House) -> Evacuation:
    found = await evacuation(house)
    for one in (shelter(), shelter(SCHOOL, area=NEXT_VILLAGE)):
        await shelters.enter(found.office, found.hq.li, one)
    return found


class Desk:
    """A desk that hands out blankets."""

    def __init__(self, scene: Evacuation, staff: Staff, blanket: Item) -> None:
        self.office: Office = scene.office
        self.event: EventId = scene.event
        self.staff, self.blanket = staff, blanket

    async def gives(self, code: str, shelter: ShelterId = FIRST, **more: object) -> Issue:
        hand = Hand(shelter=shelter, item=self.blanket.id, to=Shown(code=code), **more)  # type: ignore[arg-type]
        return await relief.hand_out(self.office, self.staff, self.event, hand)

    async def books(self) -> relief.Books:
        return await relief.books(self.office, self.staff, self.event)

    async def brought(self, quantity: int, shelter: ShelterId = FIRST) -> None:
        wish = SupplyWish(
            shelter=shelter, item=self.blanket.id, kind=Booked.BROUGHT_IN, quantity=quantity
        )
        await relief.book(self.office, self.staff, self.event, wish)


@pytest.fixture
async def desk(scene: Evacuation) -> Desk:
    wish = ItemWish(name="毛毯", unit="条")
    blanket = await relief.set_item(scene.office, scene.desk, scene.event, wish)
    return Desk(scene, scene.desk, blanket)


async def code_of(scene: Evacuation, person: PersonId = ME) -> str:
    wish = Wish(people=(person,), kind=CodeKind.SHEET)
    (issued,) = await issue_codes(scene.office, scene.hq.wang, wish, purpose=LOOK)
    return issued.text


async def test_a_second_blanket_is_refused_until_there_is_a_reason(
    scene: Evacuation, desk: Desk
) -> None:
    code = await code_of(scene)
    await desk.brought(50)
    await desk.brought(20, SECOND)
    first = await desk.gives(code)
    with pytest.raises(AlreadyIssued, match=FIRST) as refused:
        await desk.gives(code, SECOND)
    assert refused.value.before == (await scene.office.stores.relief_issues.get(first.id),)
    given = await desk.gives(code, SECOND, reason="第一条淋湿了，电话13800138000")
    lost = SupplyWish(
        shelter=SECOND,
        item=desk.blanket.id,
        kind=Booked.WRITTEN_OFF,
        quantity=2,
        reason="受潮",
    )
    await relief.book(scene.office, scene.desk, scene.event, lost)

    books = await desk.books()
    numbers = {
        one.shelter: (one.brought_in, one.issued, one.left, one.written_off) for one in books.lines
    }
    assert numbers == {FIRST: (50, 1, 49, 0), SECOND: (20, 1, 17, 2)}
    (extra,) = books.extra
    assert (extra.shelter, extra.by) == (SECOND, scene.desk.id)
    assert extra.reason == "第一条淋湿了，电话138****8000"
    assert given.slots != first.slots


async def test_the_same_scan_counts_once_and_two_desks_give_one_blanket(
    scene: Evacuation, desk: Desk
) -> None:
    code = await code_of(scene)
    done = await asyncio.gather(
        *(
            desk.gives(code, shelter, id=f"{shelter}-{n}")
            for n in range(4)
            for shelter in (FIRST, SECOND)
        ),
        return_exceptions=True,
    )
    (given,) = [one for one in done if isinstance(one, Issue)]
    assert sum(isinstance(one, AlreadyIssued) for one in done) == 7
    again = await desk.gives(code, given.shelter, id=given.id)
    assert again.slots == given.slots
    assert [one.issued for one in (await desk.books()).lines] == [1]
    deeds = await scene.office.stores.audit.of_subject(f"{scene.event}/person-0000000001", 9)
    assert [one.deed.act for one in deeds].count("relief.hand_out") == 1


async def test_a_family_shares_one_stove_and_a_guest_has_a_number(
    scene: Evacuation, desk: Desk
) -> None:
    wish = ItemWish(name="炉子", unit="个", per=Per.HOUSEHOLD)
    stove = await relief.set_item(scene.office, scene.desk, scene.event, wish)

    async def give(to: Shown, at: ShelterId = FIRST) -> Issue:
        hand = Hand(shelter=at, item=stove.id, to=to)
        return await relief.hand_out(scene.office, scene.desk, scene.event, hand)

    await give(Shown(code=await code_of(scene, NEIGHBOUR)))
    await give(Shown(guest="G7"))
    for to in (Shown(code=await code_of(scene, NEIGHBOUR)), Shown(guest="G7")):
        with pytest.raises(AlreadyIssued):
            await give(to)
    for same in ("g7", "Ｇ 7"):
        with pytest.raises(AlreadyIssued):
            await give(Shown(guest=same))
    assert await give(Shown(guest="G7"), SECOND), "every shelter counts its own guests"
    with pytest.raises(NotFound):
        await give(Shown(person=ME))  # not of the desk's own village: the code must be shown
    with pytest.raises(BadInput):
        await give(Shown())


async def test_what_was_handed_out_keeps_whose_limit_it_is(scene: Evacuation, desk: Desk) -> None:
    async def set_(**more: object) -> Item:
        wish = ItemWish(name="毛毯", unit="条", **more)  # type: ignore[arg-type]
        return await relief.set_item(scene.office, scene.desk, scene.event, wish)

    assert (await set_(days=3)).days == 3
    code = await code_of(scene)
    await desk.gives(code)
    for more in ({"days": 1}, {"days": 3, "per": Per.HOUSEHOLD}):
        with pytest.raises(Conflict, match="another name"):
            await set_(**more)
    assert (await set_(days=3, limit=2)).limit == 2
    await desk.gives(code)


async def test_a_shelf_stands_in_a_shelter_of_the_event(
    house: House, scene: Evacuation, desk: Desk
) -> None:
    await house.stores.shelters.add(shelter(GYM, area=AreaCode("330110")))
    code = await code_of(scene)
    for one in (ShelterId("none"), GYM):
        with pytest.raises(NotFound, match="from the list"):
            await desk.gives(code, one)
        with pytest.raises(NotFound, match="from the list"):
            await desk.brought(9, one)
    books = await desk.books()
    assert [one.id for one in books.shelters] == [HALL, SCHOOL]
    assert (books.place(HALL), books.place("旧礼堂")) == ("hall安置点", "旧礼堂")


async def test_who_may_not_and_what_does_not_count(scene: Evacuation, desk: Desk) -> None:
    code = await code_of(scene)
    there = await open_event.open_event(scene.office, scene.hq.li, name="洪水", areas=[VILLAGE])
    hand = Hand(shelter=FIRST, item=desk.blanket.id, to=Shown(code=code))
    with pytest.raises(Refused):
        await relief.hand_out(scene.office, scene.hq.wang, scene.event, hand)
    with pytest.raises(NotFound, match="in your area"):
        await relief.hand_out(scene.office, scene.desk, there.id, hand)
    hand = Hand(shelter=FIRST, item="typhoon/none", to=Shown(code=code))
    with pytest.raises(NotFound, match="no such item"):
        await relief.hand_out(scene.office, scene.desk, scene.event, hand)
    (mine,) = [
        one
        for one in await scene.office.stores.credentials.counting_of([Holder(person=ME)])
        if one.kind is CodeKind.SHEET
    ]
    await report_lost(scene.office, scene.hq.wang, mine.id, purpose="丢了")
    with pytest.raises(Conflict, match="does not count"):
        await desk.gives(code)
    await open_event.close_event(scene.office, scene.hq.li, scene.event)
    with pytest.raises(Conflict, match="closed"):
        await desk.gives(code)
    assert (await desk.books()).lines == ()


@pytest.mark.parametrize("other", [{"quantity": 5}, {"shelter": SECOND}])
async def test_under_one_id_stands_one_handing_out(
    scene: Evacuation, desk: Desk, other: dict[str, object]
) -> None:
    code = await code_of(scene)
    first = await desk.gives(code, id="scan-00001")
    assert (await desk.gives(code, id="scan-00001")).slots == first.slots
    with pytest.raises(Conflict, match="under this id"):
        await desk.gives(code, id="scan-00001", **other)
