"""Colours at the console: counts village by village, worked out now, and nobody's name."""

import re

import pytest

from bot.house import House
from data.civic.ids import AreaCode
from data.civic.knowing.colour_rules import CodeColour
from data.civic.people import Role
from handlers.acts import open_event
from handlers.acts.count_colours import count_colours
from tests.evacuation import Evacuation, evacuation
from tests.staffed import Seat, hired
from tests.townsfolk import NEXT_VILLAGE, VILLAGE

PATH = "/console/colours"


@pytest.fixture
async def scene(house: House) -> Evacuation:
    return await evacuation(house)


async def test_colours_are_counted_by_village_with_a_total(
    house: House, seat: Seat, scene: Evacuation
) -> None:
    await seat.sign_in("wang")
    before = await (await seat.get(PATH)).text()
    assert 'data-label="红色" class="number">0<' in before
    await scene.ordered()
    page = await (await seat.get(f"{PATH}?event={scene.event}")).text()
    rows = [re.findall(r'class="number">(\d+)<', one) for one in page.split("<tr>")[2:]]
    assert rows == [
        ["2", "0", "0", "1", "0", "3"],
        ["0", "0", "0", "1", "0", "1"],
        ["2", "0", "0", "2", "0", "4"],
    ]
    assert re.search(r"\d\d:\d\d</time> 刚刚算出", page)
    assert "居*" not in page
    assert "居民1" not in page


async def test_a_village_sees_its_own_and_whose_people_are_elsewhere_none(
    house: House, scene: Evacuation
) -> None:
    counts = await count_colours(scene.office, scene.desk, scene.event)
    assert list(counts.villages) == [NEXT_VILLAGE]
    there = await open_event.open_event(scene.office, scene.hq.li, name="洪水", areas=[VILLAGE])
    elsewhere = await count_colours(scene.office, scene.desk, there.id)
    assert (elsewhere.villages, elsewhere.total) == ({}, {})
    all_ = await count_colours(scene.office, scene.hq.wang, there.id)
    assert all_.villages == {VILLAGE: {CodeColour.GREY: 3}}


async def test_without_an_event_or_people_it_says_so_and_others_stay_out(
    house: House, seat: Seat, scene: Evacuation
) -> None:
    await hired(house, "auditor", Role.AUDITOR)
    await hired(house, "far", Role.SHELTER, area=AreaCode("330109104"))
    await seat.sign_in("far")
    assert "没有在册的人" in await (await seat.get(PATH)).text()
    await open_event.close_event(scene.office, scene.hq.li, scene.event)
    assert "没有进行中的应急" in await (await seat.get(PATH)).text()
    await seat.sign_in("auditor")
    assert (await seat.get(PATH)).status == 403
