"""Shelters at the console: opened, checked in by typed digits, names for a purpose, imported."""

import re

import pytest
from aiohttp import FormData

from bot.house import House
from data.civic.ids import AreaCode, ShelterId
from data.civic.people import Role
from data.civic.safety.codes import in_digits, unpack
from data.civic.safety.shelters import ShelterState
from handlers.acts.forget_people import Leaving, forget
from handlers.acts.open_event import close_event
from tests.sheltering import HALL, SCHOOL, Desks, desks, shelter
from tests.staffed import Seat, hired
from tests.townsfolk import NEXT_VILLAGE, VILLAGE, person, settled

PATH = "/console/shelters"
ROWS = """编号,名称,级别,地区代码,可容纳人数,电话,检查有效期至,轮椅能进,床位
new-hall,新礼堂,村级,330109105201,80,12345,2029-03-31,能,20
hall,大礼堂,镇级,330109105201,150,12345,2029/3/31,,
"""


@pytest.fixture
async def at_work(house: House) -> Desks:
    return await desks(house)


async def signed_in(seat: Seat, login: str, page: str = PATH) -> None:
    await seat.sign_in(login)
    await seat.get(page)


def main_of(page: str) -> str:
    return page.split("<main")[1]


async def test_typed_digits_check_in_and_out(house: House, seat: Seat, at_work: Desks) -> None:
    (code,) = await at_work.codes(1)
    digits = in_digits(unpack(code).code.handle)
    await signed_in(seat, "desk", f"{PATH}/{HALL}")
    form = {"event": at_work.event, "code": digits, "need": "wheelchair", "key": "a" * 26}
    for wanted in ("已登记入住", "已登记入住|已经登记过了"):
        page = await (await seat.post(f"{PATH}/{HALL}/in", **form)).text()
        assert re.search(wanted, page)
        assert "居*1" in page
        assert "居民1" not in main_of(page)
    assert await at_work.inside() == 1
    form = {"event": at_work.event, "code": digits, "out_to": "hospital", "key": "b" * 26}
    assert "已登记离开" in await (await seat.post(f"{PATH}/{HALL}/out", **form)).text()
    assert await at_work.inside() == 0


async def test_who_was_elsewhere_is_told_by_the_name_of_the_shelter(
    house: House, seat: Seat, at_work: Desks
) -> None:
    (code,) = await at_work.codes(1)
    await at_work.visit(code=code, shelter=SCHOOL)
    await signed_in(seat, "desk", f"{PATH}/{HALL}")
    form = {"event": at_work.event, "code": code, "key": "a" * 26}
    page = await (await seat.post(f"{PATH}/{HALL}/in", **form)).text()
    assert "此前登记在另一个安置点（school安置点）" in page


async def test_who_has_no_code_is_counted_and_leaves(
    house: House, seat: Seat, at_work: Desks
) -> None:
    await signed_in(seat, "desk", f"{PATH}/{HALL}")
    form = {"event": at_work.event, "strangers": "3", "looks": "红雨衣", "key": "c" * 26}
    page = await (await seat.post(f"{PATH}/{HALL}/in", **form)).text()
    party = re.search(r'<option value="([^"]+)">[^<]*来的，现在 3 人', page)
    assert party
    named = await (
        await seat.post(f"{PATH}/{HALL}/names", event=at_work.event, purpose="清点人数")
    ).text()
    assert "没有码：红雨衣" in named
    form = {"event": at_work.event, "strangers": "2", "party": party[1], "out_to": "home"}
    await seat.post(f"{PATH}/{HALL}/out", **form)
    assert await at_work.inside() == 1


async def test_names_are_shown_for_a_purpose_alone(
    house: House, seat: Seat, at_work: Desks
) -> None:
    (code,) = await at_work.codes(1)
    await at_work.visit(code=code)
    await signed_in(seat, "desk", f"{PATH}/{HALL}")
    assert "居*1" not in await (await seat.get(f"{PATH}/{HALL}")).text()
    refused = await seat.post(f"{PATH}/{HALL}/names", event=at_work.event, purpose="")
    assert "居*1" not in await refused.text()
    shown = await seat.post(f"{PATH}/{HALL}/names", event=at_work.event, purpose="清点人数")
    assert "居*1" in await shown.text()
    deeds = await house.stores.audit.of_subject(f"shelter-{HALL}", 5)
    assert "shelter.names" in [one.deed.act for one in deeds]


async def test_a_lost_code_is_helped_by_name(house: House, seat: Seat, at_work: Desks) -> None:
    await signed_in(seat, "desk", f"{PATH}/{HALL}")
    asked = {"event": at_work.event, "name": "居民2", "village": VILLAGE, "purpose": "登记"}
    page = await (await seat.post(f"{PATH}/{HALL}/find", **asked)).text()
    assert 'name="person" value="2"' in page
    done = await seat.post(f"{PATH}/{HALL}/in", event=at_work.event, person="2")
    assert "已登记入住" in await done.text()
    nobody = await seat.post(f"{PATH}/{HALL}/find", **(asked | {"name": "没有这个人"}))
    assert "没有查到这个人" in await nobody.text()


