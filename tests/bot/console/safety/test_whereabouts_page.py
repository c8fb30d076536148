"""Who has left, at the console: counts for all who may, names for those who answer for them."""

import pytest

from bot.house import House
from data.civic.people import Role
from tests.evacuation import Evacuation, evacuation
from tests.staffed import Seat, hired
from tests.townsfolk import GRID, VILLAGE

PATH = "/console/whereabouts"


@pytest.fixture
async def scene(house: House) -> Evacuation:
    scene = await evacuation(house)
    await scene.ordered()
    return scene


async def test_a_grid_worker_chooses_the_own_grid_and_sees_its_people(
    seat: Seat, scene: Evacuation
) -> None:
    await seat.sign_in("chen")
    page = await (await seat.get(PATH)).text()
    assert "应转 2 人" in page
    assert f'<option value="{VILLAGE}/{GRID}">' in page
    assert "网格编号" not in page
    names = f"{PATH}/{scene.event}/names"
    page = await (await seat.post(names, own=f"{VILLAGE}/{GRID}", purpose="上门动员")).text()
    assert "还有 2 人没有转移" in page
    assert "居民1" in page
    form = {"person": "1", "village": VILLAGE, "grid": GRID, "purpose": "上门动员"}
    page = await (await seat.post(names.replace("/names", "/move"), **form, stage="agreed")).text()
    assert "已记下" in page
    assert "同意走" in page


async def test_who_has_no_grid_is_told_whom_to_ask(
    house: House, seat: Seat, scene: Evacuation
) -> None:
    await hired(house, "new", Role.GRID, area=VILLAGE)
    await seat.sign_in("new")
    page = await (await seat.get(PATH)).text()
    assert "没有您负责的网格" in page
    assert "看名单</button>" not in page
    own = {"own": f"{VILLAGE}/{GRID}", "purpose": "上门动员"}
    assert (await seat.post(f"{PATH}/{scene.event}/names", **own)).status == 403


async def test_an_officer_on_duty_sees_the_whole_village(seat: Seat, scene: Evacuation) -> None:
    await seat.sign_in("wang")
    assert "不填就是全村" in await (await seat.get(PATH)).text()
    form = {"village": VILLAGE, "purpose": "核对名单"}
    page = await (await seat.post(f"{PATH}/{scene.event}/names", **form)).text()
    assert "还有 2 人没有转移" in page
