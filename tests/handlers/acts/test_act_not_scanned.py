"""Reported as moved and scanned nowhere: shown as a gap, and named to who gives a purpose."""

import pytest

from bot.house import House
from bot.workers.informing_intake import take_up_next
from data.civic.errors import BadInput, Refused
from data.civic.people import Role
from data.civic.safety.scans import OutTo, Way
from data.civic.safety.whereabouts import Stage
from data.civic.sending.informing import Informing
from handlers.acts import move_person, uninformed
from handlers.acts.check_in import Visit, check
from handlers.acts.uninformed import Level
from tests.carrying import walked
from tests.evacuation import ME, NEIGHBOUR, PURPOSE, Evacuation, evacuation
from tests.sheltering import SCHOOL
from tests.staffed import LINPU, hired
from tests.townsfolk import NEXT_VILLAGE, VILLAGE, all_ways, informed


@pytest.fixture
async def scene(house: House) -> Evacuation:
    return await evacuation(house)


async def told(scene: Evacuation) -> Informing:
    """Order the transfer, and let people be informed of it."""
    await scene.ordered()
    await take_up_next(scene.office)
    await walked(scene.hq.house, all_ways())
    (informing,) = await scene.office.stores.informings.newest(1)
    return informing


async def moved(scene: Evacuation, who: object) -> None:
    said = scene.report(Stage.SHELTER, who=who, village=NEXT_VILLAGE)  # type: ignore[arg-type]
    await move_person.by_staff(scene.office, scene.worker, said, purpose=PURPOSE)


async def gap(scene: Evacuation, number: int, level: Level) -> list[int | None]:
    found = await uninformed.board(scene.office, scene.hq.wang, number, level=level, area=LINPU)
    return [one.not_scanned for one in found.lines]


async def test_who_was_reported_and_not_scanned_is_counted_and_named_alike(
    scene: Evacuation,
) -> None:
    informing = await told(scene)
    assert await gap(scene, informing.id, Level.VILLAGE) == [0]
    await moved(scene, ME)
    await moved(scene, NEIGHBOUR)
    for level in (Level.TOWN, Level.VILLAGE):
        assert await gap(scene, informing.id, level) == [2]
    asked = {"village": VILLAGE, "purpose": PURPOSE}
    named = await uninformed.not_scanned(scene.office, scene.hq.wang, informing.id, **asked)  # type: ignore[arg-type]
    assert [one.person.id for one in named if one.person] == [ME, NEIGHBOUR]
    await scene.scanned(ME)
    assert await gap(scene, informing.id, Level.VILLAGE) == [1]


async def test_of_a_warning_in_no_event_nothing_is_claimed(scene: Evacuation) -> None:
    informing = await informed(scene.hq.house)
    await walked(scene.hq.house, all_ways())
    assert set(await gap(scene, informing.id, Level.VILLAGE)) == {None}


async def test_the_names_want_a_purpose_and_the_own_people(scene: Evacuation, house: House) -> None:
    informing = await told(scene)
    with pytest.raises(BadInput):
        await uninformed.not_scanned(
            scene.office, scene.worker, informing.id, village=VILLAGE, purpose=" "
        )
    other = await hired(house, "other", Role.GRID, area=NEXT_VILLAGE)
    with pytest.raises(Refused):
        await uninformed.not_scanned(
            scene.office, other, informing.id, village=VILLAGE, purpose=PURPOSE
        )


async def test_who_was_scanned_out_and_is_reported_safe_since_is_in_the_gap(
    scene: Evacuation,
) -> None:
    informing = await told(scene)
    await scene.scanned(ME)
    assert await gap(scene, informing.id, Level.VILLAGE) == [0]
    out = Visit(event=scene.event, way=Way.OUT, shelter=SCHOOL, people=(ME,), out_to=OutTo.HOME)
    await check(scene.office, scene.desk, out)
    await moved(scene, ME)
    assert await gap(scene, informing.id, Level.VILLAGE) == [1]