async def test_a_shelter_is_closed_opened_inspected_and_found_unsafe(
    house: House, seat: Seat, at_work: Desks
) -> None:
    await signed_in(seat, "li")
    shelters = house.stores.shelters
    for to, why in (("closed", "水退了"), ("unsafe", ""), ("unsafe", "屋顶漏水")):
        await seat.post(f"{PATH}/state", shelter=HALL, to=to, why=why)
    found = await shelters.get(HALL)
    assert found is not None
    assert (found.state, found.why) == (ShelterState.UNSAFE, "屋顶漏水")
    refused = await seat.post(f"{PATH}/state", shelter=HALL, to="open")
    assert "先登记新的检查" in await refused.text()
    await seat.post(f"{PATH}/inspect", shelter=HALL, until="2030-01-01")
    await seat.post(f"{PATH}/state", shelter=HALL, to="open")
    found = await shelters.get(HALL)
    assert found is not None
    assert found.open
    page = await (await seat.get(PATH)).text()
    assert "2030-01-01" in page


async def test_a_shelter_is_entered_and_edited(house: House, seat: Seat, at_work: Desks) -> None:
    await signed_in(seat, "li")
    form = {
        "shelter": "new-hall",
        "name": "新礼堂",
        "level": "village",
        "area": VILLAGE,
        "people": "60",
        "phone": "12345",
        "until": "2029-01-01",
    }
    assert "已改好" in await (await seat.post(PATH, **form)).text()
    assert "没有改动" in await (await seat.post(PATH, **form)).text()
    edited = form | {"people": "70", "seen": "0", "step_free": "yes"}
    assert "已改好" in await (await seat.post(f"{PATH}/edit", **edited)).text()
    found = await house.stores.shelters.get("new-hall")
    assert found is not None
    assert (found.capacity.people, found.step_free, found.state) == (70, True, "standby")
    assert "没有改动" in await (await seat.post(f"{PATH}/edit", **edited)).text()
    bad = await seat.post(f"{PATH}/edit", **(edited | {"seen": "1", "people": "x"}))
    assert "没有改动" in await bad.text()


async def test_a_file_is_tried_then_written_and_errors_name_their_cell(
    house: House, seat: Seat, at_work: Desks
) -> None:
    await signed_in(seat, "li")

    async def sent(text: str, **more: str) -> str:
        form = FormData({"csrf": seat.csrf, "purpose": "汛前", **more})
        form.add_field("file", text.encode(), filename="shelters.csv")
        return await (await seat.client.post(f"{PATH}/import", data=form)).text()

    assert "会新增 1 处，修改 1 处" in await sent(ROWS)
    assert await house.stores.shelters.get("new-hall") is None
    assert "已导入：新增 1 处，修改 1 处" in await sent(ROWS, write="yes")
    assert "不变 2 处" in await sent(ROWS, write="yes")
    hall = await house.stores.shelters.get(HALL)
    assert hall is not None
    assert (hall.capacity.people, hall.open) == (150, True)
    wrong = await sent(ROWS.replace("村级", "什么级").replace("2029/3/31", "下个月"), write="yes")
    assert "shelters.csv!C2" in wrong
    assert "shelters.csv!G3" in wrong
    assert "编号" in await sent("名称,电话\n礼堂,12345\n")
    await house.stores.shelters.add(shelter(ShelterId("far"), area=AreaCode("330110001")))
    overtaken = await sent(f"{ROWS}far,礼堂,村级,{VILLAGE},80,12345,2029-03-31\n", write="yes")
    assert "没有全部写入：有人同时在改安置点" in overtaken


async def test_a_refused_form_keeps_what_was_typed(
    house: House, seat: Seat, at_work: Desks
) -> None:
    await signed_in(seat, "li")
    typed = {"shelter": "gym-2", "name": "体育馆", "level": "county", "area": VILLAGE}
    typed |= {"people": "60", "phone": "x", "until": "2029-01-01", "step_free": "yes"}
    page = await (await seat.post(PATH, **typed, in_charge="陈馆长", lon="120.25")).text()
    entry = page.split("<h2>登记安置点</h2>")[1]
    for said in ("gym-2", "体育馆", "60", "陈馆长", "120.25", "2029-01-01"):
        assert f'value="{said}"' in entry
    assert '<option value="county" selected>' in entry
    assert re.search(r'name="step_free" value="yes" checked', entry)
    assert not re.search(r'name="pets" value="yes" checked', entry)


async def test_who_edits_what_another_has_changed_compares_and_saves_once_more(
    house: House, seat: Seat, at_work: Desks
) -> None:
    await signed_in(seat, "li")
    form = {"shelter": SCHOOL, "level": "town", "area": VILLAGE, "phone": "12345"}
    form |= {"until": "2029-01-01", "people": "60", "seen": "0"}
    await seat.post(f"{PATH}/edit", **form, name="小学")
    page = await (await seat.post(f"{PATH}/edit", **form, name="实验小学")).text()
    assert "刚才有人改过这个安置点" in page
    open_form = page.split('<details class="confirm" open>')[1].split("</form>")[0]
    assert 'value="实验小学"' in open_form
    seen = re.search(r'name="seen" value="(\d+)"', open_form)
    assert seen
    await seat.post(f"{PATH}/edit", **(form | {"seen": seen[1]}), name="实验小学")
    found = await house.stores.shelters.get(SCHOOL)
    assert found is not None
    assert found.name == "实验小学"


