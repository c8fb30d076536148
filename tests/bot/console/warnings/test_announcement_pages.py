"""What loudspeakers have to say, at the console and over the staff API."""

import pytest

from bot.house import House
from bot.workers.loudspeakers import Loudspeakers
from data.civic.people import Role
from data.civic.sending.informing import Informing
from data.civic.sending.ladder import LadderRules
from data.civic.sending.rows import Rung
from handlers.acts import inform
from tests.bot.api.test_staff_warnings_api import Programs
from tests.carrying import walked
from tests.staffed import Seat, hired, served
from tests.townsfolk import NEXT_VILLAGE, VILLAGE, all_ways, informed, person, settled


@pytest.fixture
async def told(house: House) -> Informing:
    await settled(house.stores, person(1), person(2, village=NEXT_VILLAGE))
    informing = await informed(house, rules=LadderRules())
    await walked(house, {**all_ways(), Rung.LOUDSPEAKER: Loudspeakers(office=house.office)})
    return informing


async def test_it_is_read_from_the_page_and_noted_there(
    house: House, seat: Seat, told: Informing
) -> None:
    await hired(house, "wang", Role.GRID, area=VILLAGE, name="陈网格")
    await seat.sign_in()
    path = f"/console/informings/{told.id}/announcements"
    text = await (await seat.get(path)).text()
    assert "还没有播" in text
    assert "乡亲们请注意" in text
    text = await (await seat.post(path, village=VILLAGE)).text()
    assert "已记下这一次广播" in text
    assert "陈网格 播了第一遍" in text
    assert (await seat.post(path, village=NEXT_VILLAGE)).status == 403


async def test_a_village_with_nothing_to_say_is_told_so(
    house: House, seat: Seat, told: Informing
) -> None:
    await hired(house, "wang", Role.CHIEF)
    await seat.sign_in()
    path = f"/console/informings/{told.id}/announcements"
    text = await (await seat.post(path, village="330109105299")).text()
    assert "没有记下" in text
    other = await informed(house, "signal/2")
    text = await (await seat.get(f"/console/informings/{other.id}/announcements")).text()
    assert "现在没有要用大喇叭播的内容" in text


async def test_what_is_stopped_says_do_not_read_it_out(
    house: House, seat: Seat, told: Informing
) -> None:
    chief = await hired(house, "wang", Role.CHIEF)
    await seat.sign_in()
    await inform.cancel(house.office(), chief, told.id)
    text = await (await seat.get(f"/console/informings/{told.id}/announcements")).text()
    assert "不要再播" in text


async def test_a_program_lists_and_notes_it(house: House, told: Informing) -> None:
    wang = await hired(house, "wang", Role.DUTY)
    await hired(house, "agent", Role.AGENT)
    async with served(house) as client:
        programs = Programs(house, client)
        duty, agent = await programs.of("wang"), await programs.of("agent")
        path = f"/informings/{told.id}/announcements"
        listed = await duty.get(path)
        assert [one["village"] for one in listed["announcements"]] == [VILLAGE, NEXT_VILLAGE]
        assert (listed["drill"], listed["announcements"][0]["over"]) == (False, False)
        said = await duty.post(path, {"village": VILLAGE})
        assert [one["by"] for one in said["readings"]] == [wang.id]
        await duty.post(path, {"village": "330109105299"}, status=404)
        await agent.get(path, status=403)
