"""Rosters and grids at the console: tried first, then written; nobody without a worker unseen."""

from datetime import timedelta

from aiohttp import FormData

from bot.house import House
from data.civic.ids import AreaCode, GridId, WorkerId
from data.civic.people import Role
from data.civic.safety.grids import GridWorker
from data.civic.safety.targets import Target
from tests import builders
from tests.rosters import cells, csv
from tests.staffed import LINPU, Seat, hired
from tests.townsfolk import VILLAGE

PURPOSE = "汛前更新名册"
GOOD = csv([cells(1), cells(2)]).encode()
BAD = csv([cells(1), cells(2, id_number="123")]).encode()


async def sent(seat: Seat, content: bytes, **fields: str) -> str:
    form = FormData({"csrf": seat.csrf, "purpose": PURPOSE, **fields})
    form.add_field("file", content, filename="roster.csv", content_type="text/csv")
    answer = await seat.client.post("/console/rosters", data=form)
    assert answer.status == 200
    return await answer.text()


def digest_in(page: str) -> str:
    return page.split('name="tried" value="')[1][:64]


async def people(house: House) -> int:
    found = await house.stores.villages.covered(Target(areas=(LINPU,)))
    return sum(one.people for one in found)


async def test_a_roster_is_tried_then_written(house: House, seat: Seat) -> None:
    await hired(house, "wang", Role.ADMIN)
    await seat.sign_in()
    await seat.get("/console/rosters")
    tried = await sent(seat, GOOD)
    assert "新增 2 人" in tried
    assert "什么都没有改" in tried
    assert await people(house) == 0
    assert "这不是刚才试过的那份文件" in await sent(seat, BAD, tried=digest_in(tried))
    written = await sent(seat, GOOD, tried=digest_in(tried))
    assert "已写入" in written
    assert "2 人没有人负责" in written
    assert await people(house) == 2


async def test_mistakes_are_told_cell_by_cell_and_the_rest_only_if_wished(
    house: House, seat: Seat
) -> None:
    await hired(house, "wang", Role.ADMIN)
    await seat.sign_in()
    await seat.get("/console/rosters")
    tried = await sent(seat, BAD)
    assert "有 1 处错" in tried
    assert "B3" in tried
    assert "123" not in tried.split("错在哪里")[-1].replace("12345", "")
    assert "已写入" not in await sent(seat, BAD, tried=digest_in(tried))
    assert await people(house) == 0
    assert "已写入" in await sent(seat, BAD, tried=digest_in(tried), partial="yes")
    assert await people(house) == 1


async def test_what_cannot_be_read_is_said_and_a_purpose_is_needed(
    house: House, seat: Seat
) -> None:
    await hired(house, "wang", Role.ADMIN)
    await seat.sign_in()
    await seat.get("/console/rosters")
    assert "文件读不了" in await sent(seat, b"nothing,known\n1,2\n")
    assert "请选文件，写用途" in await sent(seat, GOOD, purpose="")
    assert "请选文件，写用途" in await (await seat.post("/console/rosters", purpose="x")).text()


async def test_the_template_is_given_as_a_workbook(house: House, seat: Seat) -> None:
    await hired(house, "wang", Role.DUTY)
    await seat.sign_in()
    answer = await seat.get("/console/rosters/template.xlsx")
    assert (await answer.read())[:2] == b"PK"
    assert "试导入</button>" not in await (await seat.get("/console/rosters")).text()


async def test_a_grid_gets_a_worker_a_deputy_and_a_leave_without_a_gap(
    house: House, seat: Seat
) -> None:
    await hired(house, "wang", Role.ADMIN)
    await seat.sign_in()
    for name in ("chen", "liu"):
        worker = {"id": name, "name": name, "phone": "13800000001", "area": LINPU}
        assert "已改好" in await (await seat.post("/console/grids/workers", **worker)).text()
    grid = {"id": "z-1", "name": "一组", "village": VILLAGE}
    bare = await (await seat.post("/console/grids", **grid)).text()
    assert "没有人负责" in bare
    assigned = await seat.post("/console/grids/assign", grid="z-1", worker="chen")
    assert "已改好" in await assigned.text()
    days = {
        "worker": "chen",
        "first": f"{builders.now():%Y-%m-%d}",
        "last": f"{builders.now() + timedelta(days=1):%Y-%m-%d}",
    }
    alone = await (await seat.post("/console/grids/leave", **days)).text()
    assert "一段时间没有人负责" in alone
    await seat.post("/console/grids/deputy", worker="chen", deputy="liu")
    assert "已改好" in await (await seat.post("/console/grids/leave", **days)).text()
    assert "正在请假" in await (await seat.get("/console/grids")).text()
    assert "已改好" in await (await seat.post("/console/grids/back", worker="chen")).text()
    found = await house.stores.grids.get(GridId("z-1"))
    assert found is not None
    assert [one.id for one in found.workers] == ["chen", "liu"]


