"""The page of warnings: colours as words, silence, and messages that wait for a person."""

import re
from dataclasses import replace
from datetime import timedelta
from urllib.parse import quote

import pytest

from bot.clock import SystemClock
from bot.house import House
from data.civic.calendar import local
from data.civic.people import Role
from data.civic.sending.ringing import handle_of
from data.civic.warning.arrivals import Arrival
from data.civic.warning.duty import DutyKind
from data.civic.warning.messages import SaidArea
from handlers.acts.call_duty import call_duty
from handlers.acts.relay import relay
from tests import builders, bulletins
from tests.bulletins import COUNTY, FEED, LINPU, OBSERVATORY, arrival, at
from tests.staffed import Seat, hired
from tests.townsfolk import person, settled

CAREFUL = replace(FEED, confirm_first=True)
START = builders.now() - timedelta(minutes=2)


async def heard(house: House, *arrivals: Arrival) -> None:
    """Set the feed up, hear it, and let it bring these."""
    now = house.clock.now()
    await house.stores.feeds.configure([FEED], now)
    await house.stores.feeds.heard(FEED.id, now)
    for one in arrivals:
        await relay(house.office(), FEED, one)


def unclear() -> Arrival:
    """A message that names a place which nobody knows."""
    where = (SaidArea(description="没有的镇", codes=("330109",)),)
    return arrival(bulletins.message(7, where=where, start=START))


async def peopled(house: House) -> None:
    """Have two people of one village of Linpu on the roster, one without a telephone."""
    people = (person(1), person(2, phone=None))
    await settled(house.stores, *people)
    await house.stores.villages.recount([people[0].village], uncovered=())


def place_of(one: Arrival) -> str:
    return f"/console/warnings/messages/{quote(one.id)}"


async def page(seat: Seat, path: str) -> str:
    answer = await seat.get(f"/console{path}")
    assert answer.status == 200
    return await answer.text()


async def test_a_signal_is_shown_by_town_with_its_colour_in_words_issuer_and_time(
    house: House, seat: Seat
) -> None:
    message = bulletins.message(start=START)
    await heard(house, arrival(message))
    await hired(house, "wang", Role.DUTY)
    await seat.sign_in()
    text = await page(seat, "/warnings")
    assert "橙色" in text
    assert OBSERVATORY in text
    assert f"{local(START):%m-%d %H:%M}" in text
    assert "正常" in text
    assert "不能说" not in text


async def test_without_a_feed_or_with_a_silent_one_nobody_is_told_that_all_is_quiet(
    house: House, seat: Seat, clock: SystemClock
) -> None:
    await hired(house, "wang", Role.DUTY)
    await seat.sign_in()
    assert "没有设置预警来源" in await page(seat, "/warnings")
    await heard(house)
    assert "现在没有生效的预警" in await page(seat, "/warnings")
    at(clock, clock.now() + timedelta(minutes=16))
    text = await page(seat, "/warnings")
    assert "不能说“没有预警”" in text
    assert "最后一次收到" in text
    assert "现在没有生效的预警" not in text


async def test_a_held_message_says_why_and_is_relayed_for_the_areas_that_staff_choose(
    house: House, seat: Seat
) -> None:
    one = unclear()
    await heard(house, one)
    await hired(house, "wang", Role.DUTY)
    await seat.sign_in()
    assert "1 条报文等您处理" in await page(seat, "/")
    board = await page(seat, "/warnings")
    assert board.index("地名对不上") < board.index("正在生效")
    place = place_of(one)
    assert "没有的镇" in await (await seat.get(place)).text()
    nowhere = await seat.post(f"{place}/confirm")
    assert "请选地区" in await nowhere.text()
    done = await seat.post(f"{place}/confirm", area=LINPU)
    assert "已转发" in await done.text()
    assert len(await house.stores.to_inform.waiting(5)) == 1
    late = await seat.post(f"{place}/reject")
    assert "没有改动" in await late.text()


async def test_before_a_held_message_is_relayed_its_areas_and_people_are_told(
    house: House, seat: Seat
) -> None:
    one = unclear()
    await heard(house, one)
    await peopled(house)
    await hired(house, "wang", Role.DUTY)
    await seat.sign_in()
    place = place_of(one)
    assert "确定转发吗" not in await (await seat.get(place)).text(), "areas come first"
    text = await (await seat.post(f"{place}/areas", area=LINPU)).text()
    assert "转发的地区：萧山区临浦镇" in text or "转发的地区：临浦镇" in text
    assert re.search(r"名册里共 <strong>2</strong> 人，其中 1 人没有电话", text)
    assert "2 人，发出去收不回。确定转发吗？" in text
    assert f'name="area" value="{LINPU}"' in text
    assert await house.stores.to_inform.waiting(5) == [], "nothing is done by looking"
    for area in ("", "310101"):
        assert "请选地区" in await (await seat.post(f"{place}/areas", area=area)).text()


async def test_a_message_whose_areas_are_known_asks_once_with_its_number_of_people(
    house: House, seat: Seat
) -> None:
    one = arrival(bulletins.message(start=START))
    await house.stores.feeds.configure([CAREFUL], house.clock.now())
    await relay(house.office(), CAREFUL, one)
    await peopled(house)
    await hired(house, "wang", Role.DUTY)
    await seat.sign_in()
    text = await (await seat.get(place_of(one))).text()
    assert "2 人，发出去收不回。确定转发吗？" in text
    assert "转发到哪里" not in text
    done = await seat.post(f"{place_of(one)}/confirm", area="")
    assert "已转发" in await done.text()


