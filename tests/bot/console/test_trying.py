"""Trying: the very walk of a citizen, beside the editor, where nothing counts."""

from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import pytest

from bot.first_release import Shipped
from bot.house import House
from data.civic.people import Role
from tests import drafting
from tests.staffed import Seat, hired, served


@pytest.fixture
async def seat(house: House) -> AsyncIterator[Seat]:
    await hired(house, "wang", Role.EDITOR)
    async with served(house) as client:
        seat = Seat(client)
        await seat.sign_in()
        yield seat


async def said(seat: Seat, text: str, page: str = "/console/try", **how: str) -> str:
    await seat.get(page)
    shown = await seat.post(page, text=text, run="aaaaaaaa", **how)
    assert shown.status == 200, shown.status
    return await shown.text()


async def test_the_phone_answers_as_a_citizen_is_answered(seat: Seat) -> None:
    page = await said(seat, "护照怎么办")
    assert "普通护照" in page
    assert "听成" in page


async def test_a_choice_is_a_button_that_says_it(seat: Seat) -> None:
    page = await said(seat, "我要补贴")
    assert page.count('class="small"') >= 2


async def test_danger_in_a_trial_calls_nobody(seat: Seat, house: House) -> None:
    page = await said(seat, "水进来了我妈被困")
    assert "119" in page
    assert await house.stores.tickets.unfinished(10) == []


async def test_what_is_odd_in_the_setting_is_as_at_the_beginning(seat: Seat) -> None:
    odd = await seat.get("/console/try?run=%3Cscript%3E&area=999&care=x")
    assert odd.status == 200
    assert "<script>" not in await odd.text()


async def test_an_empty_message_says_nothing(seat: Seat) -> None:
    assert "还没有说话" in await said(seat, "   ")


async def test_a_draft_is_tried_once_it_is_made(seat: Seat, house: House, shipped: Shipped) -> None:
    await drafting.served(house, shipped)
    await seat.get("/console/drafts")
    begun = await seat.post("/console/drafts", title="试")
    place = f"{urlsplit(str(begun.url)).path}/try"
    page = await (await seat.get(place)).text()
    while "正在准备试用" in page:
        page = await (await seat.get(place)).text()
    assert "护照" in await said(seat, "护照怎么办", place)
