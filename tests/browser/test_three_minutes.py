"""Journey 24: an unanswered question, and within three minutes its answer on both phones.

All of it is real: `bianmin demo` as an operator starts it, Chromium before the console and before
the phones, and nothing but what a member of staff sees and clicks.
"""

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from bot.first_release import Shipped
from tests.bot.test_cli import bianmin
from tests.faults.processes import free_port, started
from tests.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

QUESTION = "宝贝娃娃漂洋过海那个小红本哪儿弄"
INTENT, ANSWER, UNKNOWN = "护照办理", "普通护照签发", "答不上来"
WITHIN_S = 180
BUSY_MS = 120_000
"""A training on a machine that has much else to do."""
PANELS = ("#panel-service", "#panel-alipay")

Heard = Mapping[str, tuple[object, ...]]


@pytest.fixture
async def address(tmp_path: Path, shipped: Shipped) -> AsyncIterator[str]:
    port = free_port()
    async with started("demo", home=tmp_path, says="Ctrl-C stops all of it", port=port):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
async def phones(chromium: Browser, address: str) -> AsyncIterator[Page]:
    page = await chromium.new_page(locale="zh-CN", viewport={"width": 1280, "height": 900})
    await page.goto(f"{address}/demo/")
    yield page
    await page.close()


async def asked(phones: Page, panel: str) -> str:
    """Ask on a phone, and give what was answered."""
    answers = phones.locator(f"{panel} .them:not(.typing)")
    before = await answers.count()
    await phones.locator(f"{panel} textarea").fill(QUESTION)
    await phones.locator(f"{panel} textarea").press("Enter")
    await expect(answers).not_to_have_count(before, timeout=20_000)
    return await answers.last.inner_text()


async def both_say(phones: Page, words: str) -> None:
    """Ask on both phones until each says it: every process follows a release within seconds."""

    async def said() -> bool:
        told = [await asked(phones, panel) for panel in PANELS]
        if all(words in one for one in told):
            return True
        await phones.wait_for_timeout(3_000)  # a citizen may say twenty things a minute
        return False

    await until(said, within_s=60)


async def seated(chromium: Browser, address: str, home: Path, login: str) -> Page:
    """Sign in as one of the sample staff, at a browser of one's own."""
    pairs = (line.split() for line in _read(home / "demo" / "staff-passwords.txt").splitlines())
    context = await chromium.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900})
    page = await context.new_page()
    await page.goto(f"{address}/console/")
    await page.get_by_label("用户名").fill(login)
    await page.get_by_label("密码").fill(dict(pairs)[login])
    await page.get_by_role("button", name="登录").click()
    await expect(page.get_by_role("button", name="退出")).to_be_visible()
    return page


async def taught(editor: Page) -> int:
    """Go from the first page to a draft that is handed in; tell how many answers it said change."""
    await editor.locator("#card-inbox").click()
    await editor.get_by_role("row", name=QUESTION).get_by_role("link", name="打开去教").click()
    await editor.get_by_label("别的事项").fill(INTENT)
    await editor.get_by_role("button", name="教给这一项").click()
    button = editor.get_by_role("button", name="提交审核")
    await button.wait_for(timeout=BUSY_MS)
    shown = re.search(r"(\d+) 个别的回答会变", await button.inner_text())
    if await editor.locator('input[name="looked"]').count():
        await editor.locator('input[name="looked"]').check()
    await button.click()
    await expect(editor.get_by_text("已提交审核。")).to_be_visible()
    return int(shown[1]) if shown else 0


async def signed(reviewer: Page) -> None:
    """Go from the first page to a release that is published."""
    await expect(reviewer.locator("#card-sign strong")).to_have_text("1")
    await reviewer.locator("#card-sign").click()
    await reviewer.get_by_role("row", name=INTENT).get_by_role("link", name="打开").click()
    await reviewer.get_by_text("签字同意", exact=True).click()
    await reviewer.get_by_role("button", name="签字", exact=True).click()
    await expect(reviewer.get_by_text("已发布，版本")).to_be_visible(timeout=BUSY_MS)


async def returned(reviewer: Page) -> None:
    """Go back to what came with the program."""
    await reviewer.get_by_role("link", name="发布", exact=True).first.click()
    row = reviewer.get_by_role("row", name="随程序带来的内容")
    await row.get_by_text("退回到这一版").click()
    await row.get_by_label("原因").fill("试一下能不能退回")
    await row.get_by_role("button", name="退回", exact=True).click()
    await expect(reviewer.get_by_text("已退回。")).to_be_visible()


async def heard(home: Path, shipped: Shipped) -> Heard:
    """Ask the ear of the current release every labelled question, as another process."""
    golden = [one.text for one in shipped.release.golden]
    held_out = [one.text for one in shipped.release.held_out]
    told = "\n".join([*golden, *held_out, QUESTION])
    code, out, err = await bianmin("understand", "--release", "current", home=home, told=told)
    assert code == 0, err
    return {one["text"]: _seen(one) for one in map(json.loads, out.splitlines())}


def _seen(one: Mapping[str, object]) -> tuple[object, ...]:
    """Keep what a citizen notices of an understanding."""
    match one["next"]:
        case "answer":
            return ("answer", one["intent"], one["aspect"])
        case "clarify":
            return ("clarify", one["intent"])
    return (one["next"],)


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8")


async def test_an_unanswered_question_is_answered_on_both_phones_within_three_minutes(
    chromium: Browser, address: str, phones: Page, tmp_path: Path, shipped: Shipped
) -> None:
    for panel in PANELS:
        assert UNKNOWN in await asked(phones, panel)
    before = await heard(tmp_path, shipped)
    begun = time.monotonic()
    shown = await taught(await seated(chromium, address, tmp_path, "sample-editor"))
    reviewer = await seated(chromium, address, tmp_path, "sample-reviewer")
    await signed(reviewer)
    await both_say(phones, ANSWER)
    assert time.monotonic() - begun <= WITHIN_S

    after = await heard(tmp_path, shipped)
    changed = {text for text in before if before[text] != after[text]}
    assert QUESTION in changed
    assert len(changed - {QUESTION}) == shown

    await returned(reviewer)
    await both_say(phones, UNKNOWN)
    assert await heard(tmp_path, shipped) == before
    editor = await seated(chromium, address, tmp_path, "sample-editor")
    await editor.locator("#card-inbox").click()
    await expect(editor.get_by_role("row", name=QUESTION)).to_be_visible()
    await asyncio.gather(reviewer.context.close(), editor.context.close())
