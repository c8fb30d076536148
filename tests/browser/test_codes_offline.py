"""The page that checks codes: it judges as Python does, and lives with the network unplugged."""

import asyncio
import json
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from playwright.async_api import BrowserContext, Page, Route, expect

from bot.codewire import kit_out
from bot.house import House
from data.civic.people import Role
from data.civic.safety.codes import CodeKind, in_digits
from data.civic.safety.verifying import verify
from handlers import codes
from handlers.acts.revoke_code import report_lost
from handlers.acts.village_codes import kit
from tests.browser import seated
from tests.data.civic.safety.test_codes import mutated
from tests.handlers.acts.test_act_codes import WHY, printed, screen
from tests.staffed import LINPU, Seat, hired
from tests.townsfolk import VILLAGE, person, settled

pytestmark = pytest.mark.browser

JUDGE = """async ([cases, kit, byHand, root]) => {
  const { verify } = await import(`${root}/static/codes/verdict.js`);
  const { fits, fitsByHand } = await import(`${root}/static/codes/ed25519.js`);
  const told = [];
  for (const [text, at, set] of cases) {
    told.push((await verify(text, at, kit, set, byHand ? fitsByHand : fits)).standing);
  }
  return told;
}"""
KEPT = """async () => {
  const page = await (await caches.match(location.href)).text();
  return [page, JSON.stringify(localStorage)];
}"""
TYPED = """async ([digits, root]) => {
  const { typed } = await import(`${root}/static/codes/code.js`);
  return digits.map(typed);
}"""


@pytest.fixture
async def page(house: House, seat: Seat, context: BrowserContext) -> Page:
    """The page, opened once with a network by somebody of a shelter."""
    await hired(house, "wang", Role.SHELTER, Role.DUTY, area=LINPU)
    await settled(house.stores, person(1), person(2), person(3, chat=True))
    return await seated.checking(seat, context)


async def check(page: Page, text: str) -> str:
    await seated.check(page, text)
    await expect(page.locator("#result")).to_be_visible()
    return await page.locator("#result").inner_text()


async def unplug(page: Page) -> None:
    await page.context.set_offline(True)
    await page.reload()
    await expect(page.locator("#kept")).to_contain_text("现在没有网络")


@pytest.mark.parametrize("by_hand", [False, True], ids=["by the browser", "by hand"])
async def test_the_page_judges_as_python_does(house: House, page: Page, *, by_hand: bool) -> None:
    staff = await house.stores.staff.by_login("wang")
    assert staff is not None
    (one, lost) = await printed(house, staff, 1, 2, kind=CodeKind.PENDANT)
    await report_lost(house.office(), staff, lost.credential.id, purpose="丢了")
    shown = await screen(house)
    found = await kit(house.office(), staff)
    keys, revoked = await codes.checks(house.office()), found.revocations
    chance, start = np.random.default_rng(4), found.revocations.dated
    bad = [mutated(one.text, *chance.integers(0, 1 << 30, 3)) for _ in range(60)]
    texts = [one.text, lost.text, shown.text, one.text.lower(), "", "SQ1:" + "全" * 126, *bad]
    moments = [timedelta(minutes=n) for n in (-3000, -11, -1, 0, 2, 30, 1445)]
    moments += [timedelta(days=n) for n in (363, 365, 367)]
    cases = [
        (text, start + after, None if online else start + skew)
        for text in texts[:3]
        for after in moments
        for online, skew in ((True, timedelta()), (False, timedelta()), (False, after))
    ]
    cases += [(text, start, None) for text in texts]
    wanted = [
        verify(text, _whole(at), keys, revoked, clock_set=_whole(at_set)).standing
        for text, at, at_set in cases
    ]
    asked = [[text, _ms(at), _ms(at_set)] for text, at, at_set in cases]
    given = [asked, json.loads(kit_out(found).model_dump_json()), by_hand, "/console"]
    assert await page.evaluate(JUDGE, given) == [str(one) for one in wanted]
    assert len(set(wanted)) >= 6


async def test_digits_are_checked_as_python_does(page: Page) -> None:
    good = [in_digits(handle) for handle in (1, 98, 2**64 - 1, 12345678901234567)]
    bad = [one[:-1] + str((int(one[-1]) + 1) % 10) for one in good]
    found = await page.evaluate(TYPED, [[*good, *bad, "", "1234"], "/console"])
    assert found == [1, 98, (2**64 - 1) % 10**10, 12345678901234567 % 10**10, *[None] * 6]