async def test_conflicts_and_the_report_show_every_scan(
    house: House, seat: Seat, at_work: Desks
) -> None:
    (code,) = await at_work.codes(1)
    await at_work.visit(code=code)
    await at_work.visit(code=code, shelter=SCHOOL)
    await signed_in(seat, "desk")
    page = await (await seat.get("/console/conflicts")).text()
    assert "没登记离开，又在另一处登记入住" in page
    assert "不在名册上的人" not in page
    assert "hall安置点" in page
    assert "school安置点" in page
    told = await (await seat.get(f"{PATH}/{HALL}/report?event={at_work.event}")).text()
    assert "转到别的安置点</dt><dd>1 人次" in told


async def test_a_grid_worker_notes_who_is_with_relatives(
    house: House, seat: Seat, at_work: Desks
) -> None:
    await hired(house, "grid", Role.GRID, area=NEXT_VILLAGE)
    (code,) = await at_work.codes(1)
    await signed_in(seat, "grid", "/console/kin")
    form = {"event": at_work.event, "code": code, "village": NEXT_VILLAGE}
    assert "已登记在亲友家" in await (await seat.post("/console/kin", **form)).text()
    assert (await seat.get("/console/conflicts")).status == 403


async def test_the_report_says_what_a_telephone_still_kept(
    house: House, seat: Seat, at_work: Desks
) -> None:
    await at_work.visit(strangers=1, device="phone-1", waiting=3)
    await signed_in(seat, "desk")
    path = f"{PATH}/{HALL}/report?event={at_work.event}"
    assert "3 次，请让这台手机联网" in await (await seat.get(path)).text()
    await at_work.visit(strangers=1, device="phone-1", counter=9)
    assert "请让这台手机联网" not in await (await seat.get(path)).text()


async def test_of_a_family_s_code_who_has_come_is_ticked(
    house: House, seat: Seat, at_work: Desks
) -> None:
    await settled(
        house.stores,
        person(11, household=9, phone=None),
        person(12, household=9, phone=None),
    )
    (code,) = await at_work.codes(11, household=True)
    await signed_in(seat, "desk", f"{PATH}/{HALL}")
    form = {"event": at_work.event, "code": code, "need": "bed", "key": "a" * 26}
    page = main_of(await (await seat.post(f"{PATH}/{HALL}/in", **form)).text())
    assert "这是一家人的码：谁到了？" in page
    assert re.findall(r'name="person" value="(\d+)" checked', page) == ["11", "12"]
    assert await at_work.inside() == 0
    form = {"event": at_work.event, "code": code, "ticked": "yes", "key": "b" * 26}
    none = await (await seat.post(f"{PATH}/{HALL}/in", **form)).text()
    assert "一个人也没有勾选" in none
    await seat.post(f"{PATH}/{HALL}/in", **form, person="12")
    assert await at_work.inside() == 1
    leaving = {"event": at_work.event, "code": code, "out_to": "hospital", "key": "c" * 26}
    page = main_of(await (await seat.post(f"{PATH}/{HALL}/out", **leaving)).text())
    assert re.findall(r'name="person" value="(\d+)" checked', page) == ["12"]
    assert 'name="out_to" value="hospital"' in page
    assert "登记在安置点" in page
    kin = await seat.post("/console/kin", event=at_work.event, code=code, village=VILLAGE)
    assert "这是一家人的码：谁到了？" in await kin.text()


async def test_a_desk_signs_out_who_is_inside_of_a_closed_event(
    house: House, seat: Seat, at_work: Desks
) -> None:
    (code,) = await at_work.codes(1)
    await at_work.visit(code=code)
    await forget(at_work.office, Leaving(people=[at_work.people[0].id], why="迁出"))
    await close_event(at_work.office, at_work.hq.li, at_work.event)
    await signed_in(seat, "desk")
    listed = await (await seat.get(PATH)).text()
    assert f'href="{PATH}/{HALL}"' in listed
    board = await (await seat.get(f"{PATH}/{HALL}")).text()
    assert "这次应急已经结束，不再登记入住" in board
    assert f'action="{PATH}/{HALL}/in"' not in board.split("没有码的人")[0]
    form = {"event": at_work.event, "purpose": "清点人数"}
    page = await (await seat.post(f"{PATH}/{HALL}/names", **form)).text()
    assert "名册上已经没有的人" in page
    form = {"event": at_work.event, "person": "1", "out_to": "home", "key": "d" * 26}
    assert "已登记离开" in await (await seat.post(f"{PATH}/{HALL}/out", **form)).text()
    assert await at_work.inside() == 0
