"""Accounts and the audit log at the console, and the tour of the first day."""

import csv
import io
import re

import pytest

from bot.house import House
from data.civic.people import Role
from handlers.acts.note import note
from tests.staffed import COUNTY, PASSWORD, Seat, hired

NEW = {
    "login": "lilei",
    "name": "李雷",
    "department": "城管局",
    "area": COUNTY,
    "role.agent": "on",
}


async def admin(house: House, seat: Seat) -> None:
    await hired(house, "wang", Role.ADMIN)
    await seat.sign_in()


async def auditor(house: House, seat: Seat) -> None:
    await hired(house, "wang", Role.AUDITOR)
    await seat.sign_in()


async def test_a_first_password_is_shown_once_and_a_second_click_makes_no_second(
    house: House, seat: Seat
) -> None:
    await admin(house, seat)
    shown = await (await seat.post("/console/new-staff", key="k1", **NEW)).text()
    assert re.search(r"密码 ([0-9a-v]{4}-){3}[0-9a-v]{4}", shown)
    again = await seat.post("/console/new-staff", key="k1", **NEW)
    assert again.url.path == "/console/staff"
    page = await (await seat.get("/console/staff?q=城管&role=agent")).text()
    assert page.count("lilei</th>") == 1
    assert "等本人改密码" in page


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("login", "李雷", "用户名要 2 到 32 个字符"),
        ("name", " ", "请写姓名"),
        ("role.agent", None, "至少选一个角色"),
        ("login", "wang", "已经有人用了"),
    ],
)
async def test_what_is_wrong_with_a_new_account_is_said_and_nothing_is_lost(
    house: House, seat: Seat, field: str, value: str | None, said: str
) -> None:
    await admin(house, seat)
    form = {k: v for k, v in {**NEW, field: value}.items() if v is not None}
    told = await (await seat.post("/console/new-staff", key="k1", **form)).text()
    assert said in told
    assert 'value="城管局"' in told
    mended = await (await seat.post("/console/new-staff", key="k1", **NEW)).text()
    assert "只显示这一次" in mended


async def test_an_account_is_changed_closed_and_reopened(house: House, seat: Seat) -> None:
    await admin(house, seat)
    await hired(house, "lilei", name="李雷")
    page = await (await seat.get("/console/staff/lilei")).text()
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version
    fields = {"name": "李雷", "area": COUNTY, "role.editor": "on", "version": version[1]}
    assert "已保存" in await (await seat.post("/console/staff/lilei", **fields)).text()
    late = await (await seat.post("/console/staff/lilei", **fields)).text()
    assert "账号刚刚有变动" in late
    assert "账号已停用" in await (await seat.post("/console/staff/lilei/close")).text()
    assert "已停用" in await (await seat.get("/console/staff?state=closed")).text()
    assert "重新启用" in await (await seat.post("/console/staff/lilei/reopen")).text()
    reset = await (await seat.post("/console/staff/lilei/password", key="k2")).text()
    assert "原来的密码和登录都已失效" in reset


async def test_the_own_account_has_no_form(house: House, seat: Seat) -> None:
    await admin(house, seat)
    page = await (await seat.get("/console/staff/wang")).text()
    assert "谁都不能给自己改权限" in page
    assert 'name="version"' not in page
    assert (await seat.post("/console/staff/wang/close")).status == 403


async def test_the_log_names_people_and_acts_in_words(house: House, seat: Seat) -> None:
    await auditor(house, seat)
    await hired(house, "lilei", Role.AGENT, Role.DUTY, name="李雷")
    await note(house.office(), "system", "some.new_act", "XS1")
    page = await (await seat.get("/console/audit")).text()
    for said in ("李雷（lilei）", "新建账号", "坐席、值班员", "some.new_act", "系统", "登录"):
        assert said in page
    of_lilei = await (await seat.get("/console/audit?subject=李雷")).text()
    assert of_lilei.count('<th scope="row">') == 1
    nothing = await (await seat.get("/console/audit?since=2099-01-01")).text()
    assert "没有符合筛选条件的记录" in nothing


async def test_older_entries_are_one_click_away(house: House, seat: Seat) -> None:
    await auditor(house, seat)
    for number in range(100):
        await note(house.office(), "system", "ticket.see", f"XS{number}")
    page = await (await seat.get("/console/audit?act=ticket.see&who=system")).text()
    assert "更早的" not in page
    page = await (await seat.get("/console/audit")).text()
    assert page.count('<th scope="row">') == 100
    older = re.search(r'href="([^"]+before=\d+)"', page)
    assert older
    rest = await (await seat.get(older[1].replace("&amp;", "&"))).text()
    assert rest.count('<th scope="row">') == 3


async def test_a_file_for_spreadsheets_holds_no_formula(house: House, seat: Seat) -> None:
    await auditor(house, seat)
    for words in ("=1+1", "+1", "-1", "@a", "\tb", "＝1", 'say "so", please'):
        await note(house.office(), "system", "ticket.see", "XS1", words)
    answer = await seat.get("/console/audit.csv?act=ticket.see")
    body = await answer.read()
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="audit-')
    assert body.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
    assert rows[0][:4] == ["编号", "时间", "谁", "做了什么"]
    said = [row[-1] for row in reversed(rows[1:])]
    assert said == ["'=1+1", "'+1", "'-1", "'@a", "'\tb", "'＝1", 'say "so", please']


async def test_an_empty_file_has_its_heading(house: House, seat: Seat) -> None:
    await auditor(house, seat)
    body = await (await seat.get("/console/audit.csv?act=no.such")).text(encoding="utf-8-sig")
    assert len(body.strip().splitlines()) == 1


async def test_a_changed_entry_is_found_by_the_check(house: House, seat: Seat) -> None:
    await auditor(house, seat)
    assert "都对得上" in await (await seat.post("/console/audit/verify")).text()
    collection = house.stores.database.collection("audit")
    await collection.update({"_id": 2}, {"$set": {"actor": "somebody else"}})
    assert "从第 2 条起对不上" in await (await seat.post("/console/audit/verify")).text()


@pytest.mark.parametrize("role", Role)
async def test_every_role_has_a_tour_of_five_steps(house: House, seat: Seat, role: Role) -> None:
    await hired(house, "wang", role)
    assert "花两分钟看五步" in await (await seat.sign_in()).text()
    for step in range(1, 6):
        page = await seat.get(f"/console/tour/{step}")
        assert page.status == 200
        for link in re.findall(r'href="(/console/[^"]+)">打开这一页看看', await page.text()):
            assert (await seat.get(link)).status == 200
    done = await (await seat.post("/console/tour/done")).text()
    assert "开始工作吧" in done
    assert "花两分钟看五步" not in await (await seat.get("/console/")).text()


@pytest.mark.parametrize("step", ["0", "6", "x", "１", "01"])
async def test_there_is_no_sixth_step(house: House, seat: Seat, step: str) -> None:
    await hired(house)
    await seat.sign_in()
    assert (await seat.get(f"/console/tour/{step}")).status == 404


async def test_the_menu_shows_what_the_roles_open(house: House, seat: Seat) -> None:
    await hired(house)
    menu = await (await seat.sign_in(password=PASSWORD)).text()
    assert 'href="/console/waiting"' in menu
    for other in ("/console/staff", "/console/audit"):
        assert f'href="{other}"' not in menu
