"""Releases at the console: their stories, what changed between two, one step back, the freeze."""

import re

import pytest

from bot.first_release import Shipped
from bot.house import House
from data.civic.people import Role
from handlers.office import Office
from tests.drafting import approved, clerk, fee, published, served
from tests.staffed import Seat


@pytest.fixture
async def office(house: House, shipped: Shipped) -> Office:
    return await served(house, shipped)


async def changed(house: House, office: Office) -> str:
    """A release made here, which is served."""
    wang = await clerk(house, "wang", Role.EDITOR)
    done = await published(office, await approved(house, office, await fee(office, wang), wang))
    assert done.release is not None
    return done.release


async def test_the_list_tells_who_wrote_and_signed_and_which_is_served(
    house: House, seat: Seat, office: Office
) -> None:
    made = await changed(house, office)
    await seat.sign_in("first")
    page = await (await seat.get("/console/releases")).text()
    assert "改护照收费" in page
    assert "随程序带来的内容" in page
    assert "first（全县）、second（全县）" in page
    assert re.search(rf"{made[:8]} <span class=\"tag ok\">当前</span>", page)


async def test_any_two_are_compared_in_words(house: House, seat: Seat, office: Office) -> None:
    made = await changed(house, office)
    await seat.sign_in("first")
    place = f"/console/releases/compare?before={office.release.id}&after={made}"
    page = await (await seat.get(place)).text()
    assert "每本<del>120</del><ins>100</ins>元" in page
    same = await seat.get(f"/console/releases/compare?before={made}&after={made}")
    assert "两版的内容一样" in await same.text()
    assert (await seat.get("/console/releases/compare?before=x&after=y")).status == 404


async def test_one_step_leads_back_once_and_only_from_what_was_shown(
    house: House, seat: Seat, office: Office
) -> None:
    made, first = await changed(house, office), office.release.id
    await seat.sign_in("first")
    form = {"current": made, "reason": "答错了", "key": "k"}
    place = f"/console/releases/{first}/return"
    assert "请写明原因" in await (await seat.post(place, **form | {"reason": " "})).text()
    assert "已退回" in await (await seat.post(place, **form)).text()
    assert await office.stores.releases.current() == first
    await seat.post(place, **form)
    again = f"/console/releases/{made}/return"
    late = await (await seat.post(again, current=made[::-1], reason="x", key="l")).text()
    assert "没有退回" in late
    assert await office.stores.releases.current() == first


async def test_an_editor_sees_releases_and_cannot_go_back(
    house: House, seat: Seat, office: Office
) -> None:
    made = await changed(house, office)
    await seat.sign_in("wang")
    page = await (await seat.get("/console/releases")).text()
    assert "退回到这一版" not in page
    place = f"/console/releases/{office.release.id}/return"
    assert (await seat.post(place, current=made, reason="x")).status == 403


async def test_a_chief_freezes_publishing_and_everybody_is_told(
    house: House, seat: Seat, office: Office
) -> None:
    await clerk(house, "chief", Role.CHIEF)
    await clerk(house, "wang", Role.EDITOR)
    await seat.sign_in("chief")
    assert "请写明原因" in await (await seat.post("/console/freeze", reason="")).text()
    assert "普通发布已暂停" in await (await seat.post("/console/freeze", reason="台风")).text()
    await seat.sign_in("wang")
    listed = await (await seat.get("/console/drafts")).text()
    assert re.search(r"应急期间，普通发布已暂停（chief .*）：台风", listed)
    assert (await seat.post("/console/thaw")).status == 403
    await seat.sign_in("chief")
    assert "普通发布已恢复" in await (await seat.post("/console/thaw")).text()
