"""A complaint gets a number that its owner, and nobody else, can ask for."""

import re

import pytest

from data.civic.people import Role, Staff
from handlers.acts import see_ticket
from tests.journeys.county import County
from tests.staffed import hired

WORDS = "楼下工地半夜十二点还在打桩，电话13800138000"
NUMBER = re.compile(r"XS\d{14}")


@pytest.fixture
async def clerk(county: County) -> Staff:
    return await hired(county.house, "wang", Role.AGENT)


async def test_a_complaint_gets_a_number_and_a_clock(county: County) -> None:
    phone = await county.wechat()
    assert "说一说" in await phone.ask("我要投诉")
    received = await phone.ask(WORDS)
    (ticket,) = await county.house.stores.tickets.unfinished(10)
    assert NUMBER.findall(received) == [ticket.number]
    assert "13800138000" not in ticket.text
    assert "138****8000" in ticket.text


async def test_it_is_told_how_far_it_is_until_it_is_done(county: County, clerk: Staff) -> None:
    phone, office = await county.wechat(), county.office
    await phone.ask("我要投诉")
    await phone.ask(WORDS)
    (ticket,) = await see_ticket.unfinished(office, clerk)
    assert "还没有打开" in await phone.ask("我的投诉办得怎么样了")
    await see_ticket.see(office, clerk, ticket.number)
    assert "正在处理" in await phone.ask("我的投诉办得怎么样了")
    await see_ticket.close(office, clerk, ticket.number, "已责令夜间停工")
    await phone.settled(phone.key.id)
    assert "已责令夜间停工" in (await phone.heard())[-1]
    assert "已责令夜间停工" in await phone.ask("我的投诉办得怎么样了")


async def test_somebody_elses_number_is_as_unknown_as_one_that_is_not(county: County) -> None:
    mine, other = await county.mini(), await county.mini("alipay", "li")
    await mine.ask("我要投诉")
    (number,) = NUMBER.findall((await mine.ask(WORDS)).text)
    asked = "我的投诉办得怎么样了，编号"
    assert number in (await mine.ask(asked + number)).text
    assert (await other.ask(asked + number)).text == (
        await other.ask(asked + "XS2026" + "9" * 10)
    ).text


async def test_who_says_it_all_at_once_is_not_asked(county: County) -> None:
    answer = await (await county.mini()).ask("我要投诉，" + WORDS)
    assert NUMBER.search(answer.text)
