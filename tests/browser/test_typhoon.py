"""台风来了 on the phones page: both phones are warned, and one knocks on the last door."""

import os
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp import web
from playwright.async_api import Browser, Page, expect

from bot.demo import phones
from bot.drill.stage import PLAN, Stage
from bot.house import House
from tests.bot.demo.simulated import Simulator, served
from tests.browser.test_phones_page import TAPPED, TOO_SMALL

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]
FAST = replace(PLAN, speed=300)
WITHIN_MS = 90_000
DIGITS = re.compile(r"\d{4} \d{4} \d{4}")
SHOTS = os.environ.get("TYPHOON_SHOTS", "")


@pytest.fixture
async def stage_page(simulator: Simulator, house: House) -> AsyncIterator[str]:
    app = web.Application()
    found = simulator.platforms
    phones.add(
        app,
        control_url=found.control_url,
        control_token=found.control_token,
        stage=Stage(house.office, FAST),
    )
    runner, url = await served(app)
    yield url
    await runner.cleanup()


@pytest.fixture(params=[1280, 390])
async def page(
    chromium: Browser, stage_page: str, request: pytest.FixtureRequest
) -> AsyncIterator[Page]:
    context = await chromium.new_context(
        locale="zh-CN", viewport={"width": request.param, "height": 844}
    )
    page = await context.new_page()
    await page.goto(f"{stage_page}/demo/")
    yield page
    await context.close()


async def test_one_button_plays_it_to_the_last_door(page: Page) -> None:
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    await page.get_by_role("button", name="台风来了", exact=True).click()
    panel = page.locator("#typhoon")

    red = page.locator(".alert-card.red")
    await expect(red).to_have_count(2, timeout=WITHIN_MS)
    for card in await red.all():
        await expect(card).to_contain_text("红：请立即转移")
        await expect(card).to_contain_text("【演练】")
    await shot(page, "red")
    await _arrives(page)

    knock = page.get_by_role("button", name="去敲最后一扇门")
    await expect(knock).to_be_visible(timeout=WITHIN_MS)
    names = panel.locator("#typhoon-names li")
    await expect(names).to_have_count(3)
    assert all(name.startswith("演练") for name in await names.all_text_contents())
    assert await page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
    assert await page.locator(TAPPED).evaluate_all(TOO_SMALL) == []
    await shot(page, "door")
    await knock.click()

    await expect(panel).to_contain_text("人人都已叫应", timeout=WITHIN_MS)
    await expect(panel.get_by_text("0 / 0")).to_be_visible()
    await expect(names).to_have_count(0)
    await expect(page.locator(".alert-card:visible").first).to_contain_text("演练已结束")
    await expect(page.get_by_role("button", name="到安置点，出示这个码")).to_have_count(0)
    await shot(page, "over")
    assert complaints == []


async def test_nobody_arrives_before_anybody_is_to_leave(page: Page, stage_page: str) -> None:
    url = f"{stage_page}/demo/typhoon/arrive"
    early = await page.request.post(url, data={"phone": "wechat"})
    unknown = await page.request.post(url, data={"phone": "another"})

    assert (early.status, unknown.status) == (409, 400)


async def test_where_no_drill_can_be_played_there_is_no_button(
    chromium: Browser, phones_page: str
) -> None:
    page = await chromium.new_page()
    await page.goto(f"{phones_page}/demo/")

    await expect(page.get_by_role("button", name="关注服务号")).to_be_visible()
    await expect(page.get_by_role("button", name="台风来了", exact=True)).to_be_hidden()
    await page.close()


async def _arrives(page: Page) -> None:
    """Hold both codes out at the shelter: the colour says in words that they have left."""
    for phone, kind in (("wechat", "安全码 · 演示"), ("alipay", "纸质安全码")):
        await look_at(page, phone)
        card = page.locator(f"[data-alert={phone}]")
        await expect(card.locator("[data-code-place] svg")).to_be_visible()
        await expect(card).to_contain_text(kind)
        await expect(card).to_contain_text(DIGITS)
        await card.get_by_text("为什么", exact=True).click()
        await expect(card).to_contain_text("按名册要转移")
        await expect(card).not_to_contain_text("没有声音")
        assert await page.locator(TAPPED).evaluate_all(TOO_SMALL) == []
        await shot(page, f"code-{phone}")
        await card.get_by_role("button", name="到安置点，出示这个码").click()
        await expect(card).to_contain_text("已转移 ✓", timeout=WITHIN_MS)
        await expect(card).to_contain_text("转移令还没有解除")
        await expect(card.get_by_role("button")).to_have_count(0)
        assert "red" not in (await card.get_attribute("class") or "").split()
        await shot(page, f"moved-{phone}")


async def look_at(page: Page, phone: str) -> None:
    """Take a phone up, where one is shown at a time."""
    tab = page.locator(f".phone-picker [aria-controls=phone-{phone}]")
    if await tab.is_visible():
        await tab.click()


async def shot(page: Page, name: str, *, full: bool = True) -> None:
    """Keep a picture for whoever wants to look: TYPHOON_SHOTS names a folder."""
    if SHOTS:
        width = (page.viewport_size or {"width": 0})["width"]
        await page.screenshot(path=Path(SHOTS) / f"{name}-{width}.png", full_page=full)
