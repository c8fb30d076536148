"""Who is not informed, at the console: counts for all on duty, names and doors for a purpose."""

import json

import pytest

from bot.house import House
from data.civic.ids import GridId, PersonId, WorkerId
from data.civic.people import Role, Staff
from data.civic.safety.grids import Grid, GridWorker
from data.civic.sending.informing import Informing
from data.civic.sending.ladder import CALM, LadderRules
from tests import townsfolk
from tests.carrying import walked
from tests.staffed import LINPU, Seat, hired
from tests.townsfolk import GRID, PHONE, VILLAGE, all_ways, informed, person, settled

PURPOSE = "台风转移，上门通知"


@pytest.fixture
async def told(house: House) -> Informing:
    """Three people of one grid, one without a telephone, one of nobody's grid, all sent to."""
    people = (person(1), person(2, phone=None), person(3, grid=None))
    await settled(house.stores, *people)
    await townsfolk.guarded(house.stores)
    one = await informed(house, rules=LadderRules())
    await walked(house, all_ways())
    return one


async def asked(seat: Seat, path: str) -> str:
    answer = await seat.get(f"/console{path}")
    assert answer.status == 200
    return await answer.text()


async def test_counts_go_from_town_to_village_to_grid_and_agree(
    house: House, seat: Seat, told: Informing
) -> None:
    await hired(house, "wang", Role.DUTY)
    await seat.sign_in()
    for path in ("", f"&area={LINPU}", f"&area={VILLAGE}"):
        text = await asked(seat, f"/uninformed?informing={told.id}{path}")
        assert "还有 3 人没有通知到" in text
    assert "没有网格" in text
    assert "居民" not in text


async def test_an_agent_sees_counts_and_no_way_to_names(
    house: House, seat: Seat, told: Informing
) -> None:
    await hired(house, "wang", Role.AGENT)
    await seat.sign_in()
    assert "看不到名单" in await asked(seat, f"/uninformed?area={VILLAGE}")
    path = f"/console/uninformed/{told.id}/names"
    assert (await seat.post(path, village=VILLAGE, purpose=PURPOSE)).status == 403


async def test_names_need_a_purpose_and_are_noted(
    house: House, seat: Seat, told: Informing
) -> None:
    staff = await hired(house, "wang", Role.DUTY)
    await seat.sign_in()
    path = f"/console/uninformed/{told.id}/names"
    refused = await seat.post(path, village=VILLAGE, purpose=" ")
    assert "请写用途" in await refused.text()
    text = await (await seat.post(path, village=VILLAGE, purpose=PURPOSE)).text()
    assert all(f"居民{handle}" in text for handle in (1, 2, 3))
    entries = [one async for one in house.stores.audit.entries()]
    looks = [one for one in entries if one.deed.act == "uninformed.names"]
    assert [(one.deed.actor, one.deed.purpose) for one in looks] == [(staff.id, PURPOSE)]


async def test_the_door_list_is_printed_saved_and_ticked_off(
    house: House, seat: Seat, told: Informing
) -> None:
    await hired(house, "wang", Role.DUTY)
    await seat.sign_in()
    path = f"/console/uninformed/{told.id}"
    form = {"grid": GRID, "purpose": PURPOSE}
    text = await (await seat.post(f"{path}/doors", **form)).text()
    assert "陈网格" in text
    assert "居民1" in text
    assert "居民3" not in text
    saved = await seat.post(f"{path}/doors", **form, file="json")
    assert saved.content_type == "application/json"
    assert len(json.loads(await saved.text())["uninformed"]) == 2
    await seat.get("/console/uninformed")
    said = {"person": "1", "said": "stays", "manner": "door"}
    noted = await (await seat.post(f"{path}/confirm", **form, **said)).text()
    assert "已记下" in noted
    row = await house.stores.rows.get(told.id, PersonId(1))
    assert row is not None
    assert row.confirmation is not None
    broken = await seat.post(f"{path}/confirm", **form, **(said | {"said": "maybe"}))
    assert "没有打开名单" in await broken.text()


@pytest.mark.parametrize(
    ("said", "manner", "words"),
    [
        ("help", "door", "已经叫值班员"),
        ("help", "phone", "已经叫值班员"),
        ("stays", "door", "还要有人上门去劝"),
    ],
)
async def test_who_needs_help_or_stays_is_never_said_to_be_settled(
    house: House, seat: Seat, told: Informing, said: str, manner: str, words: str
) -> None:
    await hired(house, "wang", Role.DUTY)
    await seat.sign_in()
    await seat.get("/console/uninformed")
    form = {"grid": GRID, "purpose": PURPOSE, "person": "1", "said": said, "manner": manner}
    page = await (await seat.post(f"/console/uninformed/{told.id}/confirm", **form)).text()
    assert words in page
    assert "这一户的人都算通知到了" not in page
    assert "先去：需要帮助，或者不走：1 人" in page
    called = len(await house.stores.duty_calls.unseen(10))
    assert called == (said == "help")


async def test_a_printed_door_list_has_a_place_for_the_answer(
    house: House, seat: Seat, told: Informing
) -> None:
    await hired(house, "wang", Role.DUTY)
    await seat.sign_in()
    await seat.get("/console/uninformed")
    path = f"/console/uninformed/{told.id}/doors"
    page = await (await seat.post(path, grid=GRID, purpose=PURPOSE)).text()
    assert page.count("□要帮助") == 2
    assert (await (await seat.get("/console/static/console.css")).text()).count("@media screen and")


