"""What staff do over several pages, in a real browser, with scripts and without."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pyotp
import pytest
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page, expect

from bot.clock import SystemClock
from bot.house import House
from bot.settings import Settings
from data.civic.people import Role
from data.civic.talk.conversations import Attention
from tests import builders
from tests.staffed import PASSWORD, app_of, hired, said

pytestmark = pytest.mark.browser

NEXT = timedelta(seconds=30)
NEW = "another password of my own"


@pytest.fixture
def clock() -> SystemClock:
    """The machine's own: the browser and the database live by it."""
    return builders.clock()


@pytest.fixture
async def address(house: House) -> AsyncIterator[str]:
    async with TestServer(app_of(house)) as server:
        yield str(server.make_url("/")).rstrip("/")


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
async def page(chromium: Browser, request: pytest.FixtureRequest) -> AsyncIterator[Page]:
    context = await chromium.new_context(
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        viewport={"width": 1280, "height": 844},
        java_script_enabled=request.param,
    )
    yield await context.new_page()
    await context.close()


async def _sign_in(page: Page, address: str, login: str, password: str = PASSWORD) -> None:
    await page.goto(f"{address}/console/login")
    await page.get_by_label("用户名").fill(login)
    await page.get_by_label("密码").fill(password)
    async with page.expect_navigation():
        await page.keyboard.press("Enter")


async def _keep(page: Page, name: str) -> None:
    file = Settings().home / "screenshots" / f"flow-{name}.png"
    await page.screenshot(path=file, full_page=True)


async def test_an_app_is_added_and_asked_for_at_the_next_login(
    house: House, page: Page, address: str, clock: SystemClock
) -> None:
    await hired(house)
    await _sign_in(page, address, "wang")
    await page.goto(f"{address}/console/account/second")
    await page.get_by_label("现在的密码").fill(PASSWORD)
    await page.get_by_role("button", name="开始").click()
    secret = (await page.locator(".codes").inner_text()).replace(" ", "")
    app = pyotp.TOTP(secret)
    await page.get_by_label("输入手机上现在显示的 6 位数字").fill(app.at(clock.now()))
    await page.get_by_role("button", name="启用").click()
    codes = await page.locator(".codes li").all_inner_texts()
    assert len(set(codes)) == 10
    await _keep(page, "recovery-codes")
    await page.get_by_role("button", name="退出").click()
    await _sign_in(page, address, "wang")
    await _keep(page, "code")
    await page.get_by_label("手机验证器上的 6 位数字").fill(app.at(clock.now() + NEXT))
    await page.get_by_role("button", name="继续").click()
    await expect(page.get_by_role("heading", name="首页")).to_be_visible()
    await page.get_by_role("button", name="退出").click()
    await _sign_in(page, address, "wang")
    await page.get_by_label("手机验证器上的 6 位数字").fill(codes[0])
    await page.get_by_role("button", name="继续").click()
    await page.goto(f"{address}/console/account")
    await expect(page.get_by_text("还有 9 个恢复码")).to_be_visible()
    await _keep(page, "account")


async def test_a_colleague_is_hired_and_makes_the_password_his_own(
    house: House, page: Page, address: str
) -> None:
    await hired(house, "admin", Role.ADMIN)
    await _sign_in(page, address, "admin")
    await page.get_by_role("link", name="人员账号").click()
    await page.get_by_role("link", name="新建账号").click()
    await page.get_by_label("用户名").fill("lilei")
    await page.get_by_label("姓名").fill("李雷")
    await page.get_by_label("坐席").check()
    await page.get_by_role("button", name="新建").click()
    shown = await page.locator(".codes .break").inner_text()
    await _keep(page, "first-password")
    await page.get_by_role("button", name="退出").click()
    await _sign_in(page, address, "lilei", shown.removeprefix("密码").strip())
    await expect(page.get_by_role("heading", name="改密码")).to_be_visible()
    await page.goto(f"{address}/console/waiting")
    await expect(page.get_by_role("heading", name="改密码")).to_be_visible()
    await page.get_by_label("现在的密码").fill(shown.removeprefix("密码").strip())
    await page.get_by_label("新密码", exact=True).fill(NEW)
    await page.get_by_label("再输一次新密码").fill(NEW)
    await page.get_by_role("button", name="改密码").click()
    await expect(page.get_by_text("密码已改")).to_be_visible()


async def test_an_answer_quotes_a_guide_and_the_citizen_is_handed_on(
    house: House, page: Page, address: str
) -> None:
    await hired(house)
    await hired(house, "lilei", name="李雷")
    who = await said(house, "护照怎么办", "转人工")
    await _sign_in(page, address, "wang")
    await page.get_by_role("link", name="位市民等待接待").click()
    await page.get_by_role("link", name="查看").click()
    await page.get_by_role("button", name="接待这位市民").click()
    await page.get_by_label("回复市民").fill("您好。")
    await page.get_by_text("从指南引用已审核的原文").click()
    await page.get_by_label("找哪份指南").fill("护照")
    await page.keyboard.press("Enter")
    await page.locator(".hits button").first.click()
    await _keep(page, "pieces")
    await page.get_by_role("button", name="引用概要").click()
    written = await page.get_by_label("回复市民").input_value()
    assert written.startswith("您好。\n")
    assert len(written) > 20
    await page.get_by_role("button", name="发送").click()
    await expect(page.locator(".talk .staff .said")).to_have_text(written)
    await page.get_by_text("转给同事").click()
    await page.get_by_label("转给谁").select_option(label="李雷")
    await page.get_by_label("给同事的话").fill("要去现场看")
    await _keep(page, "hand-on")
    await page.get_by_role("button", name="转出").click()
    await expect(page.get_by_text("转给李雷：要去现场看")).to_be_visible()
    kept = await house.stores.conversations.get(who)
    assert kept.attention is Attention.WAITING
    await _keep(page, "handed")


async def test_a_list_prints_without_what_is_clicked(
    house: House, page: Page, address: str
) -> None:
    await hired(house, "wang", Role.AUDITOR)
    await _sign_in(page, address, "wang")
    await page.goto(f"{address}/console/audit")
    await page.emulate_media(media="print")
    for hidden in (".menu", ".filters", ".tools", ".where", ".top form"):
        await expect(page.locator(hidden)).to_be_hidden()
    await expect(page.get_by_role("cell", name="登录", exact=True)).to_be_visible()
    await expect(page.locator(".printed")).to_contain_text("王芳 打印于")
    await _keep(page, "print")
