"""Thirty people report one dyke: one case, thirty reporters, and each hears the result."""

import asyncio
from dataclasses import replace

import pytest

from bot.house import House
from data.civic.errors import BadInput, NotFound
from data.civic.ids import HazardId
from data.civic.people import Role, Staff
from data.civic.safety.hazards import HazardKind, HazardState
from data.civic.talk.messages import MessageKind
from handlers.acts import hazards
from tests import builders
from tests.evacuation import Evacuation, evacuation
from tests.handlers.talking import Talk, words
from tests.staffed import hired
from tests.townsfolk import GRID, LINPU, VILLAGE

DYKE = "江堤上有个洞在往外冒浑水，你们快来看看"


def of(house: House, number: int) -> Talk:
    return Talk(house, by=builders.citizen(f"reporter-{number}"))


async def shows(talk: Talk, *, metres: int = 0, label: str = "临浦镇") -> str:
    """Send a place on the map, so many metres north of the dyke."""
    text = f"120.25,{30.05 + metres / 111_320:.6f} {label}"
    return words(await talk.say(text, kind=MessageKind.PLACE))


@pytest.fixture
async def duty(house: House) -> Staff:
    return await hired(house, "liu", Role.DUTY)


async def test_thirty_reports_of_one_dyke_are_one_case(house: House, duty: Staff) -> None:
    talks = [of(house, n) for n in range(30)]

    async def report(number: int, talk: Talk) -> None:
        assert "险情隐患已经登记" in words(await talk.say(DYKE))
        assert "位置记下了" in await shows(talk, metres=number * 6)

    await asyncio.gather(*(report(n, one) for n, one in enumerate(talks)))
    (case,) = await hazards.listed(house.office(), duty)
    assert (case.reporters, case.hazard.kind) == (30, HazardKind.DYKE)

    await hazards.start(house.office(), duty, case.hazard.id)
    await hazards.end(house.office(), duty, case.hazard.id, "洞已经堵住，险情排除。")
    await hazards.end(house.office(), duty, case.hazard.id, "洞已经堵住，险情排除。")
    for talk in talks:
        lines = await house.stores.messages.history(talk.by.id, before=None, limit=20)
        told = [one.text for one in lines if one.staff]
        assert len(told) == 2
        assert "洞已经堵住" in told[-1] + told[0]
    assert await hazards.listed(house.office(), duty) == []


async def test_a_dyke_farther_off_is_another_case(house: House, duty: Staff) -> None:
    for number, metres in enumerate((0, 900)):
        talk = of(house, number)
        await talk.say(DYKE)
        await shows(talk, metres=metres)
    assert len(await hazards.listed(house.office(), duty)) == 2


async def test_who_comes_later_hears_that_others_have_reported_it(house: House) -> None:
    first, second = of(house, 1), of(house, 2)
    await first.say(DYKE)
    await shows(first)
    await second.say(DYKE)
    assert "还有1人报过" in await shows(second, metres=50)


async def test_a_picture_is_kept_by_name_and_progress_can_be_asked_for(
    house: House, duty: Staff
) -> None:
    talk = of(house, 1)
    await talk.say(DYKE)
    assert "照片记下了" in words(await talk.say("media-1", kind=MessageKind.PICTURE))
    assert "还没有人开始处理" in words(await talk.say("我报的隐患处理得怎么样了"))
    (case,) = await hazards.listed(house.office(), duty)
    assert case.reports[0].pictures == ("media-1",)
    await hazards.start(house.office(), duty, case.hazard.id)
    assert "已经开始处理" in words(await talk.say("我报的隐患处理得怎么样了"))


async def test_a_picture_that_nobody_asked_for_is_answered_in_words(house: House) -> None:
    reply = await of(house, 1).say("media-1", kind=MessageKind.PICTURE)
    assert words(reply)


async def test_something_else_after_a_report_is_answered_as_itself(house: House) -> None:
    talk = of(house, 1)
    await talk.say(DYKE)
    assert "位置记下了" not in words(await talk.say("我要补贴"))


async def test_a_life_in_danger_comes_before_the_report(house: House, duty: Staff) -> None:
    first = words(await of(house, 1).say("江堤垮了，有人被困在水里")).splitlines()[0]
    assert "119" in first
    assert await hazards.listed(house.office(), duty) == []


async def test_the_same_message_is_one_report(house: House, duty: Staff) -> None:
    message = builders.message(DYKE, by=builders.citizen("reporter-1"))
    talk = of(house, 1)
    for key in ("a", "a"):
        await talk.say(DYKE, id=replace(message, id=message.id).id[:-2] + key)
    (case,) = await hazards.listed(house.office(), duty)
    assert len(case.reports) == 1


async def test_the_worker_of_the_village_sees_it_and_no_other_does(house: House) -> None:
    scene: Evacuation = await evacuation(house)
    other = await hired(house, "other", Role.GRID, area=LINPU)
    talk = of(house, 1)
    await talk.say(DYKE, place=VILLAGE)
    (case,) = await hazards.listed(scene.office, scene.worker)
    assert (case.hazard.grid, case.worker.name if case.worker else "") == (GRID, "陈网格")
    assert await hazards.listed(scene.office, other) == []
    with pytest.raises(NotFound):
        await hazards.find(scene.office, other, case.hazard.id)
    with pytest.raises(BadInput):
        await hazards.end(scene.office, scene.worker, case.hazard.id, " ")
    await hazards.start(scene.office, scene.worker, case.hazard.id)
    assert "陈网格" in words(await talk.say("我报的隐患处理得怎么样了"))


async def test_duty_sends_the_worker_of_a_grid(house: House, duty: Staff) -> None:
    await evacuation(house)
    await of(house, 1).say(DYKE)
    (case,) = await hazards.listed(house.office(), duty)
    assert case.worker is None
    await hazards.assign(house.office(), duty, case.hazard.id, GRID)
    found = await hazards.find(house.office(), duty, case.hazard.id)
    assert found.worker is not None
    assert found.hazard.state is HazardState.OPEN
    with pytest.raises(NotFound):
        await hazards.find(house.office(), duty, HazardId("none"))
