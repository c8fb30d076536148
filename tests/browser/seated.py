"""A browser that takes over a seat, and the page that checks codes in it."""

from playwright.async_api import BrowserContext, Page, expect

from tests.staffed import Seat

CHECKING = "/console/codes/check"


async def enter(seat: Seat, context: BrowserContext) -> None:
    """Give the browser the session that stands already, without the login page."""
    (kept,) = seat.client.session.cookie_jar
    host = str(seat.client.make_url("/"))
    cookie = {"name": kept.key, "value": kept.value, "url": host, "sameSite": "Strict"}
    await context.add_cookies([cookie])  # type: ignore[list-item]  (a plain dict is one)


async def checking(seat: Seat, context: BrowserContext, login: str = "wang") -> Page:
    """Open the page that checks codes once with a network, as a telephone at work has it."""
    await seat.sign_in(login)
    await enter(seat, context)
    page = await context.new_page()
    await page.goto(str(seat.client.make_url(CHECKING)))
    await expect(page.locator("#kept")).to_contain_text("刚刚更新")
    await page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    return page


async def at_desk(seat: Seat, context: BrowserContext) -> Page:
    """Open it as the desk of a shelter."""
    page = await checking(seat, context, "desk")
    await expect(page.locator("#stays")).to_be_visible()
    return page


async def comes(page: Page, code: str) -> None:
    """Take somebody in by the code that is scanned or typed."""
    await page.locator("#code").fill(code)
    await page.get_by_role("button", name="入住").click()


async def check(page: Page, text: str) -> None:
    """Have a code judged."""
    await page.locator("#code").fill(text)
    await page.get_by_role("button", name="验", exact=True).click()
