"""Relief at the console: items, shelves, a second blanket refused with when and where."""

from bot.house import House
from data.civic.people import Role
from data.civic.safety.codes import CodeKind
from handlers.acts import shelters
from handlers.acts.issue_code import Wish, issue_codes
from tests.evacuation import ME, Evacuation, evacuation
from tests.sheltering import HALL, SCHOOL, shelter
from tests.staffed import Seat, hired
from tests.townsfolk import NEXT_VILLAGE

FIRST, SECOND = HALL, SCHOOL


async def supplied(house: House) -> Evacuation:
    scene = await evacuation(house)
    for one in (shelter(), shelter(SCHOOL, area=NEXT_VILLAGE)):
        await shelters.enter(scene.office, scene.hq.li, one)
    return scene


async def test_a_desk_hands_out_and_is_told_what_was_handed_out_before(
    house: House, seat: Seat
) -> None:
    scene = await supplied(house)
    wish = Wish(people=(ME,), kind=CodeKind.SHEET)
    (code,) = await issue_codes(scene.office, scene.hq.wang, wish, purpose="发放物资")
    await seat.sign_in("desk")
    path = f"/console/relief/{scene.event}"
    assert "台风" in await (await seat.get("/console/relief")).text()
    item = {"name": "毛毯", "unit": "条", "per": "person", "limit": "1", "days": "0"}
    assert "物资已登记" in await (await seat.post(f"{path}/items", **item)).text()
    (blanket,) = await house.stores.relief_items.of(scene.event)
    booked = {"shelter": FIRST, "item": blanket.id, "kind": "brought_in", "quantity": "9"}
    assert "已记账" in await (await seat.post(f"{path}/supplies", **booked)).text()
    given = {"shelter": FIRST, "item": blanket.id, "quantity": "1", "code": code.text}
    assert "已发放" in await (await seat.post(f"{path}/issues", **given)).text()
    refused = await (await seat.post(f"{path}/issues", **{**given, "shelter": SECOND})).text()
    assert "没有发：限量已经领完" in refused
    assert "hall安置点，毛毯 1条" in refused
    again = {**given, "shelter": SECOND, "reason": "淋湿了"}
    assert "已发放" in await (await seat.post(f"{path}/issues", **again)).text()
    books = await (await seat.get(path)).text()
    assert "淋湿了" in books
    assert "少记了入库 1 条" in books
    assert 'data-label="入库">9 条</td>' in books
    assert 'data-label="数量">1 条</td>' in books
    assert "居民1" not in books


async def test_what_is_wrong_is_said_and_nothing_is_booked(house: House, seat: Seat) -> None:
    scene = await supplied(house)
    await hired(house, "agent", Role.AGENT)
    await seat.sign_in("desk")
    path = f"/console/relief/{scene.event}"
    item = {"name": "毛毯", "unit": "条", "per": "person", "limit": "0", "days": "0"}
    refused = await (await seat.post(f"{path}/items", **item)).text()
    assert "没有登记" in refused
    assert 'name="unit" type="text" value="条"' in refused
    await seat.post(f"{path}/items", **{**item, "limit": "1"})
    (blanket,) = await house.stores.relief_items.of(scene.event)
    lost = {"shelter": SECOND, "item": blanket.id, "kind": "written_off", "quantity": "2"}
    refused = await (await seat.post(f"{path}/supplies", **lost, key="k1")).text()
    assert "报损要写原因" in refused
    booking = refused.split("<h2>记账</h2>")[1]
    assert f'<option value="{SECOND}" selected>school安置点</option>' in booking
    assert 'value="2"' in booking
    assert '<option value="written_off" selected>' in booking
    handing = refused.split("<h2>发物资</h2>")[1].split("</form>")[0]
    assert "selected" not in handing, "another form stays as it was"
    hand = {"shelter": FIRST, "item": blanket.id, "quantity": "1"}
    assert "没有发" in await (await seat.post(f"{path}/issues", **hand)).text()
    wrong = {**hand, "code": "123456789012"}
    assert "没有发" in await (await seat.post(f"{path}/issues", **wrong)).text()
    assert await house.stores.relief_issues.sums(scene.event) == []
    assert (await seat.get("/console/relief/none")).status == 404
    await seat.sign_in("agent")
    assert (await seat.get("/console/relief")).status == 403


async def test_a_desk_is_told_how_many_are_left_and_what_stays(house: House, seat: Seat) -> None:
    scene = await supplied(house)
    await seat.sign_in("desk")
    path = f"/console/relief/{scene.event}"
    item = {"name": "水", "unit": "瓶", "per": "person", "limit": "3", "days": "0"}
    await seat.post(f"{path}/items", **item)
    (water,) = await house.stores.relief_items.of(scene.event)
    hand = {"shelter": FIRST, "item": water.id, "quantity": "2", "guest": "7"}
    assert "已发放" in await (await seat.post(f"{path}/issues", **hand)).text()
    refused = await (await seat.post(f"{path}/issues", **hand)).text()
    assert "没有发：限量内只能再领 1 瓶" in refused
    assert "请改数量" in refused
    kept = await (await seat.post(f"{path}/items", **{**item, "days": "1"})).text()
    assert "没有改：发过的物资" in kept
    gone = await (await seat.post(f"{path}/issues", **{**hand, "shelter": "none"})).text()
    assert "安置点、物资从列表里选" in gone


async def test_without_a_shelter_nothing_is_booked(house: House, seat: Seat) -> None:
    scene = await evacuation(house)
    await seat.sign_in("desk")
    page = await (await seat.get(f"/console/relief/{scene.event}")).text()
    assert "还没有登记安置点" in page
