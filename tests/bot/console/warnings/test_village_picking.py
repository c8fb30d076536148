"""Villages in a draft are ticked by name, town by town; codes are taken as well."""

import re

import pytest

from bot.house import House
from data.civic.ids import AreaCode
from tests.bulletins import LINPU, PUYANG
from tests.headquarters import Headquarters, order, staffed_headquarters
from tests.staffed import Seat
from tests.townsfolk import person, settled

FIRST, SECOND = f"{LINPU}201", f"{LINPU}202"


@pytest.fixture
async def hq(house: House, seat: Seat) -> Headquarters:
    found = await staffed_headquarters(house)
    await seat.sign_in("li")
    return found


async def listed(hq: Headquarters, seat: Seat, **form: str) -> str:
    answer = await seat.post(f"/console/events/{hq.event.id}/villages", **form)
    assert answer.status == 200
    return await answer.text()


def boxes(page: str, name: str) -> dict[str, bool]:
    """Tell the boxes of villages of a field, and whether each is ticked."""
    found = re.findall(rf'type="checkbox" name="{name}" value="(\d{{12}})"( checked)?', page)
    return {code: bool(ticked) for code, ticked in found}


async def test_no_village_is_offered_before_a_town_is_picked(hq: Headquarters, seat: Seat) -> None:
    page = await (await seat.get(f"/console/events/{hq.event.id}/draft?what=order")).text()
    assert boxes(page, "area-1") == {}
    assert "列出村社" in page


async def test_the_villages_of_a_picked_town_are_offered_by_name(
    hq: Headquarters, seat: Seat
) -> None:
    page = await listed(hq, seat, what="notice", **{"area-town": LINPU})
    places = hq.office.release.places
    assert boxes(page, "area") == {one.code: False for one in places.villages(AreaCode(LINPU))}
    assert places.name(AreaCode(FIRST)) in page


async def test_what_is_ticked_stays_when_another_town_is_picked(
    hq: Headquarters, seat: Seat
) -> None:
    page = await listed(hq, seat, what="notice", area=FIRST, **{"area-town": PUYANG})
    assert boxes(page, "area") == {FIRST: True}


async def test_each_tier_of_an_order_has_villages_of_its_own(hq: Headquarters, seat: Seat) -> None:
    page = await listed(
        hq, seat, what="order", **{"area-1-town": LINPU, "area-2": SECOND, "area-2-town": ""}
    )
    assert FIRST in boxes(page, "area-1")
    assert boxes(page, "area-2") == {SECOND: True}
    assert boxes(page, "area-3") == {}


async def test_codes_are_taken_and_shown_by_their_names(hq: Headquarters, seat: Seat) -> None:
    await settled(hq.house.stores, person(1, village=AreaCode(FIRST)))
    await hq.house.stores.villages.recount([AreaCode(FIRST)], uncovered=())
    form = {"what": "notice", "title": "停课", "text": "明天停课。"}
    codes = f"{FIRST}， {SECOND} 330109999999"
    page = await listed(hq, seat, area=codes, **form)
    assert boxes(page, "area") == {FIRST: True, SECOND: True}
    assert 'value="330109999999"' in page, "what has no box stays as it was written"
    shown = await seat.post(
        f"/console/events/{hq.event.id}/preview", area=f"{FIRST} {SECOND}", **form
    )
    text = await shown.text()
    assert re.search(r"<strong>1</strong>\s*人会收到", text)
    assert boxes(text, "area") == {FIRST: True, SECOND: True}


async def test_listing_villages_keeps_every_other_word_and_tries_nothing_out(
    hq: Headquarters, seat: Seat
) -> None:
    page = await listed(hq, seat, what="notice", title="停课", text="明天停课。")
    assert "明天停课。" in page
    assert "还不能交" not in page
    assert "预览：" not in page


async def test_villages_that_may_return_stand_under_their_towns(
    hq: Headquarters, seat: Seat
) -> None:
    await hq.decided(order(LINPU), "请转移。")
    (standing,) = await hq.house.stores.orders.of(hq.event.id, 5)
    page = await listed(hq, seat, what="return", order=standing.id)
    assert "没有检查过的村" in page
