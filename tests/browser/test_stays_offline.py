"""The desk of a shelter on a telephone: scans wait without a network, and arrive once, in time."""

import pytest
from playwright.async_api import BrowserContext, Page, expect

from bot.house import House
from data.civic.people import Role
from data.civic.safety.codes import in_digits, unpack
from tests.browser.seated import at_desk, comes, enter
from tests.sheltering import Desks, desks
from tests.staffed import PASSWORD, Seat
from tests.townsfolk import VILLAGE, person, settled

pytestmark = pytest.mark.browser

OF_AN_OLD_PAGE = """() => {
  const scans = JSON.parse(localStorage.getItem("codes.queue"));
  scans.push({ ...scans[0], id: "0123456789abcdef", counter: 90, code: "", strangers: 600 });
  localStorage.setItem("codes.queue", JSON.stringify(scans));
}"""

WAITING = """async () => {
  const queue = await import("/console/static/codes/queue.js"), said = [];
  const send = async (_, [[, body]]) => void said.push(JSON.parse(body).waiting);
  const [, second, third] = [1, 2, 3].map(() => queue.scanned({}));
  await Promise.all([queue.visit(second, send), queue.visit(third, send)]);
  await queue.flush(send);
  return said;
}"""


REFUSED = """async () => {
  const queue = await import("/console/static/codes/queue.js"), batches = [];
  const no = () => new Response(JSON.stringify({ wrong: "visit" }), { status: 400 });
  let answer;
  const slow = () => new Promise((told) => { answer = () => told(no()); });
  const visit = queue.visit(queue.scanned({}), slow);
  await queue.flush(async (name) => void batches.push(name));
  answer();
  await visit;
  return [batches.length, queue.waiting(), queue.refused().length];
}"""


async def told(page: Page, words: str) -> None:
    await expect(page.locator("#stay-told")).to_contain_text(words)


async def waits(page: Page, scans: int) -> None:
    await expect(page.locator("#stay-waiting")).to_contain_text(f"{scans} 次", timeout=15_000)


async def test_scans_wait_and_arrive_once(
    house: House, seat: Seat, context: BrowserContext
) -> None:
    one: Desks = await desks(house)
    first, second, third, _ = await one.codes()
    page = await at_desk(seat, context)
    await comes(page, first)
    await told(page, "居*1")
    assert await one.inside() == 1

    await context.set_offline(True)
    await comes(page, second)
    await told(page, "没有网络：已存在本机")
    await comes(page, third)
    await waits(page, 2)
    await page.reload()
    await waits(page, 2)
    assert await one.inside() == 1

    await context.set_offline(False)
    await waits(page, 0)
    assert await one.inside() == 3
    (device,) = [
        each
        for each in await house.stores.scans.devices(one.event)
        if each.device.startswith("phone-")
    ]
    assert (device.scans, device.waiting) == (3, 0)
    assert Role.SHELTER in one.desk.roles


async def test_who_is_signed_out_is_told_so_and_loses_nothing(
    house: House, seat: Seat, context: BrowserContext
) -> None:
    one: Desks = await desks(house)
    first, second, *_ = await one.codes()
    page = await at_desk(seat, context)
    await context.clear_cookies()
    await comes(page, first)
    await told(page, "没有登录：已存在本机")
    await expect(page.locator("#kept")).to_contain_text("要先登录")
    await comes(page, second)
    await waits(page, 2)

    await page.get_by_role("link", name="去登录").click()
    await page.get_by_label("用户名").fill("desk")
    await page.get_by_label("密码").fill(PASSWORD)
    await page.get_by_role("button", name="登录").click()
    await waits(page, 0)
    await expect(page.locator("#kept")).to_contain_text("现在有网络")
    await expect(page.locator("#signin")).to_be_hidden()
    assert await one.inside() == 2


async def test_who_signed_in_anew_elsewhere_goes_on(
    house: House, seat: Seat, context: BrowserContext
) -> None:
    one: Desks = await desks(house)
    first, *_ = await one.codes()
    page = await at_desk(seat, context)
    await seat.sign_in("desk")
    await enter(seat, context)
    await comes(page, first)
    await told(page, "居*1")
    assert await one.inside() == 1


