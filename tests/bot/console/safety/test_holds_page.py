"""After the event at the console: until when data stands; one asks to hold it, another approves."""

from datetime import timedelta

import pytest

from bot.clock import SystemClock
from bot.house import House
from bot.workers.housekeeping import keep_house
from data.civic.people import Role
from handlers.acts import open_event
from tests.evacuation import ME, Evacuation, evacuation
from tests.staffed import Seat, hired

HOLDS = "/console/holds"


@pytest.fixture
async def scene(house: House) -> Evacuation:
    """An event in which somebody moved; the chief closed it, and its file is open."""
    scene = await evacuation(house)
    order = await scene.ordered()
    await scene.scanned(ME)
    await scene.lifted(order)
    await scene.checked(order)
    await scene.released(order)
    for one in await scene.office.stores.to_inform.waiting(50):
        await scene.office.stores.to_inform.planned(one.id, scene.office.clock.now())
    await open_event.close_event(scene.office, scene.hq.li, scene.event)
    await keep_house(scene.office)
    return scene


async def test_one_asks_another_approves_and_nothing_goes_until_it_is_ended(
    house: House, seat: Seat, scene: Evacuation
) -> None:
    office, one = scene.office, f"{HOLDS}/{scene.event}"
    await seat.sign_in("li")
    assert "到期自动销毁" in await (await seat.get(HOLDS)).text()
    assert "没有提出" in await (await seat.post(f"{one}/ask", reason=" ")).text()
    assert "等批准" in await (await seat.post(f"{one}/ask", reason="法院调查")).text()
    assert "没有办成" in await (await seat.post(f"{one}/approve")).text()
    await seat.sign_in("zhao")
    text = await (await seat.post(f"{one}/approve")).text()
    assert "暂缓销毁" in text
    assert "法院调查" in text

    assert isinstance(house.clock, SystemClock)
    house.clock.shift += timedelta(days=400)
    await keep_house(office)
    assert (await office.stores.papers.counts(scene.event, []))["whereabouts"] == 1
    await seat.sign_in("zhao")
    assert "到期自动销毁" in await (await seat.post(f"{one}/end")).text()
    await keep_house(office)
    text = await (await seat.get(HOLDS)).text()
    assert "已销毁" in text
    assert f"应急 {scene.event} 的个人资料" in text


async def test_a_hold_asked_for_without_a_reason_is_asked_for_again_under_the_same_key(
    seat: Seat, scene: Evacuation
) -> None:
    await seat.sign_in("li")
    one = f"{HOLDS}/{scene.event}/ask"
    assert "没有提出" in await (await seat.post(one, reason=" ", key="same")).text()
    for _ in range(2):
        assert "等批准" in await (await seat.post(one, reason="法院调查", key="same")).text()
    file = await scene.office.stores.event_files.get(scene.event)
    assert file is not None
    assert [hold.reason for hold in file.holds] == ["法院调查"]


async def test_an_auditor_reads_who_holds_what_and_moves_nothing(
    house: House, seat: Seat, scene: Evacuation
) -> None:
    await hired(house, "auditor", Role.AUDITOR)
    await seat.sign_in("auditor")
    text = await (await seat.get(HOLDS)).text()
    assert "到期自动销毁" in text
    assert "为什么要留" not in text
    for move in ("ask", "approve", "end"):
        refused = await seat.post(f"{HOLDS}/{scene.event}/{move}", reason="想看看")
        assert refused.status == 403


async def test_before_any_event_is_closed_the_page_says_so(house: House, seat: Seat) -> None:
    await hired(house, "chief", Role.CHIEF)
    await seat.sign_in("chief")
    text = await (await seat.get(HOLDS)).text()
    assert "还没有关闭的应急" in text
    assert "还没有销毁过" in text