async def test_what_does_not_fit_is_refused_in_words(house: House, seat: Seat) -> None:
    await hired(house, "wang", Role.ADMIN)
    await seat.sign_in()
    odd = {"id": "chen", "name": "陈", "phone": "12", "area": LINPU}
    assert "没有改动" in await (await seat.post("/console/grids/workers", **odd)).text()
    unknown = await seat.post("/console/grids/assign", grid="none", worker="none")
    assert "没有这个网格" in await unknown.text()
    dateless = await seat.post("/console/grids/leave", worker="chen", first="x", last="y")
    assert "没有改动" in await dateless.text()


async def test_a_refused_form_of_grids_keeps_what_was_typed(house: House, seat: Seat) -> None:
    await hired(house, "wang", Role.ADMIN)
    await seat.sign_in()
    worker = {"id": "chen", "name": "陈一", "phone": "12", "area": LINPU, "login": "chen-1"}
    page = await (await seat.post("/console/grids/workers", **worker)).text()
    entry = page.split("<h2>登记网格员</h2>")[1].split("</form>")[0]
    assert all(f'value="{said}"' in entry for said in worker.values())
    grid = {"id": "A!", "name": "第一网格", "village": VILLAGE}
    page = await (await seat.post("/console/grids", **grid)).text()
    entry = page.split("<h2>建网格</h2>")[1].split("</form>")[0]
    assert all(f'value="{said}"' in entry for said in ("A!", "第一网格"))
    assert f'<option value="{VILLAGE}" selected>' in entry
    assert "陈一" not in page


async def test_the_duty_officer_sees_grids_and_arranges_none(house: House, seat: Seat) -> None:
    await hired(house, "wang", Role.DUTY)
    await seat.sign_in()
    assert "建网格</button>" not in await (await seat.get("/console/grids")).text()
    refused = await seat.post("/console/grids/assign", grid="z-1", worker="chen")
    assert refused.status == 403


async def test_grid_workers_are_imported_from_a_file_tried_first(house: House, seat: Seat) -> None:
    await hired(house, "wang", Role.ADMIN)
    await seat.sign_in()
    await seat.get("/console/grids")
    head = "编号,姓名,电话,地区代码"

    async def send(*lines: str, **fields: str) -> str:
        form = FormData({"csrf": seat.csrf, "purpose": PURPOSE, **fields})
        form.add_field("file", "\n".join((head, *lines)).encode(), filename="网格员.csv")
        return await (await seat.client.post("/console/grids/import", data=form)).text()

    good = f"w-a,陈一,13800000001,{VILLAGE}"
    assert "会新增 1 人" in await send(good)
    assert await house.stores.grids.workers_within(LINPU) == []
    wrong = await send(f"w-a,陈一,x1,{VILLAGE}", write="yes")
    assert wrong.index("!C2<") < wrong.index("电话不对")
    assert "这个文件读不出来" in await send(f"w-a,=A1,13800000001,{VILLAGE}")
    assert "写明用途" in await send(good, purpose="")
    assert "已导入：新增 1 人" in await send(good, write="yes")
    (worker,) = await house.stores.grids.workers_within(LINPU)
    assert worker.name == "陈一"
    elsewhere = GridWorker(
        id=WorkerId("w-b"), name="钱二", phone="13800000009", area=AreaCode("330110001")
    )
    await house.stores.grids.enlist(elsewhere)
    overtaken = await send(
        f"w-c,陈三,13800000003,{VILLAGE}", f"w-b,陈二,13800000002,{VILLAGE}", write="yes"
    )
    assert "没有全部写入：有人同时在改网格员" in overtaken
    assert f'name="purpose" value="{PURPOSE}"' in overtaken
    assert len(await house.stores.grids.workers_within(LINPU)) == 2