async def test_who_may_not_confirm_a_message_reads_it_without_a_button(
    house: House, seat: Seat
) -> None:
    one = unclear()
    await heard(house, one)
    await hired(house, "wang", Role.DUTY, area=LINPU)
    await seat.sign_in()
    text = await (await seat.get(place_of(one))).text()
    assert "请管这些地区的值班员处理" in text
    assert "不采用</button>" not in text


async def test_a_rejected_message_keeps_its_raw_text(house: House, seat: Seat) -> None:
    one = unclear()
    await heard(house, one)
    await hired(house, "wang", Role.DUTY)
    await seat.sign_in()
    assert "这条不采用" in await (await seat.post(f"{place_of(one)}/reject")).text()
    assert "值班员不采用" in await page(seat, "/warnings")
    assert await house.stores.to_inform.waiting(5) == []


@pytest.mark.parametrize("kind", DutyKind)
async def test_the_board_leads_to_a_call_and_ends_none_by_itself(
    house: House, seat: Seat, kind: DutyKind
) -> None:
    await hired(house, "wang", Role.DUTY)
    call = await call_duty(house.office(), kind, subject="one", area=COUNTY)
    await seat.sign_in()
    text = await page(seat, "/warnings")
    assert "在叫值班员" in text
    assert f'href="/console/calls/{handle_of(call.id)}"' in text
    assert 'action="/console/warnings' not in text


async def test_a_call_about_a_held_message_leads_to_the_message(house: House, seat: Seat) -> None:
    one = unclear()
    await heard(house, one)
    await hired(house, "wang", Role.DUTY)
    await seat.sign_in()
    (call,) = await house.stores.duty_calls.unseen(5)
    assert f'href="{place_of(one)}"' in await page(seat, f"/calls/{handle_of(call.id)}")


async def test_towns_without_a_warning_are_one_line(house: House, seat: Seat) -> None:
    await heard(house, arrival(bulletins.message(start=START)))
    await hired(house, "wang", Role.DUTY)
    await seat.sign_in()
    text = await page(seat, "/warnings")
    assert "个镇街没有预警：" in text
    assert text.split('aria-label="各镇街的预警"')[1].split("</table>")[0].count("<tr>") == 3


async def test_while_a_message_waits_no_town_is_said_to_have_no_warning(
    house: House, seat: Seat
) -> None:
    await heard(house, unclear())
    await hired(house, "wang", Role.DUTY)
    await seat.sign_in()
    text = await page(seat, "/warnings")
    assert "不知道</span>" in text
    assert "可是有报文没有处理完" in text
    assert "没有预警：" not in text


async def test_a_warning_that_is_coming_is_said_beside_the_towns_without_one(
    house: House, seat: Seat
) -> None:
    soon = START + timedelta(hours=2)
    await heard(house, arrival(replace(bulletins.message(start=START), effective=soon)))
    await hired(house, "wang", Role.DUTY)
    await seat.sign_in()
    text = await page(seat, "/warnings")
    assert "有预警还没有到生效时间" in text
    assert "没有预警：" not in text


async def test_a_grid_worker_sees_the_warnings_but_no_messages(house: House, seat: Seat) -> None:
    one = unclear()
    await hired(house, "wang", Role.GRID, area=LINPU)
    await seat.sign_in()
    assert "暂缓的报文" not in await page(seat, "/warnings")
    assert (await seat.get(place_of(one))).status == 403


async def test_an_unknown_message_is_not_found(house: House, seat: Seat) -> None:
    await hired(house, "wang", Role.DUTY)
    await seat.sign_in()
    assert (await seat.get(place_of(unclear()))).status == 404


async def test_what_calls_itself_a_drill_has_no_button_to_relay_it(
    house: House, seat: Seat
) -> None:
    one = arrival(bulletins.message(start=START, description="【演练】请立即转移。"))
    await heard(house, one)
    await hired(house, "wang", Role.DUTY)
    await seat.sign_in()
    text = await (await seat.get(place_of(one))).text()
    assert "写着演练或测试" in text
    assert f"{place_of(one)}/confirm" not in text
    assert f"{place_of(one)}/areas" not in text
    assert f"{place_of(one)}/reject" in text
    refused = await seat.post(f"{place_of(one)}/confirm", area=LINPU)
    assert "没有改动" in await refused.text()


async def test_a_cancel_without_a_place_is_shown_with_the_areas_of_its_warning(
    house: House, seat: Seat
) -> None:
    bare = replace(bulletins.cancel(2, start=START), where=(), headline="", description="")
    await heard(house, arrival(bulletins.message(start=START)), arrival(bare))
    await hired(house, "wang", Role.DUTY)
    await seat.sign_in()
    place = place_of(arrival(bare))
    text = await (await seat.get(place)).text()
    assert "没有标题和正文的报文" in text
    assert f'value="{LINPU}" checked' in text
    done = await seat.post(f"{place}/confirm", area=LINPU)
    assert "已转发" in await done.text()
