"""Marks by hand at the console: the second officer knows whom they sign, and nothing is lost."""

import pytest

from bot.house import House
from data.civic.safety.identity import named
from tests.evacuation import ME, NEIGHBOUR, Evacuation, evacuation
from tests.staffed import Seat
from tests.townsfolk import VILLAGE

PATH = "/console/marks"


@pytest.fixture
async def scene(house: House) -> Evacuation:
    return await evacuation(house)


async def test_who_signs_sees_masked_names_for_a_purpose_which_is_noted(
    house: House, seat: Seat, scene: Evacuation
) -> None:
    await seat.sign_in("li")
    await seat.get(PATH)
    form = {"event": scene.event, "area": VILLAGE, "kind": "needs_hand", "purpose": "台风转移"}
    own = await (await seat.post(PATH, **form, people=f"{ME}\n{NEIGHBOUR}")).text()
    assert "名单已拟好" in own
    assert "看姓名" not in own, "who wrote it knows"

    await seat.sign_in("zhao")
    names = await seat.link(PATH, f"{PATH}/")
    assert names.endswith("/names")
    refused = await (await seat.post(names, purpose=" ")).text()
    assert "请写用途" in refused
    assert "居*1" not in refused
    page = await (await seat.post(names, purpose="签名单前核对")).text()
    assert "居*1" in page
    assert "居*2" in page
    assert "居民1" not in page.split("<main")[1]
    looks = await house.stores.audit.of_person(named(ME), 5)
    assert [(one.deed.act, one.deed.purpose) for one in looks] == [("marks.names", "签名单前核对")]
    assert "已签" in await (await seat.post(names.replace("/names", "/sign"))).text()


async def test_a_list_that_is_refused_keeps_what_was_typed(
    house: House, seat: Seat, scene: Evacuation
) -> None:
    await seat.sign_in("li")
    await seat.get(PATH)
    form = {"event": scene.event, "area": VILLAGE, "kind": "needs_hand", "purpose": "台风转移"}
    for people, words in (("1 二", "填 1 到"), ("1 77", "有的编号在名册上没有")):
        page = await (await seat.post(PATH, **form, people=people, key="k1")).text()
        assert words in page
        assert f">{people}</textarea>" in page
        assert 'value="台风转移"' in page
        assert '<option value="needs_hand" selected>' in page
    mended = await seat.post(PATH, **form, people="1 2", key="k1")
    assert "名单已拟好" in await mended.text()


async def test_the_handles_that_a_list_needs_are_shown_to_who_looks_for_people(
    house: House, seat: Seat, scene: Evacuation
) -> None:
    await seat.sign_in("wang")
    await seat.get("/console/people")
    asked = {"name": "居民2", "village": VILLAGE, "purpose": "拟帮助名单"}
    page = await (await seat.post("/console/people", **asked)).text()
    assert f'data-label="编号">{NEIGHBOUR}</td>' in page
