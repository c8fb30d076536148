"""Where one finds shelter and relief now, in the chat: what the registry says, and nothing else."""

import pytest

from bot.house import House
from data.civic.knowing.sentences import PLAIN_LIMIT
from data.civic.people import Role
from data.civic.safety.relief import Booked
from data.civic.safety.shelters import ShelterState
from data.civic.talk.messages import Say
from handlers.acts import relief, shelters
from handlers.acts.relief import ItemWish, SupplyWish
from tests.evacuation import ME, evacuation
from tests.handlers.talking import Talk, words
from tests.headquarters import staffed_headquarters
from tests.sheltering import HALL, SCHOOL, shelter
from tests.staffed import hired
from tests.townsfolk import NEXT_VILLAGE, VILLAGE

ASK = "附近的避灾安置点在哪"


@pytest.fixture
async def talk(house: House) -> Talk:
    """Two shelters that are open, one of them for animals."""
    chief = await hired(house, "chief", Role.CHIEF, Role.DUTY)
    for one in (shelter(), shelter(SCHOOL, people=1, pets=True, area=VILLAGE[:9], point=None)):
        await shelters.enter(house.office(), chief, one)
        await shelters.turn(house.office(), chief, one.id, ShelterState.OPEN)
    return Talk(house)


async def test_the_nearest_with_places_are_told_with_telephone_pets_and_wheelchair(
    talk: Talk,
) -> None:
    reply = await talk.say(ASK, place=VILLAGE)
    text = words(reply)
    assert f"1. {HALL}安置点（苎萝村（样例））：空位120个，宠物不能带，轮椅不方便进" in text
    assert f"2. {SCHOOL}安置点" in text
    assert "12345" in text
    says = [part for part in reply.parts if isinstance(part, Say)]
    assert all(len(one.plain) <= PLAIN_LIMIT for one in says)
    assert "{" not in "".join(one.full + one.plain + one.spoken for one in says)


async def test_who_asks_for_a_dog_is_sent_where_it_may_come(talk: Talk) -> None:
    text = words(await talk.say("可以带狗去安置点吗", place=VILLAGE))
    assert f"1. {SCHOOL}安置点" in text
    assert f"{HALL}安置点" not in text


@pytest.mark.parametrize(
    "question",
    ["老人去哪个安置点", "没车怎么去安置点", "我要带药去哪个安置点", "带婴儿去哪个安置点"],
)
async def test_who_is_old_or_has_no_car_is_told_what_is_open(talk: Talk, question: str) -> None:
    text = words(await talk.say(question, place=VILLAGE))
    assert "附近现在开着" in text
    assert f"1. {HALL}安置点" in text
    assert "没有找到" not in text


@pytest.mark.parametrize("question", ["轮椅能进去安置点吗", "我爸瘫在床上去哪个安置点"])
async def test_where_none_fits_the_open_ones_are_listed_with_what_they_lack(
    talk: Talk, question: str
) -> None:
    reply = await talk.say(question, place=VILLAGE)
    text = words(reply)
    assert "没有找到完全合适的" in text
    assert "轮椅能进" in text
    assert f"1. {HALL}安置点（苎萝村（样例））：空位120个，宠物不能带，轮椅不方便进" in text
    assert "12345" in text
    (first, *_) = [part for part in reply.parts if isinstance(part, Say)]
    assert len(first.plain) <= PLAIN_LIMIT


async def test_a_dog_that_may_come_nowhere_hides_no_open_shelter(talk: Talk) -> None:
    chief = await hired(talk.house, "chief2", Role.CHIEF, Role.DUTY)
    await shelters.turn(talk.house.office(), chief, SCHOOL, ShelterState.CLOSED)
    text = words(await talk.say("安置点可以带狗吗", place=VILLAGE))
    assert "能带宠物" in text
    assert f"1. {HALL}安置点" in text


async def test_where_none_has_places_it_is_said_whom_to_ask(house: House) -> None:
    scene = await evacuation(house)
    full = shelter(SCHOOL, people=1, area=NEXT_VILLAGE)
    await shelters.enter(house.office(), scene.hq.li, full)
    await shelters.turn(house.office(), scene.hq.wang, SCHOOL, ShelterState.OPEN)
    await scene.scanned(ME)
    text = words(await Talk(house).say("轮椅能进去安置点吗", place=VILLAGE))
    assert "没有找到合适的" in text
    assert "12345" in text


async def test_without_a_registry_nothing_is_claimed(house: House) -> None:
    text = words(await Talk(house).say(ASK))
    assert "没有登记不等于没有开" in text
    assert "12345" in text


async def test_relief_is_told_with_what_is_left_and_the_limit(house: House, talk: Talk) -> None:
    assert "没有登记不等于没有发" in words(await talk.say("救灾物资在哪里领"))
    hq = await staffed_headquarters(house)
    office, event = house.office(), hq.event.id
    item = await relief.set_item(office, hq.li, event, ItemWish(name="毛毯", unit="条", limit=2))
    supply = SupplyWish(shelter=HALL, item=item.id, kind=Booked.BROUGHT_IN, quantity=40)
    await relief.book(office, hq.li, event, supply)
    text = words(await talk.say("救灾物资在哪里领"))
    assert f"{HALL}安置点（电话12345）：毛毯还有40条，每人最多2条" in text