async def test_it_goes_on_without_a_network(house: House, page: Page) -> None:
    staff = await house.stores.staff.by_login("wang")
    assert staff is not None
    (one, lost) = await printed(house, staff, 1, 2)
    await report_lost(house.office(), staff, lost.credential.id, purpose="丢了")
    shown = await screen(house)
    await page.reload()
    await expect(page.locator("#kept")).to_contain_text("刚刚更新")
    await page.locator("#village").select_option(VILLAGE)
    await page.locator("#purpose").fill(WHY)
    await page.get_by_role("button", name="存到本机").click()
    await expect(page.locator("#list")).to_contain_text("本机有 2 张码")
    await unplug(page)
    assert "有效" in await check(page, one.text)
    assert "居*1" in await check(page, one.text)
    assert "已作废" in await check(page, lost.text)
    assert "假码" in await check(page, one.text[:-3] + "000")
    typed = await check(page, in_digits(one.credential.handle))
    assert "没有核对签名" in typed
    assert "居*1" in typed
    assert "有一位打错了" in await check(page, "1234 5678 9012")
    await page.evaluate(
        """() => {
          const kit = JSON.parse(localStorage.getItem("codes.kit"));
          kit.set -= 3 * 86400000;
          localStorage.setItem("codes.kit", JSON.stringify(kit));
        }"""
    )
    assert "有没有过时不知道" in await check(page, shown.text)
    await unplug(page)
    await expect(page.locator("#kept")).to_contain_text("3 天前")
    await page.get_by_role("button", name="从本机删掉").click()
    await expect(page.locator("#list")).to_contain_text("本机没有名单")


async def test_without_a_session_the_page_asks_to_sign_in_and_never_speaks_of_no_network(
    page: Page,
) -> None:
    await page.context.clear_cookies()
    assert "没有查到" in await check(page, in_digits(98))
    await expect(page.locator("#kept")).to_contain_text("有网络，但要先登录")
    await expect(page.locator("#signin")).to_be_visible()
    assert "没有网络" not in await page.locator("main").inner_text()


async def test_no_word_of_the_session_lies_in_the_telephone(page: Page, seat: Seat) -> None:
    await page.reload()
    await expect(page.locator("#kept")).to_contain_text("刚刚更新")
    kept, others = await page.evaluate(KEPT)
    assert 'id="kept"' in kept
    assert 'name="csrf"' not in kept
    assert seat.csrf
    assert seat.csrf not in kept + others


async def test_a_late_answer_never_stands_where_another_code_is_shown(
    house: House, page: Page
) -> None:
    staff = await house.stores.staff.by_login("wang")
    assert staff is not None
    late, next_ = await printed(house, staff, 1, 2)
    held, come = asyncio.Event(), asyncio.Event()

    async def hold(route: Route) -> None:
        come.set()
        await held.wait()
        await route.continue_()

    await page.route("**/check.json", hold, times=1)
    await seated.check(page, late.text)
    await come.wait()
    await check(page, next_.text)
    await expect(page.locator("#facts")).to_contain_text("居*2")
    async with page.expect_response("**/check.json") as answered:
        held.set()
    assert "居*1" in await (await answered.value).text()
    await page.evaluate("fetch('kit.json').then((one) => one.json())")  # what came before is read
    await expect(page.locator("#facts")).to_contain_text("居*2")


async def test_with_a_network_the_store_has_the_last_word(house: House, page: Page) -> None:
    staff = await house.stores.staff.by_login("wang")
    assert staff is not None
    (one,) = await printed(house, staff, 1)
    await check(page, one.text)
    await expect(page.locator("#facts")).to_contain_text("没有记录")
    await report_lost(house.office(), staff, one.credential.id, purpose="丢了")
    await check(page, one.text)
    await expect(page.locator("#standing")).to_have_text("已作废")
    await expect(page.locator("#code-hint")).to_contain_text("不能直接扫码")


def _whole(at: datetime | None) -> datetime | None:
    return datetime.fromtimestamp(_ms(at) / 1000, UTC) if at is not None else None


def _ms(at: datetime | None) -> int | None:
    return int(at.timestamp() * 1000) if at is not None else None
