"""Every page of the console, wide and narrow: accessible, silent, whole. None is left out.

The pages come from `bot.console.door.PAGES`; the screenshots are kept for people to look at.
"""

import re
from pathlib import Path

import pytest
from playwright.async_api import BrowserContext, ConsoleMessage, Page

from bot.console import routes
from bot.console.door import PAGES
from bot.first_release import Shipped
from bot.house import House
from bot.settings import Settings
from tests.browser.examples import NAMED, WHOLE, address_of, busy, parameters
from tests.browser.seated import enter
from tests.staffed import Seat

pytestmark = pytest.mark.browser

AXE = Path(__file__).parent.parent / "judges/node_modules/axe-core/axe.min.js"
WIDE, NARROW = 1280, 390
READ = sorted({one.path.removeprefix(routes.PREFIX) for one in PAGES if one.method == "GET"})
OPEN = {"/login", "/login/code"}


def _group(path: str) -> str:
    """Tell by which part of the console a page is walked: one county serves all its pages."""
    return "/".join(path.split("/")[:2])


RUN_AXE = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations
    .map(one => one.id + ": " + one.help + " " + one.nodes.map(node => node.target).join(" | "))"""
LISTEN = """window.refused = [];
document.addEventListener("securitypolicyviolation", one => refused.push(one.violatedDirective))"""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
CUT = """() => [...document.querySelectorAll("main *, header *, nav *")]
    .filter(one => one.textContent.trim() && !one.closest(".hidden") && one.offsetParent)
    .filter(one => ["hidden", "clip"].includes(getComputedStyle(one).overflowX)
        || getComputedStyle(one).textOverflow === "ellipsis")
    .filter(one => one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1)
    .map(one => one.outerHTML.slice(0, 120))"""
OUTSIDE = """() => [...document.querySelectorAll("main :is(h1, h2, p, li, dd, button, a, label)")]
    .filter(one => one.offsetParent && one.textContent.trim() && !one.closest(".hidden, .scroll"))
    .filter(one => one.getBoundingClientRect().right > innerWidth + 1)
    .map(one => one.outerHTML.slice(0, 120))"""
SQUEEZED = """() => [...document.querySelectorAll("main :is(h1, h2, p, td, th, li, dd, button, a)")]
    .filter(one => one.offsetParent && one.textContent.trim().length > 3)
    .filter(one => !one.closest(".hidden, details:not([open]) > :not(summary)"))
    .filter(one => one.getBoundingClientRect().width < 24)
    .map(one => one.outerHTML.slice(0, 120))"""

OPENED = "document.querySelectorAll('details').forEach(one => { one.open = true; })"

BROKEN = """<!doctype html><html lang="zh-CN"><title>x</title><main><img src="data:,">
<p style="width: 900px">wide words</p>
<p style="width: 10px">four words here</p>
<p style="width: 40px; overflow: hidden; white-space: nowrap">words that are cut</p></main>"""


@pytest.fixture
async def context(context: BrowserContext) -> BrowserContext:
    await context.add_init_script(LISTEN)
    return context


@pytest.mark.timeout(900)
@pytest.mark.parametrize("group", sorted({_group(one) for one in READ}))
async def test_pages_are_accessible_silent_and_whole(
    house: House, shipped: Shipped, seat: Seat, context: BrowserContext, group: str
) -> None:
    county, wrong = await busy(house, shipped, seat), list[str]()
    for path in (one for one in READ if _group(one) == group):
        url = str(seat.client.make_url(f"{routes.PREFIX}{await address_of(county, path)}"))
        if path not in OPEN:
            await enter(seat, context)
        wrong += [f"{path} {one}" for one in await _seen(context, url, path)]
    assert wrong == []


def test_every_example_is_of_a_page_that_stands() -> None:
    assert set(WHOLE) <= set(READ)
    assert set(NAMED) <= {name for path in READ for name in parameters(path)}


async def _seen(context: BrowserContext, url: str, name: str) -> list[str]:
    """Look at one address, wide and narrow; a picture or a file is only fetched."""
    answer = await context.request.get(url)
    if answer.status != 200 or "html" not in answer.headers["content-type"]:
        return [] if answer.status == 200 else [f"answers {answer.status}"]
    page, wrong = await context.new_page(), list[str]()
    _listen(page, wrong)
    for width in (WIDE, NARROW):
        await page.set_viewport_size({"width": width, "height": 844})
        await page.goto(url)
        wrong += [f"{width}: {one}" for one in await _faults(page)]
        await _keep(page, f"{name}-{width}")
        await page.evaluate(OPENED)
        wrong += [f"{width}, opened: {one}" for one in await _faults(page)]
    await page.close()
    return wrong


async def _faults(page: Page) -> list[str]:
    """Tell what is wrong with the page as it stands."""
    found = [f"sideways by {over}" for over in [await page.evaluate(SIDEWAYS)] if over > 0]
    for name, asked in {"cut": CUT, "outside": OUTSIDE, "squeezed": SQUEEZED}.items():
        found += [f"{name}: {one}" for one in await page.evaluate(asked)]
    found += [f"refused: {one}" for one in await page.evaluate("refused")]
    headings = await page.locator("h1").count()
    found += [f"{headings} main headings"] if headings != 1 else []
    if await page.locator("nav.menu").count():
        purpose = await page.locator(".purpose").inner_text()
        found += [] if purpose.strip() else ["the page does not say what it is for"]
    assert AXE.exists(), "run: make test-tools"
    await page.evaluate(AXE.read_text(encoding="utf-8"))
    return found + [f"axe {one}" for one in await page.evaluate(RUN_AXE)]


async def _keep(page: Page, name: str) -> None:
    folder = Settings().home / "screenshots"
    file = re.sub(r"[^a-z0-9]+", "-", name).strip("-")
    await page.screenshot(path=folder / f"{file or 'home'}.png", full_page=True)


def _listen(page: Page, wrong: list[str]) -> None:
    def heard(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            wrong.append(message.text)

    page.on("console", heard)
    page.on("pageerror", lambda error: wrong.append(str(error)))


async def test_the_judge_itself_hears_what_is_wrong(context: BrowserContext) -> None:
    page = await context.new_page()
    await page.set_viewport_size({"width": NARROW, "height": 844})
    await page.set_content(BROKEN)
    found = " ".join(await _faults(page))
    for fault in ("sideways", "cut:", "outside:", "squeezed:", "0 main headings", "axe image-alt"):
        assert fault in found, found
