"""The desk of a shelter on a telephone: scans wait without a network, and arrive once, in time."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, BrowserContext, Page, expect

from bot.clock import SystemClock
from bot.house import House
from data.civic.people import Role
from tests import builders
from tests.sheltering import Desks, desks
from tests.staffed import Seat, served

pytestmark = pytest.mark.browser

PATH = "/console/codes/check"


@pytest.fixture
def clock() -> SystemClock:
    """The machine's: browser and house keep the same time."""
    return builders.clock()


@pytest.fixture
async def seat(house: House) -> AsyncIterator[Seat]:
    async with served(house) as client:
        yield Seat(client)


@pytest.fixture
async def context(chromium: Browser) -> AsyncIterator[BrowserContext]:
    context = await chromium.new_context(locale="zh-CN", timezone_id="Asia/Shanghai")
    yield context
    await context.close()


async def opened(seat: Seat, context: BrowserContext) -> Page:
    await seat.sign_in("desk")
    (kept,) = seat.client.session.cookie_jar
    host = str(seat.client.make_url("/"))
    cookie = {"name": kept.key, "value": kept.value, "url": host, "sameSite": "Strict"}
    await context.add_cookies([cookie])  # type: ignore[list-item]  (a plain dict is one)
    page = await context.new_page()
    await page.goto(str(seat.client.make_url(PATH)))
    await expect(page.locator("#stays")).to_be_visible()
    await page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    return page


async def comes(page: Page, code: str) -> str:
    await page.locator("#code").fill(code)
    await page.get_by_role("button", name="入住").click()
    await expect(page.locator("#stay-told")).not_to_be_empty()
    return await page.locator("#stay-told").inner_text()


async def test_scans_wait_and_arrive_once(
    house: House, seat: Seat, context: BrowserContext
) -> None:
    one: Desks = await desks(house)
    first, second, third, _ = await one.codes()
    page = await opened(seat, context)
    assert "居*1" in await comes(page, first)
    assert await one.inside() == 1

    await context.set_offline(True)
    await page.evaluate("document.getElementById('stay-told').textContent = ''")
    assert "已存在本机" in await comes(page, second)
    await comes(page, third)
    await expect(page.locator("#stay-waiting")).to_contain_text("2 次")
    await page.reload()
    await expect(page.locator("#stay-waiting")).to_contain_text("2 次")
    assert await one.inside() == 1

    await context.set_offline(False)
    await expect(page.locator("#stay-waiting")).to_contain_text("0 次", timeout=15_000)
    assert await one.inside() == 3
    (device,) = [
        each
        for each in await house.stores.scans.devices(one.event)
        if each.device.startswith("phone-")
    ]
    assert (device.scans, device.missing) == (3, 0)
    assert Role.SHELTER in one.desk.roles
