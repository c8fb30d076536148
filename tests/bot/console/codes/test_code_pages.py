"""Codes at the console: chosen by village, printed, re-issued, checked; nothing in an address."""

import re
from datetime import timedelta
from html import unescape

from bot.house import House
from data.civic.ids import HouseholdId, PersonId
from data.civic.people import Role
from data.civic.safety.codes import CodeKind, in_digits
from data.civic.safety.rosters import Household
from handlers.acts.check_code import MINUTE, TYPED
from handlers.acts.issue_code import Wish, issue_codes
from handlers.acts.issuing import Issued
from tests import builders
from tests.staffed import LINPU, Seat, hired
from tests.townsfolk import VILLAGE, person, settled

WHY = "台风前发纸码"
LIST = {"village": VILLAGE, "purpose": WHY}


async def at_work(house: House, seat: Seat, *roles: Role) -> None:
    await hired(house, "wang", *(roles or (Role.DUTY,)), area=LINPU)
    await settled(house.stores, person(1), person(2, household=9), person(3, household=9))
    await seat.sign_in()
    await seat.get("/console/codes/check" if Role.SHELTER in roles else "/console/codes")


async def sheet(house: House) -> Issued:
    staff = await house.stores.staff.by_login("wang")
    assert staff
    wish = Wish(people=(PersonId(1),), kind=CodeKind.PENDANT)
    (one,) = await issue_codes(house.office(), staff, wish, purpose=WHY)
    return one


async def test_a_village_is_chosen_people_ticked_and_codes_laid_out(
    house: House, seat: Seat
) -> None:
    await at_work(house, seat)
    listed = await (await seat.post("/console/codes/people", **LIST)).text()
    assert listed.count('name="person"') == 3
    chosen = {"person": "1", "kind": "sheet", "whose": "person"}
    page = await (await seat.post("/console/codes/print", **LIST, **chosen)).text()
    again = await (await seat.post("/console/codes/print", **LIST, **chosen)).text()
    digits = re.findall(r'class="digits">([\d ]+)<', page)
    assert len(digits) == 1
    assert digits == re.findall(r'class="digits">([\d ]+)<', again)
    assert "居*1" in page
    assert "居民1" not in page.split("<main")[1]
    assert "12345" in page
    relisted = await (await seat.post("/console/codes/people", **LIST)).text()
    assert "纸码，已发" in relisted


async def test_sheets_are_told_apart_by_number_and_a_list_of_doors(
    house: House, seat: Seat
) -> None:
    await at_work(house, seat)
    home = Household(
        id=HouseholdId(9),
        village=VILLAGE,
        address="灵山路9号",
        purge_on=builders.now().date() + timedelta(days=300),
    )
    await house.stores.households.put(home)
    chosen = [("person", "1"), ("person", "2"), ("kind", "sheet"), ("whose", "person")]
    sent = [("csrf", seat.csrf), *LIST.items(), *chosen]
    page = await (await seat.client.post("/console/codes/print", data=sent)).text()
    sheets, listed = page.split('class="handing-out"')
    assert all(f"第 {number} 张" in sheets for number in (1, 2))
    assert "灵山路9号" not in sheets
    assert "灵山路9号" in listed
    assert "居民2" not in listed


async def test_a_pendant_is_ended_and_another_printed(house: House, seat: Seat) -> None:
    await at_work(house, seat)
    old = await sheet(house)
    code = {**LIST, "code": old.credential.id}
    page = await (await seat.post("/console/codes/reissue", **code)).text()
    assert in_digits(old.credential.handle) not in page
    refused = await (await seat.post("/console/codes/lost", **code)).text()
    assert "已经作废" in refused
    checked = await (await seat.post("/console/codes/check", code=old.text)).text()
    assert "已作废" in checked.split('id="words"')[0]


async def test_withdrawing_needs_a_reason(house: House, seat: Seat) -> None:
    await at_work(house, seat)
    one = await sheet(house)
    code = {**LIST, "code": one.credential.id}
    done = await (await seat.post("/console/codes/revoke", **code, reason="搬走了")).text()
    assert "这张码从现在起不能用了" in done
    found = await house.stores.credentials.get(one.credential.id)
    assert found is not None
    assert (found.state, found.reason) == ("revoked", "搬走了")


async def test_what_does_not_fit_is_said(house: House, seat: Seat) -> None:
    await at_work(house, seat)
    assert "写用途" in await (await seat.post("/console/codes/people", village=VILLAGE)).text()
    nobody = await (await seat.post("/console/codes/print", **LIST, kind="sheet")).text()
    assert "请勾 1 到 200 个人" in nobody
    odd = await seat.post("/console/codes/print", **LIST, kind="sheet", person="x" * 20)
    assert "请勾 1 到 200 个人" in await odd.text()


async def test_a_code_is_checked_without_scripts(house: House, seat: Seat) -> None:
    await at_work(house, seat)
    one = await sheet(house)
    scanned = await (await seat.post("/console/codes/check", code=one.text)).text()
    shown = unescape(scanned.split('id="words"')[0])
    assert "有效" in shown
    assert "居*1" in shown
    typed = await seat.post("/console/codes/check", code=in_digits(one.credential.handle))
    assert 'id="unproven">' in await typed.text()
    assert "有一位打错了" in await (await seat.post("/console/codes/check", code="1234")).text()
    unknown = await seat.post("/console/codes/check", code=in_digits(12345))
    assert "没有查到" in (await unknown.text()).split('id="words"')[0]
    foreign = await (await seat.post("/console/codes/check", code="https://x.cn/")).text()
    assert "不是安全码" in foreign.split('id="words"')[0]


async def test_the_page_alone_may_use_the_camera_and_names_nobody(house: House, seat: Seat) -> None:
    await at_work(house, seat, Role.SHELTER)
    answer = await seat.get("/console/codes/check")
    assert "camera=(self)" in answer.headers["Permissions-Policy"]
    assert "script-src" not in answer.headers["Content-Security-Policy"]
    assert "王芳" not in await answer.text()
    assert (await seat.get("/console/codes")).status == 403
    other = await seat.get("/console/help")
    assert "camera=()" in other.headers["Permissions-Policy"]


async def test_the_kit_names_nobody_and_the_list_only_masked(house: House, seat: Seat) -> None:
    await at_work(house, seat)
    one = await sheet(house)
    kit = await (await seat.get("/console/codes/kit.json")).json()
    assert set(kit) == {"at", "keys", "version", "revoked", "csrf", "area"}
    assert len(kit["keys"]) == 1
    listed = await seat.post("/console/codes/people.json", **LIST)
    (known,) = (await listed.json())["people"]
    assert (known["handle"], known["name"]) == (one.credential.id, "居*1")
    refused = await seat.post("/console/codes/people.json", village=VILLAGE, purpose="")
    assert refused.status == 400


async def test_nobody_guesses_digits_in_rows(house: House, seat: Seat) -> None:
    await at_work(house, seat)
    staff = await house.stores.staff.by_login("wang")
    assert staff is not None
    await house.stores.counters.hit(f"code-check/{staff.id}", window=MINUTE, by=TYPED)
    assert (await seat.post("/console/codes/check", code="1234")).status == 429