async def test_one_scan_that_cannot_be_read_holds_up_no_other(
    house: House, seat: Seat, context: BrowserContext
) -> None:
    one: Desks = await desks(house)
    first, second, third, _ = await one.codes()
    page = await at_desk(seat, context)
    await context.set_offline(True)
    await comes(page, first)
    await waits(page, 1)
    await page.evaluate(OF_AN_OLD_PAGE)
    await comes(page, second)
    await comes(page, third)
    await waits(page, 4)

    await context.set_offline(False)
    await waits(page, 0)
    assert await one.inside() == 3
    refused = page.locator("#stay-refused")
    await expect(refused).to_contain_text("有 1 次登记没有被接受")
    await expect(refused).to_contain_text("hall安置点，入住，没有码的 600 人")
    await page.reload()
    await expect(refused.get_by_role("listitem")).to_have_count(1)
    await refused.get_by_role("button").click()
    await expect(refused).to_be_hidden()


async def test_a_refused_code_is_named_by_its_digits(
    house: House, seat: Seat, context: BrowserContext
) -> None:
    one: Desks = await desks(house)
    text, *_ = await one.codes(1)
    page = await at_desk(seat, context)
    shown = "async ([text]) => (await import('/console/static/codes/code.js')).shown(text)"
    assert await page.evaluate(shown, [text]) == in_digits(unpack(text).code.handle)
    assert await page.evaluate(shown, ["no code"]) == "no code"


async def test_how_many_scans_stay_behind_goes_along(
    house: House, seat: Seat, context: BrowserContext
) -> None:
    await desks(house)
    page = await at_desk(seat, context)
    assert await page.evaluate(WAITING) == [2, 1, 0], "what is on its way does not wait"


@pytest.mark.parametrize("number", ["600", "1.5", "0"])
async def test_how_many_have_no_code_is_a_whole_number_of_one_scan(
    house: House, seat: Seat, context: BrowserContext, number: str
) -> None:
    one: Desks = await desks(house)
    page = await at_desk(seat, context)
    await page.locator("#stay-strangers").fill(number)
    await comes(page, "")
    await told(page, "1 到 500 的整数")
    await expect(page.locator("#stay-strangers")).to_have_value(number)
    await waits(page, 0)
    assert await one.inside() == 0


async def test_a_scan_on_its_way_is_not_sent_twice_and_stays_to_be_read_when_refused(
    house: House, seat: Seat, context: BrowserContext
) -> None:
    await desks(house)
    page = await at_desk(seat, context)
    assert await page.evaluate(REFUSED) == [0, 0, 1]


async def test_of_a_family_who_is_ticked_is_taken_in(
    house: House, seat: Seat, context: BrowserContext
) -> None:
    one: Desks = await desks(house)
    await settled(
        house.stores, person(11, household=9, phone=None), person(12, household=9, phone=None)
    )
    (code,) = await one.codes(11, household=True)
    page = await at_desk(seat, context)
    await comes(page, code)
    family = page.locator("#stay-family")
    await expect(family.get_by_role("checkbox")).to_have_count(2)
    await waits(page, 0)
    assert await one.inside() == 0
    await family.get_by_role("checkbox").first.uncheck()
    await family.get_by_role("button", name="登记勾选的人").click()
    await told(page, "已登记入住")
    await expect(family).to_be_hidden()
    assert await one.inside() == 1


async def test_without_a_network_the_family_is_ticked_from_the_list(
    house: House, seat: Seat, context: BrowserContext
) -> None:
    one: Desks = await desks(house)
    await settled(
        house.stores, person(11, household=9, phone=None), person(12, household=9, phone=None)
    )
    (code,) = await one.codes(11, household=True)
    page = await at_desk(seat, context)
    await page.locator("#village").select_option(VILLAGE)
    await page.locator("#purpose").fill("安置点登记")
    await page.get_by_role("button", name="存到本机").click()
    await expect(page.locator("#list")).to_contain_text("本机有 ")
    await context.set_offline(True)
    await comes(page, code)
    family = page.locator("#stay-family")
    await family.get_by_role("checkbox").first.uncheck()
    await family.get_by_role("button", name="登记勾选的人").click()
    await waits(page, 1)
    await context.set_offline(False)
    await waits(page, 0)
    assert await one.inside() == 1
