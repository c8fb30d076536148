"""What the phones say while a typhoon is played and after it: true, large enough, and with room."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from playwright.async_api import Browser, Dialog, Locator, Page, expect

from bot.demo import phones
from tests.bot.demo.simulated import Backend, Simulator, served
from tests.browser.staged import ToldStage, red_scene
from tests.browser.test_phones_page import TAPPED, TOO_SMALL
from tests.browser.test_typhoon import look_at, shot

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]
LONG = "如有生命危险，请立即拨打119（救援）、110（报警）、120（急救）。请讲清楚在哪里、几个人。" * 4
LETTERS = "found => parseFloat(getComputedStyle(found).fontSize)"
CUT = """found => { const box = found.getBoundingClientRect();
    const view = found.closest('.lines').getBoundingClientRect();
    return box.top < view.top - 1 || Math.min(box.bottom, box.top + 90) > view.bottom + 1 }"""
INSIDE = """found => { const box = found.getBoundingClientRect();
    const screen = found.closest('.screen').getBoundingClientRect();
    return box.height > 0 && box.right <= screen.right && box.bottom <= screen.bottom + 1 }"""
FOCUSED = "() => document.activeElement.id"


@pytest.fixture
def stage() -> ToldStage:
    return ToldStage()


@pytest.fixture
async def address(simulator: Simulator, stage: ToldStage) -> AsyncIterator[str]:
    app = web.Application()
    found = simulator.platforms
    phones.add(app, control_url=found.control_url, control_token=found.control_token, stage=stage)
    runner, url = await served(app)
    yield f"{url}/demo/"
    await runner.cleanup()


@pytest.fixture(params=[1280, 390])
async def page(
    chromium: Browser, address: str, request: pytest.FixtureRequest
) -> AsyncIterator[Page]:
    context = await chromium.new_context(
        locale="zh-CN", viewport={"width": request.param, "height": 844}
    )
    page = await context.new_page()
    await page.goto(address)
    await expect(_begin(page)).to_be_visible()
    yield page
    await context.close()


@pytest.fixture
def answering(simulator: Simulator, backend: Backend) -> None:
    async def answer(request: web.Request, _: str) -> web.Response:
        return web.Response(text=simulator.passive(request.query["openid"], Content=LONG))

    backend.answer = answer


async def test_after_the_story_no_phone_is_red_and_no_button_is_dead(
    page: Page, stage: ToldStage
) -> None:
    await _begin(page).click()
    await expect(page.locator(".alert-card.red")).to_have_count(2)
    stage.scene = red_scene("over")

    for phone in ("wechat", "alipay"):
        await look_at(page, phone)
        card = page.locator(f"[data-alert={phone}]")
        await expect(card).to_contain_text("演练已结束")
        await expect(card).to_contain_text("结束时，这里是“红：请立即转移”")
        await expect(card.get_by_role("button")).to_have_count(0)
    await expect(page.locator(".alert-card.red")).to_have_count(0)
    await expect(_begin(page)).to_be_enabled()
    await shot(page, "told-over")


@pytest.mark.parametrize("state", ["over", "broken"])
async def test_who_comes_after_the_story_sees_no_warning_of_it(
    page: Page, stage: ToldStage, state: str
) -> None:
    stage.scene = red_scene(state)

    await page.reload()

    await expect(_begin(page)).to_be_enabled()
    await expect(page.locator("#typhoon")).to_be_hidden()
    await expect(page.locator(".alert-card:visible")).to_have_count(0)


async def test_who_comes_in_the_middle_sees_it_go_on(page: Page, stage: ToldStage) -> None:
    stage.scene = red_scene("playing")

    await page.reload()

    await expect(page.locator(".alert-card:visible").first).to_contain_text("红：请立即转移")


async def test_a_code_that_is_not_taken_says_so_and_can_be_held_out_again(page: Page) -> None:
    await _begin(page).click()
    card = page.locator("[data-alert=wechat]")
    button = card.get_by_role("button")

    await button.click()

    await expect(card).to_contain_text("这次没有扫上")
    await expect(button).to_be_enabled()
    await expect(button).to_be_focused()


async def test_who_reads_the_reasons_keeps_them_open_when_the_card_changes(
    page: Page, stage: ToldStage
) -> None:
    await _begin(page).click()
    reasons = page.locator("[data-alert=wechat] .alert-why")
    await reasons.locator("summary").focus()
    await page.keyboard.press("Enter")
    stage.scene = red_scene("playing", newest="【演练】解除转移。")

    await expect(page.locator("[data-alert=wechat]")).to_contain_text("解除转移")
    await expect(reasons.locator("summary")).to_be_focused()
    await expect(reasons.locator("p")).to_be_visible()


async def test_the_page_says_that_the_chat_takes_no_part_in_the_drill(page: Page) -> None:
    aside = page.get_by_text("下面的对话不参加这场演练，答的是真实情况。").first
    await expect(aside).to_be_hidden()

    await _begin(page).click()

    await expect(aside).to_be_visible()


async def test_large_letters_make_the_warning_large_too(page: Page) -> None:
    await _begin(page).click()
    message, state = page.locator(".alert-message").first, page.locator(".alert-state").first
    await expect(message).to_be_visible()
    sizes = []
    for size in ("标准", "大字", "特大"):
        await page.locator("#panel-service").get_by_role("radio", name=size).check()
        sizes.append([await one.evaluate(LETTERS) for one in (message, state)])
        bubble = await page.locator("#panel-service .lines").evaluate(LETTERS)
        assert min(sizes[-1]) >= bubble
        assert await page.locator(TAPPED).evaluate_all(TOO_SMALL) == []
        assert await page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0

    assert sizes == sorted(sizes)
    assert sizes[0] < sizes[1] < sizes[2]


@pytest.mark.parametrize("size", ["标准", "大字", "特大"])
async def test_the_newest_message_and_the_input_are_seen_under_a_warning(
    page: Page, answering: None, size: str
) -> None:
    panel = page.locator("#panel-service")
    await panel.get_by_role("radio", name=size).check()
    await panel.locator("textarea").fill("我妈走不动")
    await page.keyboard.press("Enter")
    newest = panel.locator(".row.them:not(.typing)").last
    await expect(newest).to_contain_text("119")

    await _begin(page).click()
    await expect(page.locator(".alert-card").first).to_be_visible()
    await panel.locator("textarea").click()
    await panel.locator("textarea").fill("我妈走不动")
    await page.keyboard.press("Enter")
    await expect(panel.locator(".row.them:not(.typing)")).to_have_count(2)
    await shot(page, f"told-talk-{size}", full=False)

    await expect(panel.locator("textarea")).to_be_in_viewport(ratio=1)
    assert await panel.locator(".composer button").evaluate(INSIDE)
    assert not await newest.evaluate(CUT)
    assert await panel.locator(".lines").evaluate("found => found.clientHeight") >= 150


@pytest.mark.parametrize("size", ["标准", "特大"])
async def test_a_line_that_did_not_go_out_is_seen_under_a_warning(page: Page, size: str) -> None:
    await _begin(page).click()
    await look_at(page, "alipay")
    panel = page.locator("#panel-alipay")
    await panel.get_by_role("radio", name=size).check()
    await panel.locator("textarea").fill("我妈走不动")
    await page.keyboard.press("Enter")
    line = panel.locator(".row.me").last

    await expect(line.get_by_role("button", name="重发")).to_be_visible()
    await shot(page, f"told-offline-{size}", full=False)

    assert await panel.locator(".lines").evaluate("found => found.clientHeight") >= 150
    assert not await line.evaluate(CUT)
    await expect(panel.locator("textarea")).to_be_in_viewport(ratio=1)
    assert await panel.locator(".composer button").evaluate(INSIDE)


async def test_the_last_knock_shows_at_once_and_keeps_the_focus(
    page: Page, stage: ToldStage
) -> None:
    stage.first = red_scene("last_door")
    await _begin(page).click()
    knock = page.get_by_role("button", name="去敲最后一扇门")
    await knock.focus()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Enter")

    await expect(page.locator("#typhoon-step")).to_contain_text("正在敲最后一扇门")
    assert await page.evaluate(FOCUSED) == "typhoon-knock"
    assert stage.knocks == 1

    stage.scene = red_scene("over")
    await expect(page.locator("#typhoon-step")).to_contain_text("人人都已叫应")
    assert await page.evaluate(FOCUSED) == "typhoon-name"


async def test_the_button_that_begins_keeps_the_focus(page: Page) -> None:
    await _begin(page).focus()
    await page.keyboard.press("Enter")
    await expect(page.locator("#typhoon")).to_be_visible()

    assert await page.evaluate(FOCUSED) == "typhoon-begin"


async def test_another_citizen_is_asked_for_before_a_talk_is_thrown_away(
    page: Page, answering: None
) -> None:
    asked: list[str] = []

    async def refuse(dialog: Dialog) -> None:
        asked.append(dialog.message)
        await dialog.dismiss()

    page.on("dialog", refuse)
    log = page.locator("#panel-service").get_by_role("log")
    await page.get_by_role("button", name="关注服务号").click()
    await expect(log.get_by_text("119")).to_be_visible()

    await page.get_by_role("button", name="换一位市民").click()

    await expect(log.get_by_text("119")).to_be_visible()
    assert asked == ["换一位市民？现在的对话就不再显示了。"]


async def test_nothing_is_cut_at_twice_the_size_on_a_telephone(
    chromium: Browser, address: str
) -> None:
    context = await chromium.new_context(locale="zh-CN", viewport={"width": 195, "height": 422})
    page = await context.new_page()
    await page.goto(address)
    await _begin(page).click()
    state = page.locator(".alert-state").first
    await expect(state).to_be_visible()
    await shot(page, "told-twice")

    assert await state.evaluate("found => found.clientWidth") >= 120
    assert await page.locator(".composer button").first.evaluate(INSIDE)
    assert await page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
    await context.close()


def _begin(page: Page) -> Locator:
    return page.get_by_role("button", name="台风来了", exact=True)
