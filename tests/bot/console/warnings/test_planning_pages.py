"""Planning by the map: villages and people inside what is drawn, for staff and for nothing else."""

from dataclasses import replace

import pytest
from aiohttp import FormData

from bot.house import House
from data.civic.ids import AreaCode
from data.civic.people import Role
from data.civic.shapes import Circle, Point
from handlers.acts.plan_area import plan_area
from tests.staffed import LINPU, Seat, hired
from tests.townsfolk import NEXT_VILLAGE, VILLAGE, person, settled

HOME, FAR = Point(120.25, 30.05), Point(120.45, 30.05)
TRACK = (
    "id,name,time_bjt,lat,lng,r7_km,r10_km,r12_km\n"
    "201909,利奇马,2019-08-10T08:00:00,30.05,120.25,3,0,0\n"
    "201909,利奇马,2019-08-10T11:00:00,30.05,120.45,3,0,0\n"
)
SQUARE = "120.24,30.04\n120.26,30.04\n120.26,30.06\n120.24,30.06\n120.24,30.04"


@pytest.fixture
async def planner(house: House, seat: Seat) -> Seat:
    """A duty officer; one person at home in a village, two in the next one, far away."""
    people = [replace(person(1), home=HOME)]
    people += [replace(person(n, village=NEXT_VILLAGE), home=FAR) for n in (2, 3)]
    await settled(house.stores, *people)
    await house.stores.villages.recount([VILLAGE, NEXT_VILLAGE])
    await hired(house, "wang", Role.DUTY)
    await seat.sign_in()
    await seat.get("/console/planning")
    return seat


async def planned(seat: Seat, *, file: str = "", **fields: str) -> str:
    form = FormData({"csrf": seat.csrf, **fields})
    form.add_field("file", file.encode(), filename="track.csv", content_type="text/csv")
    answer = await seat.client.post("/console/planning", data=form)
    assert answer.status == 200
    return await answer.text()


async def test_a_circle_and_a_polygon_give_the_villages_inside(planner: Seat) -> None:
    circle = {"kind": "circle", "lon": "120.25", "lat": "30.05", "km": "2"}
    for text in (
        await planned(planner, **circle),
        await planned(planner, kind="polygon", points=SQUARE),
    ):
        assert "<strong>1</strong> 人</li>" in text
        assert VILLAGE in text
        assert NEXT_VILLAGE not in text


async def test_wind_circles_are_those_of_the_time_that_is_asked_for(planner: Seat) -> None:
    asked = {"kind": "track", "level": "7"}
    both = await planned(planner, file=TRACK, **asked)
    assert "<strong>3</strong> 人</li>" in both
    early = {"last_day": "2019-08-10", "last_hour": "09:00"}
    assert "<strong>1</strong> 人</li>" in await planned(planner, file=TRACK, **asked, **early)
    assert "不推算" in both


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"kind": "circle", "lon": "30", "lat": "120", "km": "2"}, "请填经度、纬度和半径"),
        ({"kind": "polygon", "points": "120,30\n121,30\n121,31"}, "最后一点和第一点相同"),
        ({"kind": "polygon", "points": "120 30"}, "第 1 行不是"),
        ({"kind": "track", "level": "7"}, "请选路径文件"),
        ({"kind": "other"}, "请选一种圈法"),
    ],
    ids=["swapped", "open", "no pair", "no file", "nothing"],
)
async def test_what_is_no_shape_is_said(planner: Seat, fields: dict[str, str], words: str) -> None:
    assert words in await planned(planner, **fields)


@pytest.mark.parametrize(
    ("right", "wrong", "cell", "words"),
    [
        ("30.05,120.25", "north,120.25", "D2", "经纬度不对"),
        ("30.05,120.25", "95,120.25", "D2", "经纬度不对"),
        ("30.05,120.25,3", "30.05,120.25,wide", "F2", "半径不对"),
        ("2019-08-10T08:00:00", "eight", "C2", "时间不对"),
        ("id,name", "no,name", "A1", "没有找到表头"),
    ],
    ids=["degrees", "nowhere", "radius", "moment", "headings"],
)
async def test_a_wrong_cell_of_a_track_is_named_in_chinese(
    planner: Seat, right: str, wrong: str, cell: str, words: str
) -> None:
    text = await planned(planner, file=TRACK.replace(right, wrong), kind="track", level="7")
    table = text.split('aria-label="错在哪里"')[1].split("</table>")[0]
    assert f"!{cell}</th>" in table
    assert words in table


async def test_a_town_that_is_held_wholly_is_named_as_one_and_others_are_not_seen(
    house: House, planner: Seat
) -> None:
    duty = await hired(house, "duty", Role.DUTY)
    wide = Circle(Point(120.35, 30.05), 60_000)
    found = await plan_area(house.office(), duty, [wide])
    assert found.areas == (LINPU,)
    other = await hired(house, "other", Role.DUTY, area=AreaCode("330109103"))
    assert (await plan_area(house.office(), other, [wide])).areas == ()


async def test_planning_is_for_those_on_duty(house: House, seat: Seat) -> None:
    await hired(house, "wang", Role.AGENT)
    await seat.sign_in()
    assert (await seat.get("/console/planning")).status == 403
