"""Misuse (journey 20, below its pages): a list of names, imported or marked, makes nobody red."""

from collections import Counter

import pytest

from bot.house import House
from data.civic.errors import Conflict, NotFound
from data.civic.ids import AreaCode, EventId, PersonId
from data.civic.knowing.colour_rules import CodeColour
from data.civic.people import Role
from data.civic.safety.marks import MarkKind
from handlers.acts import mark_person
from handlers.acts.mark_person import ListWish
from handlers.acts.rosters import Wish, import_roster
from handlers.colouring import now_of
from handlers.colours_by_village import colours_of, counted
from tests.evacuation import PURPOSE, Evacuation, evacuation
from tests.rosters import WORDS, ZHULUO, row
from tests.staffed import hired

VILLAGE = AreaCode(ZHULUO)
UNWANTED = tuple(row(n, risks="危房、独居、低洼易涝") for n in range(1, 41))
"""A list of people whom somebody would like to stop."""


@pytest.fixture
async def scene(house: House) -> Evacuation:
    return await evacuation(house)


async def imported(house: House) -> tuple[PersonId, ...]:
    admin = await hired(house, "admin", Role.ADMIN)
    done = await import_roster(house.office(), admin, UNWANTED, Wish(purpose=PURPOSE), words=WORDS)
    assert not done.mistakes
    everybody = await house.stores.residents.of_village(VILLAGE, 100)
    return tuple(one.id for one in everybody if one.name.startswith("样例"))


async def colours(house: House) -> Counter[CodeColour]:
    office = house.office()
    found: Counter[CodeColour] = Counter()
    async for some in colours_of(office, [VILLAGE], await now_of(office)):
        found += counted(some)[VILLAGE]
    return found


async def test_a_list_of_names_that_is_imported_makes_nobody_red(
    house: House, scene: Evacuation
) -> None:
    people = await imported(house)
    assert len(people) == len(UNWANTED)
    assert set(await colours(house)) == {CodeColour.GREY}


async def test_a_list_that_is_marked_needs_an_event_two_officers_and_stays_short_of_red(
    house: House, scene: Evacuation
) -> None:
    people, hq, office = await imported(house), scene.hq, scene.office
    wish = ListWish(
        event=EventId("none"), area=VILLAGE, kind=MarkKind.NEEDS_TRANSFER, people=people
    )
    with pytest.raises(NotFound):
        await mark_person.propose(office, hq.li, wish, purpose=PURPOSE)
    wish = ListWish(event=scene.event, area=VILLAGE, kind=wish.kind, people=people)
    made = await mark_person.propose(office, hq.li, wish, purpose=PURPOSE)
    with pytest.raises(Conflict):
        await mark_person.approve(office, hq.li, made.id)
    assert CodeColour.RED not in await colours(house)
    await mark_person.approve(office, hq.zhao, made.id)
    assert await colours(house) == {CodeColour.ORANGE: len(people), CodeColour.GREY: 3}
