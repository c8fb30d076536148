"""Tickets at the console: danger first, seen by a person, closed with a result."""

import re

from bot.house import House
from data.civic.people import Role
from data.civic.talk.tickets import TicketState
from tests import builders
from tests.staffed import Seat, hired, in_danger, said

COMPLAINT = "我要投诉：楼上半夜装修太吵了，希望有人管一管"


async def test_the_first_page_puts_danger_first(house: House, seat: Seat) -> None:
    await hired(house, "wang", Role.DUTY)
    number = await in_danger(house)
    await seat.sign_in()
    page = await (await seat.get("/console/")).text()
    assert "有 1 件险情求助还没有人打开" in page
    assert page.index(number) < page.index("位市民等待接待")


async def test_a_role_without_work_here_is_told_so(house: House, seat: Seat) -> None:
    await hired(house, "wang", Role.AUDITOR)
    await seat.sign_in()
    assert "您的角色在这里没有要办的事" in await (await seat.get("/console/")).text()


async def test_looking_at_the_list_or_the_address_makes_nothing_seen(
    house: House, seat: Seat
) -> None:
    await hired(house, "wang", Role.DUTY)
    number = await in_danger(house)
    await seat.sign_in()
    assert "水进来了" not in await (await seat.get("/console/tickets")).text()
    assert "水进来了" not in await (await seat.get(f"/console/tickets/{number}")).text()
    ticket = await house.stores.tickets.get(number)
    assert ticket is not None
    assert ticket.state is TicketState.OPEN


async def test_opening_a_danger_ticket_tells_the_citizen_when(house: House, seat: Seat) -> None:
    staff = await hired(house, "wang", Role.DUTY)
    who = builders.citizen()
    number = await in_danger(house, who)
    await seat.sign_in()
    opened = await seat.post(f"/console/tickets/{number}/see")
    assert "水进来了我妈被困" in await opened.text()
    lines = await house.stores.messages.history(who.id, before=None, limit=10)
    assert lines[-1].staff == staff.id
    assert re.search(rf"值班员 \d\d:\d\d 已看到您的消息（编号{number}）", lines[-1].text)


async def test_an_agent_closes_with_a_result_that_the_citizen_reads(
    house: House, seat: Seat
) -> None:
    await hired(house)
    who = await said(house, COMPLAINT)
    ticket = await house.stores.tickets.latest_of(who.id)
    assert ticket is not None
    await seat.sign_in()
    place = f"/console/tickets/{ticket.number}"
    await seat.post(f"{place}/see")
    assert "请写明处理结果" in await (await seat.post(f"{place}/close", result=" ")).text()
    closed = await seat.post(f"{place}/close", result="已责令停工")
    assert "已办结。结果已写进市民的对话" in await closed.text()
    lines = await house.stores.messages.history(who.id, before=None, limit=10)
    assert "已责令停工" in lines[-1].text
    assert "没有未办结的工单" in await (await seat.get("/console/tickets")).text()


async def test_a_chief_who_is_rung_reads_why(house: House, seat: Seat) -> None:
    chief = await hired(house, "li", Role.CHIEF)
    number = await in_danger(house)
    await seat.sign_in("li")
    assert "有 1 件险情求助还没有人打开" in await (await seat.get("/console/")).text()
    opened = await seat.post(f"/console/tickets/{number}/see")
    assert "水进来了我妈被困" in await opened.text()
    (call,) = await house.stores.duty_calls.newest(10)
    assert call.seen_by == chief.id
    acts = [one.deed.act async for one in house.stores.audit.entries()]
    assert "ticket.see" in acts


async def test_a_chief_is_shown_danger_and_no_complaint(house: House, seat: Seat) -> None:
    await hired(house, "li", Role.CHIEF)
    who = await said(house, COMPLAINT)
    ticket = await house.stores.tickets.latest_of(who.id)
    assert ticket is not None
    await seat.sign_in("li")
    assert ticket.number not in await (await seat.get("/console/tickets")).text()
    assert (await seat.get(f"/console/tickets/{ticket.number}")).status == 403


async def test_the_first_page_of_the_first_administrator_says_what_to_set_up(
    house: House, seat: Seat
) -> None:
    await hired(house, "root", Role.ADMIN)
    await seat.sign_in("root")
    page = await (await seat.get("/console/")).text()
    assert "请找本单位的系统管理员" not in page
    assert "<strong>1</strong> 个账号在用" in page
    assert "先给值班员、坐席、编辑开账号" in page
    assert "段时间没有人值班" in page
    assert "还没有导入居民" in page


async def test_duty_cannot_close(house: House, seat: Seat) -> None:
    await hired(house, "wang", Role.DUTY)
    number = await in_danger(house)
    await seat.sign_in()
    seen = await seat.post(f"/console/tickets/{number}/see")
    assert "由坐席写明结果后办结" in await seen.text()
    assert (await seat.post(f"/console/tickets/{number}/close", result="好")).status == 403


async def test_what_is_added_is_marked_until_it_is_opened(house: House, seat: Seat) -> None:
    await hired(house)
    number = await in_danger(house)
    await seat.sign_in()
    place = f"/console/tickets/{number}"
    await seat.post(f"{place}/see")
    assert "新补充" not in await (await seat.get("/console/tickets")).text()
    await said(house, "苎萝村3组")
    assert "新补充" in await (await seat.get("/console/tickets")).text()
    assert "新补充</span>（您看过的）" in await (await seat.get("/console/")).text()
    looked = await (await seat.get(place)).text()
    assert "新补充：" in looked
    assert "苎萝村3组" not in looked
    late = await seat.post(f"{place}/close", result="已救出")
    assert "没有办结" in await late.text()
    opened = await (await seat.post(f"{place}/see")).text()
    assert "苎萝村3组" in opened
    assert "新补充" not in opened
    assert "新补充" not in await (await seat.get("/console/tickets")).text()
    assert "已办结" in await (await seat.post(f"{place}/close", result="已救出")).text()


async def test_danger_that_waits_stands_before_danger_that_was_opened(
    house: House, seat: Seat
) -> None:
    await hired(house)
    first, second = [await in_danger(house, builders.citizen(one)) for one in ("one", "two")]
    await seat.sign_in()
    await seat.post(f"/console/tickets/{first}/see")
    page = await (await seat.get("/console/tickets")).text()
    assert page.index(second) < page.index(first)
    await seat.post(f"/console/tickets/{second}/see")
    await said(house, "苎萝村3组", by=builders.citizen("two"))
    page = await (await seat.get("/console/tickets")).text()
    assert page.index(second) < page.index(first)
