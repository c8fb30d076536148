"""Who is with relatives whose village must leave is named there, and told why."""

import pytest

from bot.house import House
from data.civic.ids import PersonId
from data.civic.people import Role
from data.civic.safety.colours import Reason
from data.civic.safety.whereabouts import Stage
from handlers.acts import my_colour
from handlers.acts.move_person import by_staff
from handlers.acts.say_where import on_the_way
from handlers.acts.whereabouts_board import board, names
from handlers.colour_words import why
from tests import builders
from tests.evacuation import ME, PURPOSE, Evacuation, evacuation
from tests.leaving import everybody_leaves
from tests.observed import heard
from tests.staffed import hired
from tests.townsfolk import NEXT_VILLAGE, VILLAGE

MINE = builders.citizen("openid-1").id


@pytest.fixture
async def scene(house: House) -> Evacuation:
    await heard(house)
    one = await evacuation(house)
    said = one.report(Stage.RELATIVES, village=NEXT_VILLAGE)
    await by_staff(one.office, one.worker, said, purpose=PURPOSE)
    return one


async def staying(scene: Evacuation) -> list[PersonId]:
    office, wang = scene.office, scene.hq.wang
    found = await names(office, wang, scene.event, village=NEXT_VILLAGE, purpose=PURPOSE)
    lines = {one.village: one.staying for one in await board(office, wang, scene.event)}
    assert lines.get(NEXT_VILLAGE, 0) == len(found.staying)
    assert lines.get(VILLAGE, 0) == 0
    return [one.person.id for one in found.staying]


async def test_the_village_of_the_relatives_names_who_is_there(
    scene: Evacuation, house: House
) -> None:
    assert await staying(scene) == []
    await everybody_leaves(scene.hq, NEXT_VILLAGE)
    assert await staying(scene) == [ME]
    worker = await hired(house, "next", Role.DUTY, area=NEXT_VILLAGE)
    said = scene.report(Stage.HOSPITAL)
    await by_staff(scene.office, worker, said, purpose=PURPOSE)
    assert await staying(scene) == []


async def test_their_code_says_that_it_is_the_village_of_the_relatives(scene: Evacuation) -> None:
    await everybody_leaves(scene.hq, NEXT_VILLAGE)
    (mine,) = await my_colour.own(scene.office, MINE)
    assert mine.colouring.reason is Reason.ORDER
    words = why(scene.office.release, mine)[0].full
    assert "亲友家" in words
    assert "按名册" not in words


async def test_on_the_way_from_relatives_is_written_down_and_moves_nobody_out_of_red(
    scene: Evacuation,
) -> None:
    await everybody_leaves(scene.hq, NEXT_VILLAGE)
    (mine,) = await my_colour.own(scene.office, MINE)
    assert (await on_the_way(scene.office, MINE, mine)).stage is Stage.MOVING
    (mine,) = await my_colour.own(scene.office, MINE)
    assert mine.colouring.reason is Reason.ORDER
    assert await staying(scene) == [ME]
