"""Drafts and releases in a real browser: nothing is violated, nothing is wider than the screen."""

from collections.abc import AsyncIterator, Sequence

import pytest
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from bot.clock import SystemClock
from bot.first_release import Shipped
from bot.house import House
from data.civic.knowing.drafts import Draft
from data.civic.people import Role, Staff
from handlers.acts import drafts
from handlers.office import Office
from tests import builders
from tests.drafting import (
    PASSPORT,
    POLICE,
    approved,
    clerk,
    edited,
    fee,
    opening_hours,
    published,
    served,
)
from tests.staffed import PASSWORD, app_of

pytestmark = pytest.mark.browser

TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def clock() -> SystemClock:
    """The machine's own: the browser and the database live by it."""
    return builders.clock()


@pytest.fixture
async def office(house: House, shipped: Shipped) -> Office:
    return await served(house, shipped)


@pytest.fixture
async def wang(house: House, office: Office) -> Staff:
    return await clerk(house, "wang", Role.EDITOR)


@pytest.fixture
async def address(house: House) -> AsyncIterator[str]:
    async with TestServer(app_of(house)) as server:
        yield str(server.make_url("/console/"))


@pytest.fixture(params=[1280, 390])
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


async def sign_in(page: Page, address: str, login: str) -> None:
    await page.goto(f"{address}login?next=/console/drafts")
    await page.get_by_label("用户名").fill(login)
    await page.get_by_label("密码").fill(PASSWORD)
    await page.get_by_role("button", name="登录").click()
    await expect(page.get_by_role("button", name="退出")).to_be_visible()


async def fits(page: Page, places: Sequence[str]) -> None:
    for place in places:
        await page.goto(place)
        await expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert await page.evaluate(TOO_WIDE) <= 0, place


async def overtaken(house: House, office: Office, wang: Staff) -> Draft:
    """A draft with mistakes, beside another, under which a release has changed the same."""
    draft = await drafts.open_draft(office, wang, "护照收费再调整")
    draft = await edited(office, wang, draft, PASSPORT, "每本120元", "每本9元")
    draft = await edited(
        office, wang, draft, PASSPORT, "checked_on = 2026-11-21", "checked_on = 2030-01-01"
    )
    await opening_hours(office, wang)
    await published(office, await approved(house, office, await fee(office, wang), wang))
    return draft


async def test_every_page_of_drafts_and_releases_fits_the_screen(
    house: House, office: Office, wang: Staff, page: Page, address: str
) -> None:
    draft = await overtaken(house, office, wang)
    current = await office.stores.releases.current()
    await sign_in(page, address, "wang")
    compared = f"{address}releases/compare?before={office.release.id}&after={current}"
    await fits(
        page,
        [
            f"{address}drafts",
            f"{address}drafts/{draft.id}",
            f"{address}releases",
            compared,
        ],
    )


async def test_a_draft_is_submitted_and_signed_with_the_mouse_alone(
    house: House, office: Office, wang: Staff, page: Page, address: str
) -> None:
    await clerk(house, "li", Role.REVIEWER, department=POLICE)
    draft = await opening_hours(office, wang)
    await sign_in(page, address, "wang")
    await page.goto(f"{address}drafts/{draft.id}")
    await page.get_by_role("link", name="看影响，提交审核").click()
    await page.get_by_role("button", name="提交审核").wait_for(timeout=100_000)
    if await page.locator('input[name="looked"]').count():
        await page.locator('input[name="looked"]').check()
    await page.get_by_role("button", name="提交审核").click()
    await expect(page.get_by_text("已提交审核。")).to_be_visible()
    await page.get_by_role("button", name="退出").click()
    await sign_in(page, address, "li")
    await page.goto(f"{address}drafts/{draft.id}")
    await page.get_by_text("签字同意").click()
    await page.get_by_role("button", name="签字", exact=True).click()
    await expect(page.get_by_text("已签字。")).to_be_visible()


async def test_without_a_network_nothing_typed_is_lost(
    house: House, office: Office, wang: Staff, context: BrowserContext, address: str
) -> None:
    draft = await opening_hours(office, wang)
    page = await context.new_page()
    await sign_in(page, address, "wang")
    place = f"{address}drafts/{draft.id}/guides/passport/elements/phone"
    await page.goto(place)
    await page.get_by_label("文字").fill("请拨打12367。")
    await context.set_offline(offline=True)
    await page.get_by_role("button", name="保存", exact=True).click()
    await expect(page.get_by_text("网络断了，没有发送")).to_be_visible()
    assert page.url == place
    await context.set_offline(offline=False)
    await expect(page.get_by_text("网络断了，没有发送")).to_be_hidden()
    await page.get_by_role("button", name="保存", exact=True).click()
    await expect(page.get_by_text("已存入草稿")).to_be_visible()
    await expect(page.get_by_text("请拨打12367。").first).to_be_visible()
