"""Mistakes in tables that offices send: each has words in Chinese on the page."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from io import BytesIO

import pytest
from aiohttp import FormData
from openpyxl import load_workbook

from bot.console.warnings import row_mistakes
from bot.house import House
from bot.workbooks.rosters import read_roster
from bot.workbooks.workers import read_workers
from data.civic.errors import Mistake, Mistakes
from data.civic.ids import AreaCode, ShelterId
from data.civic.people import Role
from data.content.roster_words import roster_words
from data.content.worker_words import worker_words
from tests.rosters import Cells, cells, csv, saved, xlsx
from tests.sheltering import shelter
from tests.staffed import Seat, hired

ENGLISH = re.compile(r"[a-z]{2,} [a-z]{2,}")
PASSED, TO_COME = date(2020, 1, 1), date(2099, 1, 1)
ODD: tuple[Cells, ...] = (
    cells(1, village="桃花岛村", phone="x1", risks="飞行", mobility="飞", smartphone="也许"),
    cells(2, name="", born="去年", until="后天", checked="x", lon="东", lat="30.1", grid="九组"),
    cells(3, id_number="123", proxy_phone="13800000000", grid="九组", until=PASSED.isoformat()),
    cells(4, id_number="3.30109E+17", name="9", household="长" * 61, checked=TO_COME.isoformat()),
    cells(5, id_number="", risks="临时扩面"),
    cells(6, lon="120.2"),
    cells(7, lon="30.1", lat="120.2"),
    cells(8),
    cells(8),
    cells(9, village="330102105201", grid="一组"),
)
"""Every way in which one row may be wrong."""


def refused(read: Callable[..., object], content: bytes, words: object) -> Iterable[Mistake]:
    with pytest.raises(Mistakes) as found:
        read("名册.csv", content, words)
    return found.value.mistakes


def books() -> Iterable[bytes]:
    """Write files that cannot be read."""
    titled, book = xlsx([cells(1)])
    book.worksheets[0].merge_cells("A2:A3")
    yield saved(book)
    computed = load_workbook(BytesIO(titled))
    computed.worksheets[0]["A2"] = "=1+1"
    yield saved(computed)
    head = csv([]).encode()
    yield from (b"", b"a,b\n1,2\n", head, b"PK\x03\x04nothing", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    yield head + "样\x01例".encode()
    yield head + b'"open'
    yield head.replace("姓名".encode(), "姓名,姓名".encode())
    yield head + b"\xff\xff\xff"
    yield head + b"\0"


@pytest.mark.parametrize("content", list(books()))
def test_why_a_file_cannot_be_read_has_words(content: bytes) -> None:
    told = row_mistakes.told(refused(read_roster, content, roster_words()))
    assert "other" not in {one.kind for one in told}
    told = row_mistakes.told(refused(read_workers, content, worker_words()))
    assert "other" not in {one.kind for one in told}


def test_what_was_left_out_of_a_file_has_words() -> None:
    odd = csv([cells(1)]).replace("姓名", "星座,姓名").replace("样例1", "天蝎,样例1").encode("gbk")
    roster = read_roster("名册.csv", odd, roster_words())
    assert [one.kind for one in row_mistakes.notices(roster.notices)] == ["left_out", "gbk"]


async def test_every_mistake_of_a_roster_is_told_in_chinese(house: House, seat: Seat) -> None:
    await hired(house, "wang", Role.ADMIN)
    await seat.sign_in()
    await seat.get("/console/rosters")
    page = await sent(seat, "/console/rosters", csv(ODD).encode())
    table = page.split('aria-label="错在哪里"')[1].split("</table>")[0]
    assert table.count("<tr>") > len(ODD) + 10
    assert ENGLISH.findall(re.sub(r"<[^>]*>", "", table)) == []
    assert "没有“桃花岛村”这个村社" in table


async def test_every_mistake_of_grid_workers_is_told_in_chinese(house: House, seat: Seat) -> None:
    await hired(house, "wang", Role.ADMIN)
    await seat.sign_in()
    await seat.get("/console/grids")
    lines = (
        "编号,姓名,电话,地区代码,替补编号,负责网格,工作台账号",
        "A!,,x,99,nobody,no-grid,no-login",
        "w-1,陈一,13800000001,330109105201,w-1,,",
        "w-1,陈一,13800000001,330109105201,,,",
    )
    page = await sent(seat, "/console/grids/import", "\n".join(lines).encode())
    table = page.split('aria-label="错在哪里"')[1].split("</table>")[0]
    assert table.count("<tr>") > 8
    assert ENGLISH.findall(re.sub(r"<[^>]*>", "", table)) == []


async def test_every_mistake_of_shelters_is_told_in_chinese(house: House, seat: Seat) -> None:
    await hired(house, "wang", Role.ADMIN)
    await seat.sign_in()
    await seat.get("/console/shelters")
    await house.stores.shelters.add(shelter(ShelterId("far"), area=AreaCode("330110001")))
    place = "330109105201"
    lines = (
        "编号,名称,级别,地区代码,可容纳人数,电话,检查有效期至,床位,轮椅能进,经度,纬度",
        "a-1,,,,,,,,,,",
        f"a-2,{'长' * 61},省级,{place},80,x,下个月,,,,",
        f"a-3,礼堂,省级,{place},80,12345,2029-03-31,,,,",
        f"a-3,礼堂,村级,{place},很多,12345,2029-03-31,,,,",
        f"a-4,礼堂,村级,{place},80,12345,下个月,,,,",
        f"a-5,礼堂,村级,{place},80,12345,2029-03-31,90,,,",
        f"a-6,礼堂,村级,{place},80,12345,2029-03-31,,也许,,",
        f"a-7,礼堂,村级,{place},80,12345,2029-03-31,,,东,北",
        "a-8,礼堂,村级,99,80,12345,2029-03-31,,,,",
        f"A!,礼堂,村级,{place},80,12345,2029-03-31,,,,",
    )
    page = await sent(seat, "/console/shelters/import", "\n".join(lines).encode())
    table = page.split('aria-label="错在哪里"')[1].split("</table>")[0]
    assert table.count("<tr>") > len(lines) + 5
    assert ENGLISH.findall(re.sub(r"<[^>]*>", "", table)) == []
    for words in ("“省级”不对", "2028-09-30", "“很多”不对：请写整数", "编号 a-3 出现了两次"):
        assert words in table
    none = await sent(seat, "/console/shelters/import", lines[0].encode())
    assert "一行也没有填" in none


async def sent(seat: Seat, path: str, content: bytes) -> str:
    form = FormData({"csrf": seat.csrf, "purpose": "汛前更新名册"})
    form.add_field("file", content, filename="名册.csv", content_type="text/csv")
    answer = await seat.client.post(path, data=form)
    assert answer.status == 200
    return await answer.text()
