"""Tryouts and batch tests at the console: upload, report, mark, compare."""

import csv
import re
from collections.abc import AsyncIterator
from io import StringIO
from urllib.parse import urlsplit

import pytest
from aiohttp import FormData

from bot.first_release import Shipped
from bot.house import House
from data.civic.people import Role
from data.civic.talk.groups import Wanted
from tests import drafting
from tests.staffed import Seat, hired, served

ASKED = "编号,诉求内容\r\n1,怎么办护照\r\n2,qwerty zxcv\r\n3,我的电话13912345678，办护照\r\n"


@pytest.fixture
async def seat(house: House, shipped: Shipped) -> AsyncIterator[Seat]:
    await drafting.served(house, shipped)
    await hired(house, "wang", Role.EDITOR)
    async with served(house) as client:
        seat = Seat(client)
        await seat.sign_in()
        yield seat


async def upload(seat: Seat, path: str, content: bytes, *, field: str = "file") -> tuple[int, str]:
    """Send a file as the page's form does; tell the status and where it led."""
    form = FormData()
    form.add_field("csrf", seat.csrf)
    form.add_field(field, content, filename="问题.csv", content_type="text/csv")
    response = await seat.client.post(path, data=form)
    return response.status, urlsplit(str(response.url)).path


async def done(seat: Seat, path: str) -> str:
    """Read a report once it is there."""
    page = await (await seat.get(path)).text()
    while "刷新" in page:
        page = await (await seat.get(path)).text()
    return page


async def test_a_file_becomes_a_report(seat: Seat) -> None:
    await seat.get("/console/tryouts")
    _, path = await upload(seat, "/console/tryouts", ASKED.encode("gb18030"))
    report = await done(seat, path)
    assert "答出来了" in report
    assert "qwerty" in report
    assert "139****5678" in report
    assert "13912345678" not in report


async def test_what_is_ticked_goes_to_the_inbox_once(seat: Seat, house: House) -> None:
    await seat.get("/console/tryouts")
    _, path = await upload(seat, "/console/tryouts", ASKED.encode())
    await done(seat, path)
    for _ in range(2):
        form = FormData()
        form.add_field("csrf", seat.csrf)
        form.add_field("row", "1")
        await seat.client.post(f"{path}/mark", data=form)
    groups = await house.stores.question_groups.list(Wanted(), limit=10)
    assert [(one.samples[0].text, one.count) for one in groups] == [("qwerty zxcv", 1)]


async def test_a_marked_table_goes_to_the_inbox(seat: Seat, house: House) -> None:
    await seat.get("/console/tryouts")
    _, path = await upload(seat, "/console/tryouts", ASKED.encode())
    await done(seat, path)
    table = (await (await seat.get(f"{path}/table.csv")).read()).decode("utf-8-sig")
    rows = list(csv.reader(StringIO(table, newline="")))
    rows[1][-1] = "不对"
    marked = StringIO(newline="")
    csv.writer(marked).writerows(rows)
    await upload(seat, f"{path}/mark", marked.getvalue().encode(), field="table")
    groups = await house.stores.question_groups.list(Wanted(), limit=10)
    assert [one.samples[0].text for one in groups] == ["怎么办护照"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        pytest.param(b"", "没有读成|no file", id="nothing chosen"),
        pytest.param(b"\xd0\xcf\x11\xe0 old", "xls", id="Excel 97"),
        pytest.param(b"PK\x03\x04 broken", "xlsx", id="broken workbook"),
        pytest.param("问题\n".encode() * 10_005, "10000", id="too many"),
    ],
)
async def test_what_cannot_be_read_is_said_on_the_page(
    seat: Seat, content: bytes, why: str
) -> None:
    await seat.get("/console/tryouts")
    form = FormData()
    form.add_field("csrf", seat.csrf)
    form.add_field("file", content, filename="a.csv", content_type="text/csv")
    response = await seat.client.post("/console/tryouts", data=form)
    assert response.status == 400
    assert re.search(why, await response.text())


async def test_a_file_without_the_session_s_token_is_refused(seat: Seat) -> None:
    form = FormData()
    form.add_field("file", ASKED.encode(), filename="a.csv", content_type="text/csv")
    assert (await seat.client.post("/console/tryouts", data=form)).status == 403


async def test_a_batch_test_tells_what_is_not_as_expected_and_compares(
    seat: Seat, house: House
) -> None:
    await seat.get("/console/drafts")
    begun = await seat.post("/console/drafts", title="试")
    tests = f"{urlsplit(str(begun.url)).path}/tests"
    await done(seat, tests)
    sheet = (
        "问题,期望事项,期望要点,期望词语\n护照怎么办,护照办理,,\n水进来了我妈被困,护照办理,,120\n"
    )
    _, first = await upload(seat, tests, sheet.encode())
    report = await done(seat, first)
    assert "符合预期 1" in report
    assert "不符合预期 1" in report
    assert "事项不对" in report
    _, second = await upload(seat, tests, sheet.encode())
    await done(seat, second)
    beside = await (await seat.get(f"{second}?with={first.rsplit('/', 1)[1]}")).text()
    assert "两次的结果完全一样" in beside


async def test_a_wrong_row_of_a_test_is_named_by_its_cell(seat: Seat) -> None:
    await seat.get("/console/drafts")
    begun = await seat.post("/console/drafts", title="试")
    tests = f"{urlsplit(str(begun.url)).path}/tests"
    await done(seat, tests)
    sheet = "问题,期望事项\n护照怎么办,没有这个事项\n身份证丢了,\n"
    _, path = await upload(seat, tests, sheet.encode())
    assert "!B2" in await done(seat, path)
