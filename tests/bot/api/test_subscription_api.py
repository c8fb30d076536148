"""A page asks whether warnings may come as messages, and tells what the citizen said."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.demo.templates_allowed import LONG_TERM
from bot.house import House
from data.civic.sending.refusals import WhyNot
from tests.journeys.county import County, opened
from tests.journeys.phones import MiniProgramPhone


@pytest.fixture
async def county(house: House, tmp_path: Path) -> AsyncIterator[County]:
    async with opened(house, home=tmp_path) as one:
        yield one


async def tell(phone: MiniProgramPhone, said: str, **more: str) -> tuple[int, dict[str, object]]:
    body = {"client_id": "c1", "template": LONG_TERM, "said": said} | more
    return await phone.call("POST", "/subscription", body)


async def test_what_an_alipay_page_tells_is_written_once(county: County) -> None:
    phone = await county.mini("alipay")
    status, before = await phone.call("GET", "/subscription", None)
    assert (status, before["allowed"], before["why_not"]) == (200, False, WhyNot.NEVER_ASKED)
    for _ in range(2):
        status, after = await tell(phone, "accept")
        assert (status, after["allowed"], after["told_by"]) == (200, True, "page")
    _, turned_off = await tell(phone, "reject", client_id="c2")
    assert (turned_off["allowed"], turned_off["why_not"]) == (False, WhyNot.DECLINED)


async def test_what_wechat_tells_itself_is_not_counted_twice(county: County) -> None:
    phone = await county.mini("wechat", "li")
    _, told = await tell(phone, "accept")
    assert (told["told_by"], told["allowed"]) == ("platform", False)
    asked = {"account": "wechat-mini", "user": "li", "template": LONG_TERM}
    await county.control.post("/_sim/templates", **asked)
    _, after = await phone.call("GET", "/subscription", None)
    assert after["allowed"] is True


async def test_another_template_and_another_body_are_refused(county: County) -> None:
    phone = await county.mini("alipay")
    assert (await tell(phone, "accept", template="another"))[0] == 404
    assert (await tell(phone, "perhaps"))[0] == 400
    assert (await phone.call("POST", "/subscription", {}))[0] == 400


async def test_nobody_tells_without_a_session(county: County) -> None:
    phone = MiniProgramPhone(
        platform="alipay", user="x", url=f"{county.url}/api/v1", http=county.http
    )
    assert (await tell(phone, "accept"))[0] == 401
