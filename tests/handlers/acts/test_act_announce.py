"""Announcing by loudspeaker: one text for each village, read out by its staff; nobody's proof."""

from collections.abc import Mapping

import pytest

from bot.channels.messengers import Messenger
from bot.house import House
from bot.workers.loudspeakers import Loudspeakers
from data.civic.errors import NotFound, Refused
from data.civic.ids import AreaCode
from data.civic.people import Role
from data.civic.sending.informing import Informing, InformingKind
from data.civic.sending.ladder import LadderRules
from data.civic.sending.rows import RowState, Rung
from data.civic.warning import drills
from handlers.acts import announce, inform
from tests.carrying import states, walked
from tests.staffed import COUNTY, hired
from tests.townsfolk import (
    NEXT_VILLAGE,
    VILLAGE,
    WORDS,
    all_ways,
    informed,
    person,
    request,
    settled,
)

AT_ONCE = LadderRules()
"""No way waits for an answer."""


def ways_of(house: House) -> Mapping[Rung, Messenger]:
    return {**all_ways(), Rung.LOUDSPEAKER: Loudspeakers(office=house.office)}


@pytest.fixture
async def told(house: House) -> Informing:
    """Two people of one village and one of the next, whom no way has reached surely."""
    people = (person(1), person(2), person(3, village=NEXT_VILLAGE))
    await settled(house.stores, *people)
    informing = await informed(house, rules=AT_ONCE)
    await walked(house, ways_of(house))
    return informing


async def test_each_village_has_one_text_with_its_name_and_the_approved_words(
    house: House, told: Informing
) -> None:
    duty = await hired(house, "wang", Role.DUTY)
    found = await announce.listed(house.office(), duty, told.id)
    assert [one.village for one in found.announcements] == [VILLAGE, NEXT_VILLAGE]
    places = house.office().release.places
    for one in found.announcements:
        assert one.text.startswith(places.name(one.village))
        assert one.text.endswith(told.words.by(Rung.LOUDSPEAKER))
        assert one.readings == ()
    assert not any(found.over(one.village) for one in found.announcements)


async def test_whoever_may_have_heard_it_is_informed_no_more_than_before(
    house: House, told: Informing
) -> None:
    duty, before = await hired(house, "wang", Role.DUTY), await states(house, told)
    await announce.read_out(house.office(), duty, told.id, VILLAGE)
    assert await states(house, told) == before
    assert set(before.values()) == {(RowState.UNREACHABLE, Rung.LOUDSPEAKER)}
    await house.stores.boards.count(told.id)
    lines = await house.stores.boards.villages(told.id)
    assert sum(line.uninformed for line in lines) == 3


async def test_who_has_read_it_out_and_when_is_kept_and_noted(
    house: House, told: Informing
) -> None:
    chen = await hired(house, "chen", Role.GRID, area=VILLAGE, name="陈网格")
    once = await announce.read_out(house.office(), chen, told.id, VILLAGE)
    twice = await announce.read_out(house.office(), chen, told.id, VILLAGE)
    assert [one.by for one in once.readings] == [chen.id]
    assert len(twice.readings) == 1, "a button pressed twice"
    found = await announce.listed(house.office(), chen, told.id)
    assert found.names == {chen.id: "陈网格"}
    entries = [one async for one in house.stores.audit.entries()]
    noted = [one.deed for one in entries if one.deed.act == "inform.announce"]
    assert [(one.actor, one.subject) for one in noted] == [
        (chen.id, f"informing-{told.id}/{VILLAGE}")
    ]


async def test_a_village_has_its_own_list_and_reads_nobody_elses(
    house: House, told: Informing
) -> None:
    chen = await hired(house, "chen", Role.GRID, area=VILLAGE)
    found = await announce.listed(house.office(), chen, told.id)
    assert [one.village for one in found.announcements] == [VILLAGE]
    with pytest.raises(Refused):
        await announce.read_out(house.office(), chen, told.id, NEXT_VILLAGE)
    agent = await hired(house, "agent", Role.AGENT)
    with pytest.raises(Refused):
        await announce.listed(house.office(), agent, told.id)


async def test_where_nothing_is_announced_nothing_can_be_read_out(
    house: House, told: Informing
) -> None:
    duty = await hired(house, "wang", Role.DUTY)
    with pytest.raises(NotFound):
        await announce.read_out(house.office(), duty, told.id, AreaCode(f"{COUNTY}105999"))
    with pytest.raises(NotFound):
        await announce.listed(house.office(), duty, 99)


async def test_what_is_stopped_is_shown_as_over(house: House, told: Informing) -> None:
    chief = await hired(house, "chief", Role.CHIEF)
    await inform.cancel(house.office(), chief, told.id)
    found = await announce.listed(house.office(), chief, told.id)
    assert all(found.over(one.village) for one in found.announcements)


async def test_where_it_was_lifted_it_is_not_to_be_read_out_any_more(
    house: House, told: Informing
) -> None:
    duty = await hired(house, "wang", Role.DUTY)
    await inform.end_in(house.office(), told, [VILLAGE])
    found = await announce.listed(house.office(), duty, told.id)
    assert {one.village: found.over(one.village) for one in found.announcements} == {
        VILLAGE: True,
        NEXT_VILLAGE: False,
    }


async def test_an_announcement_of_a_drill_begins_with_the_mark_once(house: House) -> None:
    await settled(house.stores, person(1, phone=None))
    said = f"{drills.MARK}台风红色预警。"
    asked = request(f"{drills.PREFIX}1", kind=InformingKind.SIGNAL, rules=AT_ONCE)
    marked = type(WORDS)(text=said, loudspeaker=said)
    rehearsed = type(asked)(
        key=asked.key,
        event=f"{drills.PREFIX}event",
        kind=asked.kind,
        words=marked,
        target=asked.target,
        rules=AT_ONCE,
    )
    informing = await inform.start(house.office(), rehearsed)
    await walked(house, ways_of(house))
    (one,) = await house.stores.announcements.of(informing.id)
    assert one.text.startswith(drills.MARK)
    assert one.text.count(drills.MARK) == 1
