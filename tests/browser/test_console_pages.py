"""The console in a real browser: a citizen is served, nothing is violated, 390 px suffice."""

from collections.abc import AsyncIterator

import pytest
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from bot.clock import SystemClock
from bot.house import House
from data.civic.people import Role
from data.civic.talk.conversations import Attention
from tests import builders
from tests.staffed import PASSWORD, app_of, hired, in_danger, said, unanswered

pytestmark = pytest.mark.browser

TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def clock() -> SystemClock:
    """The machine's own: the browser and the database live by it."""
    return builders.clock()


@pytest.fixture
async def address(house: House) -> AsyncIterator[str]:
    async with TestServer(app_of(house)) as server:
        yield str(server.make_url("/console/"))


@pytest.fixture(params=[1180, 390])
async def context(
    chromium: Browser, request: pytest.FixtureRequest
) -> AsyncIterator[BrowserContext]:
    context = await chromium.new_context(
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        viewport={"width": request.param, "height": 844},
    )
    yield context
    await context.close()


@pytest.fixture
async def page(context: BrowserContext) -> AsyncIterator[Page]:
    """A page that fails its test when the browser has anything to complain of."""
    page, wrong = await context.new_page(), list[str]()

    def heard(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            wrong.append(message.text)

    page.on("console", heard)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    assert wrong == []


async def _sign_in(page: Page, address: str) -> None:
    await page.goto(address)
    await page.get_by_label("用户名").fill("wang")
    await page.get_by_label("密码").fill(PASSWORD)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="首页")).to_be_visible()


async def _fits(page: Page) -> None:
    assert await page.evaluate(TOO_WIDE) <= 0, f"{page.url} scrolls sideways"


async def _serve(page: Page, address: str) -> None:
    await _sign_in(page, address)
    await page.get_by_role("link", name="位市民等待接待").click()
    await page.get_by_role("link", name="查看").click()
    await page.get_by_role("button", name="接待这位市民").click()
    await page.get_by_label("回复市民").fill("请带户口本来大厅")
    await page.get_by_role("button", name="发送").click()
    await expect(page.locator(".talk .staff .said")).to_have_text("请带户口本来大厅")
    await page.get_by_role("button", name="结束接待").click()
    await expect(page.get_by_text("现在没有市民在等人工接待")).to_be_visible()


async def test_a_citizen_is_claimed_answered_and_given_back(
    house: House, page: Page, address: str
) -> None:
    await hired(house)
    who = await said(house, "护照怎么办", "转人工")
    await _serve(page, address)
    kept = await house.stores.conversations.get(who)
    assert kept.attention is Attention.ASSISTANT


async def test_everything_works_without_scripts(
    house: House, chromium: Browser, address: str
) -> None:
    await hired(house)
    await said(house, "转人工")
    context = await chromium.new_context(locale="zh-CN", java_script_enabled=False)
    await _serve(await context.new_page(), address)
    await context.close()


async def test_no_page_scrolls_sideways(house: House, page: Page, address: str) -> None:
    await hired(house, "wang", *Role)
    await said(house, "一句" + "很长的话" * 40, "转人工")
    await unanswered(house, "量子纠缠有什么用")
    number = await in_danger(house, builders.citizen("in-danger"))
    await page.goto(address)
    await _fits(page)
    await _sign_in(page, address)
    for path in ("", "waiting", "inbox", "tickets", f"tickets/{number}"):
        await page.goto(address + path)
        await _fits(page)
    await page.get_by_role("button", name="打开工单").click()
    await expect(page.get_by_text("水进来了我妈被困")).to_be_visible()
    await _fits(page)
    await page.goto(f"{address}waiting")
    await page.get_by_role("link", name="查看").click()
    await expect(page.get_by_role("button", name="接待这位市民")).to_be_visible()
    await _fits(page)


async def test_a_list_refreshes_itself_and_keeps_the_focus(
    house: House, page: Page, address: str
) -> None:
    await hired(house)
    await said(house, "转人工")
    await _sign_in(page, address)
    await page.goto(f"{address}waiting")
    link = page.get_by_role("link", name="查看")
    await link.focus()
    focused = await link.get_attribute("id")
    await said(house, "转人工", by=builders.citizen("openid-2"))
    await expect(page.locator("tbody tr")).to_have_count(2, timeout=15_000)
    assert await page.evaluate("document.activeElement.id") == focused


async def test_the_menu_folds_on_a_phone_and_opens_by_the_keyboard(
    house: House, page: Page, address: str
) -> None:
    await hired(house)
    await _sign_in(page, address)
    menu = page.locator("nav.menu .menu-list")
    if (page.viewport_size or {})["width"] > 720:
        await expect(menu).to_be_visible()
        return
    await expect(menu).to_be_hidden()
    await page.get_by_role("checkbox", name="展开菜单").focus()
    await page.keyboard.press("Space")
    await expect(menu).to_be_visible()


async def test_the_keyboard_reaches_the_content_at_once(
    house: House, page: Page, address: str
) -> None:
    await hired(house)
    await _sign_in(page, address)
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    assert await page.evaluate("document.activeElement.id") == "main"
