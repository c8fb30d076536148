"""Relief at the console: items, shelves, a second blanket refused with when and where."""

from bot.house import House
from data.civic.people import Role
from data.civic.safety.codes import CodeKind
from handlers.acts.issue_code import Wish, issue_codes
from tests.evacuation import ME, evacuation
from tests.staffed import Seat, hired

FIRST, SECOND = "临浦中学", "文化礼堂"


async def test_a_desk_hands_out_and_is_told_what_was_handed_out_before(
    house: House, seat: Seat
) -> None:
    scene = await evacuation(house)
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
    assert FIRST in refused
    again = {**given, "shelter": SECOND, "reason": "淋湿了"}
    assert "已发放" in await (await seat.post(f"{path}/issues", **again)).text()
    books = await (await seat.get(path)).text()
    assert "淋湿了" in books
    assert "少记了入库 1" in books
    assert "居民1" not in books


async def test_what_is_wrong_is_said_and_nothing_is_booked(house: House, seat: Seat) -> None:
    scene = await evacuation(house)
    await hired(house, "agent", Role.AGENT)
    await seat.sign_in("desk")
    path = f"/console/relief/{scene.event}"
    item = {"name": "毛毯", "unit": "条", "per": "person", "limit": "0", "days": "0"}
    assert "没有登记" in await (await seat.post(f"{path}/items", **item)).text()
    await seat.post(f"{path}/items", **{**item, "limit": "1"})
    (blanket,) = await house.stores.relief_items.of(scene.event)
    lost = {"shelter": FIRST, "item": blanket.id, "kind": "written_off", "quantity": "2"}
    assert "报损要写原因" in await (await seat.post(f"{path}/supplies", **lost)).text()
    hand = {"shelter": FIRST, "item": blanket.id, "quantity": "1"}
    assert "没有发" in await (await seat.post(f"{path}/issues", **hand)).text()
    wrong = {**hand, "code": "123456789012"}
    assert "没有发" in await (await seat.post(f"{path}/issues", **wrong)).text()
    assert await house.stores.relief_issues.sums(scene.event) == []
    assert (await seat.get("/console/relief/none")).status == 404
    await seat.sign_in("agent")
    assert (await seat.get("/console/relief")).status == 403
