"""The camera of the page that checks codes: whom it shows is whom the desk takes in.

Chromium gives a camera of its own; the reader of codes stands in for the one this Chromium lacks.
"""

import pytest
from playwright.async_api import BrowserContext, Page, expect

from bot.house import House
from data.civic.safety.codes import in_digits, unpack
from tests.browser.seated import at_desk, check
from tests.sheltering import Desks, desks
from tests.staffed import Seat

pytestmark = pytest.mark.browser

READER = """globalThis.BarcodeDetector = class {
  static getSupportedFormats = async () => ["qr_code"];
  detect = async () => (globalThis.heldOut ? [{ rawValue: globalThis.heldOut }] : []);
};"""


async def scan(page: Page, code: str) -> None:
    """Hold a code before the camera."""
    await page.evaluate("(code) => { globalThis.heldOut = code; }", code)
    await page.get_by_role("button", name="用摄像头扫").click()


@pytest.fixture
async def context(context: BrowserContext) -> BrowserContext:
    await context.grant_permissions(["camera"])
    await context.add_init_script(READER)
    return context


async def test_whom_the_camera_shows_is_whom_the_desk_takes_in(
    house: House, seat: Seat, context: BrowserContext
) -> None:
    one: Desks = await desks(house)
    first, second, *_ = await one.codes()
    page = await at_desk(seat, context)
    await check(page, in_digits(unpack(first).code.handle))
    await expect(page.locator("#facts")).to_contain_text("居*1")
    await scan(page, second)
    await expect(page.locator("#facts")).to_contain_text("居*2")
    await page.get_by_role("button", name="入住").click()
    await expect(page.locator("#stay-told")).to_contain_text("居*2 已登记入住")
    await scan(page, first)
    await expect(page.locator("#facts")).to_contain_text("居*1")
    await expect(page.locator("#code")).to_have_value(first)
    assert await one.inside() == 1


async def test_without_leave_for_the_camera_it_says_what_to_do(
    house: House, seat: Seat, context: BrowserContext
) -> None:
    await desks(house)
    page = await at_desk(seat, context)
    await context.clear_permissions()
    await page.get_by_role("button", name="用摄像头扫").click()
    await expect(page.locator("#code-hint")).to_contain_text("没有打开摄像头")
