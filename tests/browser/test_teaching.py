"""Staff teach in a real browser: from a question to what it changes, in four clicks, no script."""

from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import pytest
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page

from bot.clock import SystemClock
from bot.first_release import Shipped
from bot.house import House
from data.civic.knowing.drafts import DraftState
from data.civic.people import Role
from handlers.acts.sign_in import sign_in
from tests import builders
from tests.browser.test_every_console_page import NARROW, WIDE, _faults, _keep, _listen
from tests.drafting import served
from tests.staffed import PASSWORD, app_of, hired, said, unanswered

pytestmark = pytest.mark.browser

TEXT = "电动三轮车在哪里年检"
PATIENCE_MS = 100_000
"""A training on a busy machine."""


@pytest.fixture
def clock() -> SystemClock:
    return builders.clock()


@pytest.fixture
async def address(house: House, shipped: Shipped) -> AsyncIterator[str]:
    await served(house, shipped)
    await hired(house, "wang", Role.EDITOR)
    await said(house, "三轮车年检", "护照怎么办", "没用")
    await unanswered(house, TEXT)
    await unanswered(house, "电动三轮车年检找谁")
    async with TestServer(app_of(house)) as server:
        yield str(server.make_url("/")).rstrip("/")


async def seated(chromium: Browser, house: House, address: str, *, scripts: bool) -> Page:
    context = await chromium.new_context(
        locale="zh-CN", java_script_enabled=scripts, viewport={"width": WIDE, "height": 844}
    )
    token, _ = await sign_in(house.office(), "wang", PASSWORD)
    cookie = {"name": "bianmin", "value": token, "url": address, "sameSite": "Strict"}
    await context.add_cookies([cookie])  # type: ignore[list-item]  (a plain dict is one)
    page = await context.new_page()
    await page.goto(f"{address}/console/inbox?q=%E4%B8%89%E8%BD%AE")
    return page


async def taught(page: Page) -> None:
    """Two clicks: the group, and the intent that lies nearest."""
    await page.get_by_role("link", name="打开去教").first.click()
    await page.locator('button[name="intent"]').first.click()


async def handed_in(page: Page, house: House) -> None:
    """Two clicks at most: I have looked, and hand in."""
    if await page.locator('input[name="looked"]').count():
        await page.locator('input[name="looked"]').check()
    await page.get_by_role("button", name="提交审核").click()
    (draft,) = await house.stores.drafts.list([DraftState.SUBMITTED], 5)
    assert urlsplit(page.url).path == f"/console/drafts/{draft.id}"


async def test_a_question_is_taught_and_handed_in(
    house: House, chromium: Browser, address: str
) -> None:
    page, wrong = await seated(chromium, house, address, scripts=True), list[str]()
    _listen(page, wrong)
    await taught(page)
    await page.get_by_text("会变").first.wait_for(timeout=PATIENCE_MS)
    await page.add_init_script("window.refused = []")
    await page.reload()
    for width in (WIDE, NARROW):
        await page.set_viewport_size({"width": width, "height": 844})
        wrong += [f"{width}: {one}" for one in await _faults(page)]
        await _keep(page, f"impact-seen-{width}")
    assert wrong == []
    await handed_in(page, house)
    await page.context.close()


async def test_all_of_it_works_without_scripts(
    house: House, chromium: Browser, address: str
) -> None:
    page = await seated(chromium, house, address, scripts=False)
    await taught(page)
    while await page.locator("progress").count():
        await page.get_by_role("link", name="刷新").click()
    await handed_in(page, house)
    await page.context.close()


async def test_the_form_of_a_new_intent_is_accessible_and_whole(
    house: House, chromium: Browser, address: str
) -> None:
    page, wrong = await seated(chromium, house, address, scripts=True), list[str]()
    await page.add_init_script("window.refused = []")
    await page.get_by_role("link", name="打开去教").first.click()
    await page.get_by_role("button", name="新建事项").click()
    await page.get_by_label("事项名称").fill("三轮车年检")
    await page.get_by_label("负责单位").select_option("公安")
    await page.get_by_role("button", name="存进草稿").click()
    await page.get_by_text("至少要 10 句").first.wait_for()
    for width in (WIDE, NARROW):
        await page.set_viewport_size({"width": width, "height": 844})
        wrong += [f"{width}: {one}" for one in await _faults(page)]
        await _keep(page, f"new-intent-{width}")
    assert wrong == []
    await page.context.close()
