"""The first page on warnings: a chief's own signatures, and no drill among who is not informed."""

from bot.house import House
from data.civic.people import Role
from data.civic.sending.informing import Words
from data.civic.warning.drills import MARK
from tests.bulletins import LINPU, PUYANG
from tests.headquarters import NOTICE, START_IV, Headquarters, staffed_headquarters
from tests.staffed import Seat, hired
from tests.townsfolk import informed, person, settled

DRILL = Words(text=f"{MARK}请转移。", sms=f"{MARK}请转移。", voice=f"{MARK}请转移。")


async def front(seat: Seat, login: str) -> str:
    await seat.sign_in(login)
    return await (await seat.get("/console/")).text()


async def of_both(hq: Headquarters) -> None:
    """Have one decision wait for the whole county, and one for a town alone."""
    await hq.drafted(START_IV)
    await hq.drafted(NOTICE, "停课。")


async def test_a_chief_is_asked_to_sign_for_the_own_area_alone(house: House, seat: Seat) -> None:
    hq = await staffed_headquarters(house)
    await of_both(hq)
    await hired(house, "linpu", Role.CHIEF, area=LINPU)
    await hired(house, "puyang", Role.CHIEF, area=PUYANG)
    assert "<strong>2</strong> 件应急决定等您签发" in await front(seat, "li")
    assert "<strong>1</strong> 件应急决定等您签发" in await front(seat, "linpu")
    assert "等您签发" not in await front(seat, "puyang")


async def test_who_a_drill_has_not_reached_is_not_counted_as_uninformed(
    house: House, seat: Seat
) -> None:
    await settled(house.stores, person(1))
    await hired(house, "wang", Role.DUTY)
    await informed(house, "drill-1", words=DRILL)
    assert "人次还没有通知到" not in await front(seat, "wang")
    await informed(house)
    assert "<strong>1</strong> 人次还没有通知到" in await front(seat, "wang")


async def test_a_chief_sees_what_event_goes_on(house: House, seat: Seat) -> None:
    hq = await staffed_headquarters(house)
    page = await front(seat, "li")
    assert "<strong>1</strong> 场应急正在进行" in page
    assert f"/console/events/{hq.event.id}" in page
