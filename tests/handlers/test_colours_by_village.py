"""The colours of all: exactly the listed ones turn red, and each the same as when asked alone."""

from collections import Counter

import pytest

from bot.house import House
from data.civic.ids import AreaCode, PersonId
from data.civic.knowing.colour_rules import CodeColour
from data.civic.safety.colours import Colouring
from data.civic.safety.marks import MarkKind
from handlers.acts import mark_person
from handlers.colouring import Now, colouring_of, now_of
from handlers.colours_by_village import colours_of, counted
from tests.evacuation import ME, PURPOSE, Evacuation, evacuation
from tests.safety import OLD_HOUSE
from tests.townsfolk import NEXT_VILLAGE, VILLAGE, person, settled

BOTH = (VILLAGE, NEXT_VILLAGE)


@pytest.fixture
async def scene(house: House) -> Evacuation:
    return await evacuation(house)


async def by_person(scene: Evacuation, now: Now) -> dict[PersonId, Colouring]:
    found = {}
    async for some in colours_of(scene.office, BOTH, now):
        for one in some:
            found |= dict.fromkeys(one.people, one.colouring)
    return found


async def test_exactly_the_listed_turn_red_and_nobody_else_does(
    scene: Evacuation, house: House
) -> None:
    risky = [person(n, tags=OLD_HOUSE) for n in range(100, 200)]
    others = [person(n, tags=OLD_HOUSE, village=NEXT_VILLAGE) for n in range(200, 250)]
    await settled(house.stores, *risky, *others, *(person(n) for n in range(300, 350)))
    await scene.ordered()
    found = await by_person(scene, await now_of(scene.office))
    red = {who for who, one in found.items() if one.colour is CodeColour.RED}
    assert red == {1, 2, *range(100, 200)}
    assert len(found) == 204


async def test_everybody_has_the_colour_that_they_have_alone(scene: Evacuation) -> None:
    await scene.ordered()
    office = scene.office
    await scene.scanned(ME)
    await mark_person.mark(
        office,
        scene.worker,
        PersonId(3),
        event=scene.event,
        kind=MarkKind.NEEDS_HAND,
        purpose=PURPOSE,
    )
    now = await now_of(office)
    found = await by_person(scene, now)
    assert {who: str(one.colour) for who, one in found.items()} == {
        1: "orange",
        2: "red",
        3: "yellow",
        4: "grey",
    }
    for one in await office.stores.residents.some(list(found)):
        assert await colouring_of(office, one, now) == found[one.id]
    assert found[ME].moved


async def test_villages_are_counted_without_naming_anybody(scene: Evacuation) -> None:
    await scene.ordered()
    counts: dict[AreaCode, Counter[CodeColour]] = {}
    async for some in colours_of(scene.office, BOTH, await now_of(scene.office)):
        counts |= counted(some)
    assert counts == {
        VILLAGE: {CodeColour.RED: 2, CodeColour.GREY: 1},
        NEXT_VILLAGE: {CodeColour.GREY: 1},
    }
