"""Proxies: whose word it takes, who may record it, and that a child's is its guardian's."""

from dataclasses import replace
from datetime import date

import pytest

from bot.house import House
from data.civic.errors import BadInput, Conflict, NotFound, Refused, TooMany
from data.civic.ids import AreaCode, PersonId
from data.civic.people import Role
from data.civic.safety.identity import id_hash
from data.civic.safety.registrations import Kind, Relation, State
from data.civic.sending.followings import Whose
from data.civic.sending.rows import By
from handlers.acts import confirm, proxies, proxies_at_door, purge_rosters
from handlers.acts.follow import follow
from handlers.acts.identify import Claim
from handlers.acts.proxies import Wish
from tests import builders
from tests.registered import (
    MOTHER,
    MOTHER_ID,
    known,
    of,
    on_the_roster,
    only,
    registers,
    stands_in,
)
from tests.rosters import id_number
from tests.staffed import hired
from tests.townsfolk import person

CHILD_ID = id_number(24, born="20180304")
PURPOSE = "上门登记代办"
CHILD, ME = PersonId(24), PersonId(21)
DAUGHTER = builders.citizen("daughter").id


def wish(number: str = MOTHER_ID, name: str = "王桂花") -> Wish:
    claim = Claim(name=name, id_hash=id_hash(builders.seal(), number))
    return Wish(claim=claim, relation=Relation.MOTHER, name="李小芳")


async def test_a_child_is_stood_in_for_by_its_guardians_word_alone(house: House) -> None:
    await on_the_roster(house, known(24, "王小明", CHILD_ID, None, born=2018))
    office, duty = house.office(), await hired(house, "duty", Role.DUTY)
    asked = await proxies.ask(office, DAUGHTER, wish(CHILD_ID, "王小明"))
    assert asked is not None
    assert asked.told == 0
    name = asked.registration.id
    with pytest.raises(Conflict):
        await proxies_at_door.record_yes(office, duty, name, person=CHILD, purpose=PURPOSE)
    one = await proxies_at_door.record_yes(
        office, duty, name, person=CHILD, guardian=True, purpose=PURPOSE
    )
    assert one.state is State.STANDING


async def test_only_who_answers_for_the_person_records_a_word_and_says_why(house: House) -> None:
    await on_the_roster(house)
    office = house.office()
    asked = await proxies.ask(office, DAUGHTER, wish())
    assert asked is not None
    name = asked.registration.id
    far = await hired(house, "far", Role.DUTY, area=AreaCode("330109100"))
    agent = await hired(house, "agent", Role.AGENT)
    grid = await hired(house, "grid", Role.GRID)
    for staff in (far, agent, grid):
        with pytest.raises(Refused):
            await proxies_at_door.record_yes(office, staff, name, person=ME, purpose=PURPOSE)
    duty = await hired(house, "duty", Role.DUTY)
    with pytest.raises(BadInput):
        await proxies_at_door.record_yes(office, duty, name, person=ME, purpose="")
    with pytest.raises(NotFound):
        await proxies_at_door.record_yes(office, duty, "0" * 24, person=ME, purpose=PURPOSE)
    await proxies_at_door.record_no(office, duty, name, person=ME, purpose=PURPOSE)
    with pytest.raises(Conflict):
        await proxies_at_door.record_yes(office, duty, name, person=ME, purpose=PURPOSE)


async def test_a_word_counts_for_the_person_who_was_shown_and_for_nobody_else(
    house: House,
) -> None:
    await on_the_roster(house, MOTHER, person(25))
    mother, other = of(house, "mother"), PersonId(25)
    await registers(mother)
    office, duty = house.office(), await hired(house, "duty", Role.DUTY)
    asked = await proxies.ask(office, DAUGHTER, wish())
    assert asked is not None
    name, own = asked.registration.id, (await only(house, kind=Kind.OWN)).id
    for deed, which in (
        (proxies_at_door.record_yes, name),
        (proxies_at_door.record_no, name),
        (proxies_at_door.end_own, own),
    ):
        with pytest.raises(NotFound):
            await deed(office, duty, which, person=other, purpose=PURPOSE)
    assert (await only(house)).waits(builders.now())
    assert (await only(house, kind=Kind.OWN)).stands


async def test_nobody_is_asked_again_and_again(house: House) -> None:
    await on_the_roster(house)
    office, duty = house.office(), await hired(house, "duty", Role.DUTY)
    for _ in range(proxies.ASKS):
        asked = await proxies.ask(office, DAUGHTER, wish())
        assert asked is not None
        await proxies_at_door.record_no(
            office, duty, asked.registration.id, person=ME, purpose=PURPOSE
        )
    with pytest.raises(TooMany):
        await proxies.ask(office, DAUGHTER, wish())
    assert not (await only(house)).waits(builders.now())


async def test_asking_twice_is_asking_once(house: House) -> None:
    await on_the_roster(house)
    first, second = [await proxies.ask(house.office(), DAUGHTER, wish()) for _ in range(2)]
    assert first is not None
    assert second is not None
    assert first.registration.code == second.registration.code


async def test_who_answers_as_whom(house: House) -> None:
    await on_the_roster(house, MOTHER, person(25, household=21), person(26))
    daughter, mother = of(house, "daughter"), of(house, "mother")
    await stands_in(house, daughter, mother)
    office, found = house.office(), {}
    for handle in (21, 25):
        someone = await house.stores.residents.get(PersonId(handle))
        assert someone is not None
        by, _ = await confirm.answers_as(office, mother.by.id, someone)
        found[handle] = by
    assert found == {21: By.SELF, 25: By.HOUSEHOLD}
    she = await house.stores.residents.get(PersonId(21))
    assert she is not None
    assert (await confirm.answers_as(office, daughter.by.id, she))[0] is By.FAMILY
    mate, stranger = [await house.stores.residents.get(PersonId(one)) for one in (25, 26)]
    for nobodys in (mate, stranger):
        assert nobodys is not None
        with pytest.raises(Refused):
            await confirm.answers_as(office, daughter.by.id, nobodys)


async def test_who_leaves_the_roster_is_spoken_for_by_nobody(house: House) -> None:
    await on_the_roster(house, replace(MOTHER, purge_on=date(2020, 1, 1)))
    await proxies.ask(house.office(), DAUGHTER, wish())
    assert (await only(house)).kind is Kind.PROXY
    await purge_rosters.purge_due(house.office())
    assert await house.stores.registrations.of_conversation(DAUGHTER) == []


@pytest.mark.parametrize("agreed", [True, False])
async def test_what_a_proxy_follows_of_its_own_outlives_the_standing_in(
    house: House, *, agreed: bool
) -> None:
    await on_the_roster(house)
    office, duty = house.office(), await hired(house, "duty", Role.DUTY)
    before = await follow(office, DAUGHTER, MOTHER.village, whose=Whose.OWN)
    asked = await proxies.ask(office, DAUGHTER, wish())
    assert asked is not None
    if agreed:
        name = asked.registration.id
        await proxies_at_door.record_yes(office, duty, name, person=ME, purpose=PURPOSE)
    await proxies.lay_down(office, DAUGHTER)
    (after,) = await house.stores.followings.of(DAUGHTER)
    assert (after.area, after.whose) == (before.area, Whose.OWN)
