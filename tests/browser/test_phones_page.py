"""The phones page by itself: keyboard, sizes, 390 px, and what it says when nobody answers."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from playwright.async_api import Browser, Page, expect

from tests.bot.demo.simulated import Backend, Simulator

pytestmark = pytest.mark.browser

TAPPED = "button, select, textarea, .sizes label"
TOO_SMALL = """found => found
    .filter(one => one.offsetParent)
    .map(one => [one.textContent.trim().slice(0, 12), one.getBoundingClientRect()])
    .filter(([, box]) => box.width < 44 || box.height < 44)
    .map(([text]) => text)"""
TINY_LETTERS = """found => found
    .filter(one => one.offsetParent && one.textContent.trim())
    .map(one => [one.textContent.trim().slice(0, 12), parseFloat(getComputedStyle(one).fontSize)])
    .filter(([, size]) => size < 18)"""


@pytest.fixture(params=[1180, 390])
async def page(
    chromium: Browser, phones_page: str, request: pytest.FixtureRequest
) -> AsyncIterator[Page]:
    context = await chromium.new_context(
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        viewport={"width": request.param, "height": 844},
    )
    page = await context.new_page()
    await page.goto(f"{phones_page}/demo/")
    await expect(page.get_by_role("button", name="关注服务号")).to_be_visible()
    yield page
    await context.close()


@pytest.fixture
def answering(simulator: Simulator, backend: Backend) -> None:
    async def answer(request: web.Request, _: str) -> web.Response:
        return web.Response(text=simulator.passive(request.query["openid"], Content="请带身份证"))

    backend.answer = answer


async def _tab_to(page: Page, selector: str) -> None:
    """Press Tab until what has the focus is meant by `selector`."""
    for _ in range(20):
        await page.keyboard.press("Tab")
        if await page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    pytest.fail(f"the keyboard does not reach {selector!r}")


async def test_a_citizen_follows_and_asks_by_keyboard_alone(page: Page, answering: None) -> None:
    log = page.locator("#panel-service").get_by_role("log")
    await _tab_to(page, ".empty button")
    await page.keyboard.press("Enter")
    await expect(log.get_by_text("请带身份证")).to_have_count(1)

    await _tab_to(page, "textarea")
    await page.keyboard.type("护照怎么办")
    await page.keyboard.press("Enter")

    await expect(log.get_by_text("护照怎么办")).to_be_visible()
    await expect(log.get_by_text("请带身份证")).to_have_count(2)


async def test_nothing_is_wider_than_the_screen(page: Page) -> None:
    wide = await page.evaluate("() => document.documentElement.scrollWidth - innerWidth")

    assert wide <= 0


@pytest.mark.parametrize("size", ["标准", "大字", "特大"])
async def test_everything_that_is_tapped_is_large_enough(page: Page, size: str) -> None:
    await page.locator("#panel-service").get_by_role("radio", name=size).check()

    assert await page.locator(TAPPED).evaluate_all(TOO_SMALL) == []


async def test_large_letters_are_large_everywhere_in_a_chat(page: Page, answering: None) -> None:
    panel = page.locator("#panel-service")
    await panel.get_by_role("radio", name="大字").check()
    await panel.get_by_role("button", name="关注服务号").click()
    await expect(panel.get_by_text("请带身份证")).to_be_visible()

    shown = panel.locator(".bubble, .time, .source, .composer button, textarea, .sizes span")

    assert await shown.evaluate_all(TINY_LETTERS) == []


async def test_tabs_follow_the_arrow_keys(page: Page) -> None:
    await page.get_by_role("tab", name="服务号").focus()
    await page.keyboard.press("ArrowRight")

    await expect(page.get_by_role("tab", name="小程序")).to_be_focused()
    await expect(page.locator("#panel-mini")).to_be_visible()
    await expect(page.locator("#panel-service")).to_be_hidden()


async def test_where_nobody_answers_the_page_says_what_to_do(page: Page) -> None:
    await page.get_by_role("tab", name="小程序").click()
    panel = page.locator("#panel-mini")

    await expect(panel.get_by_role("log").get_by_text("12345")).to_be_visible()
    await expect(panel.get_by_role("button", name="再试一次")).to_be_visible()


async def test_a_push_that_fails_is_shown_as_wechat_shows_it(page: Page, backend: Backend) -> None:
    async def broken(_: web.Request, __: str) -> web.Response:
        return web.Response(status=500)

    backend.answer = broken
    await page.locator("#panel-service textarea").fill("你好")
    await page.keyboard.press("Enter")

    await expect(page.get_by_text("该公众号提供的服务出现故障")).to_be_visible()


async def test_the_page_breaks_none_of_its_own_rules(
    chromium: Browser, phones_page: str, answering: None
) -> None:
    page = await chromium.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    await page.goto(f"{phones_page}/demo/")
    await page.get_by_role("button", name="关注服务号").click()
    await expect(page.locator("#panel-service").get_by_text("请带身份证")).to_be_visible()
    await page.close()

    assert [one for one in complaints if "404" not in one] == []
