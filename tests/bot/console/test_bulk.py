"""Bulk at the console: tried first, kept on a second word, never half."""

import re
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import pytest
from aiohttp import FormData

from bot.first_release import Shipped
from bot.house import House
from data.civic.people import Role
from tests import drafting
from tests.staffed import Seat, hired, served


@pytest.fixture
async def seat(house: House, shipped: Shipped) -> AsyncIterator[Seat]:
    await drafting.served(house, shipped)
    await hired(house, "wang", Role.EDITOR)
    async with served(house) as client:
        seat = Seat(client)
        await seat.sign_in()
        yield seat


@pytest.fixture
async def place(seat: Seat) -> str:
    await seat.get("/console/drafts")
    begun = await seat.post("/console/drafts", title="批量")
    return f"{urlsplit(str(begun.url)).path}/bulk"


async def tried(seat: Seat, place: str, content: bytes, kind: str = "variants") -> tuple[int, str]:
    form = FormData()
    form.add_field("csrf", seat.csrf)
    form.add_field("kind", kind)
    form.add_field("file", content, filename="t.csv", content_type="text/csv")
    response = await seat.client.post(place, data=form)
    return response.status, await response.text()


def hidden(page: str, form: str) -> dict[str, str]:
    """Read the hidden fields of the form whose button says this."""
    found = next(one for one in re.findall(r"<form.*?</form>", page, re.S) if form in one)
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', found))


async def exported(seat: Seat, place: str) -> str:
    return (await (await seat.get(f"{place}/variants.csv")).read()).decode("utf-8-sig")


async def test_a_sheet_is_tried_then_kept_in_the_draft(seat: Seat, place: str) -> None:
    sheet = await exported(seat, place) + "护本本,护照\r\n"
    status, page = await tried(seat, place, sheet.encode())
    assert (status, "新增 1" in page) == (200, True)
    assert "护本本" not in await exported(seat, place)
    kept = await seat.post(f"{place}/keep", **hidden(page, "全部保存"))
    assert "改了 1 个文件" in await kept.text()
    assert "护本本" in await exported(seat, place)


async def test_only_the_good_lines_are_kept_by_choice(seat: Seat, place: str) -> None:
    sheet = await exported(seat, place) + "护本本,护照\r\n没有标准,\r\n"
    _, page = await tried(seat, place, sheet.encode())
    assert "全部保存" not in page
    await seat.post(f"{place}/keep", **hidden(page, "只保存没有错误的行"))
    now = await exported(seat, place)
    assert "护本本" in now
    assert "没有标准" not in now


async def test_nothing_is_kept_when_the_draft_has_changed_since(seat: Seat, place: str) -> None:
    sheet = await exported(seat, place)
    _, one = await tried(seat, place, (sheet + "护本本,护照\r\n").encode())
    _, other = await tried(seat, place, (sheet + "身本本,身份证\r\n").encode())
    await seat.post(f"{place}/keep", **hidden(one, "全部保存"))
    late = await seat.post(f"{place}/keep", **hidden(other, "全部保存"))
    assert "刚刚有人改过" in await late.text()
    assert "身本本" not in await exported(seat, place)


async def test_the_same_click_twice_keeps_it_once(seat: Seat, place: str) -> None:
    sheet = await exported(seat, place) + "护本本,护照\r\n"
    _, page = await tried(seat, place, sheet.encode())
    for _ in range(2):
        await seat.post(f"{place}/keep", **hidden(page, "全部保存"))
    assert (await exported(seat, place)).count("护本本") == 1


@pytest.mark.parametrize(
    ("kind", "content", "why"),
    [
        pytest.param("colours", b"a", "choose what", id="no such sheet"),
        pytest.param("variants", "甲,乙\n".encode(), "甲", id="other columns"),
        pytest.param("variants", b"PK\x03\x04", "xlsx", id="broken workbook"),
    ],
)
async def test_what_is_no_such_sheet_is_said_on_the_page(
    seat: Seat, place: str, kind: str, content: bytes, why: str
) -> None:
    status, page = await tried(seat, place, content, kind)
    assert (status, why in page) == (400, True)


async def test_a_sheet_that_does_not_stand_is_not_found(seat: Seat, place: str) -> None:
    for odd in ("colours.csv", "variants.pdf", "variants"):
        assert (await seat.get(f"{place}/{odd}")).status == 404