async def test_a_grid_worker_opens_the_own_list_and_no_other(
    house: House, seat: Seat, told: Informing
) -> None:
    await hired(house, "wang", Role.GRID, area=VILLAGE)
    await seat.sign_in()
    path = f"/console/uninformed/{told.id}/doors"
    assert (await seat.post(path, grid=GRID, purpose=PURPOSE)).status == 403
    await _answers(house, await _own(house))
    assert (await seat.post(path, grid="own-grid", purpose=PURPOSE)).status == 200


async def test_a_grid_worker_is_offered_no_list_of_a_whole_village(
    house: House, seat: Seat, told: Informing
) -> None:
    await hired(house, "wang", Role.GRID, area=VILLAGE)
    await hired(house, "duty", Role.DUTY, area=VILLAGE)
    path = f"/uninformed?informing={told.id}&area={VILLAGE}&level=grid"
    for login, offered in (("wang", False), ("duty", True)):
        await seat.sign_in(login)
        text = await asked(seat, path)
        assert ("全村名单</button>" in text) is offered
        assert (f'action="/console/uninformed/{told.id}/names"' in text) is offered
        assert ("看门牌清单" in text) is offered
        assert ("这里没有您负责的网格" in text) is not offered


async def test_one_persons_record_says_why(house: House, seat: Seat, told: Informing) -> None:
    await hired(house, "wang", Role.DUTY)
    await seat.sign_in()
    path = f"/console/informings/{told.id}/person"
    text = await (await seat.post(path, person="2", purpose=PURPOSE)).text()
    assert "居民2" in text
    assert "没有电话" in text
    assert "网格员上门" in text
    assert (await seat.post(path, person="77", purpose=PURPOSE)).status == 404
    assert "请写用途" in await (await seat.post(path, person="x", purpose=PURPOSE)).text()


async def test_progress_by_state_and_way_and_stop_and_go(
    house: House, seat: Seat, told: Informing
) -> None:
    await hired(house, "wang", Role.DUTY)
    await seat.sign_in()
    assert f"/console/informings/{told.id}" in await asked(seat, "/informings")
    text = await asked(seat, f"/informings/{told.id}")
    for said in ("短信", "网格员上门", "已交网格员上门", "0 / 3"):
        assert said in text
    path = f"/console/informings/{told.id}"
    stopped = await (await seat.post(f"{path}/cancel")).text()
    assert "不再发新的" in stopped
    assert "马上接着通知还没有通知到的 3 人" in stopped
    assert "继续通知" in await (await seat.post(f"{path}/resume")).text()


async def test_an_unknown_informing_is_not_found(house: House, seat: Seat) -> None:
    await hired(house, "wang", Role.DUTY)
    await seat.sign_in()
    for path in ("/informings/7", "/informings/x", "/uninformed?informing=7"):
        assert (await seat.get(f"/console{path}")).status == 404
    assert "还没有通知" in await asked(seat, "/uninformed")
    assert "还没有通知" in await asked(seat, "/informings")


async def test_the_link_of_a_grid_leads_to_its_own_door_list(
    house: House, seat: Seat, told: Informing
) -> None:
    staff = await hired(house, "wang", Role.DUTY)
    await _answers(house, staff)
    await seat.sign_in()
    page = f"/uninformed?informing={told.id}&area={VILLAGE}"
    assert f"level=grid&amp;grid={GRID}#doors" in await asked(seat, page)
    chosen = await asked(seat, f"{page}&level=grid&grid={GRID}")
    assert f'<option value="{GRID}" selected>' in chosen
    assert f'href="/console/uninformed?informing={told.id}&amp;area={LINPU}"' in chosen


async def test_a_calm_informing_says_that_nobody_knocks_and_blames_no_grid(
    house: House, seat: Seat
) -> None:
    await settled(house.stores, person(1, phone=None))
    await townsfolk.guarded(house.stores)
    one = await informed(house, rules=CALM)
    await walked(house, all_ways())
    await hired(house, "wang", Role.DUTY)
    await seat.sign_in()
    text = await asked(seat, f"/uninformed?informing={one.id}")
    assert "也不派人上门" in text
    assert "没有人负责" not in text
    assert "不派人上门" in await asked(seat, f"/informings/{one.id}")


async def test_from_one_persons_record_one_goes_back_to_the_list(
    house: House, seat: Seat, told: Informing
) -> None:
    await hired(house, "wang", Role.DUTY)
    await seat.sign_in()
    await asked(seat, "/uninformed")
    path = f"/console/informings/{told.id}/person"
    record = await (await seat.post(path, person="2", purpose=PURPOSE)).text()
    assert f'action="/console/uninformed/{told.id}/names"' in record
    assert f'name="purpose" value="{PURPOSE}"' in record


async def test_the_first_page_counts_who_is_left(house: House, seat: Seat, told: Informing) -> None:
    await hired(house, "wang", Role.DUTY)
    await seat.sign_in()
    text = await asked(seat, "/")
    assert "人次还没有通知到" in text
    assert "预警来源没有声音" in text


async def _own(house: House) -> Staff:
    found = await house.stores.staff.by_login("wang")
    assert found is not None
    return found


async def _answers(house: House, staff: Staff) -> None:
    """Let this member of staff answer for a grid of the village."""
    worker = GridWorker(id=WorkerId("own"), staff=staff.id, name="王芳", phone=PHONE, area=VILLAGE)
    await house.stores.grids.enlist(worker)
    grid = Grid(id=GridId("own-grid"), name="二组", village=VILLAGE, workers=(worker,))
    await house.stores.grids.add(grid)
