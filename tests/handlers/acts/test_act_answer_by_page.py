"""Answering from a page: before anything was sent, and for whom nobody may answer."""

from dataclasses import replace

import pytest

from bot.house import House
from data.civic.errors import Refused
from data.civic.ids import PersonId
from data.civic.safety.registrations import Agreement, How
from data.civic.sending.informing import InformingKind
from data.civic.sending.rows import By, Rung, Said
from handlers.acts import answer_by_page, inform
from tests import builders
from tests.carrying import made, walked
from tests.registered import of, on_the_roster, stands_in
from tests.townsfolk import all_ways, informed, person, request, settled

CHILD = PersonId(21)


async def test_who_read_it_before_it_was_sent_is_told_when_it_is_lifted(house: House) -> None:
    await settled(house.stores, person(1, chat=True), person(2), person(3, household=1))
    one = await informed(house)
    await made(house, one)
    reader = await house.stores.residents.get(PersonId(1))
    assert reader is not None
    assert reader.conversation is not None
    await answer_by_page.answer(
        house.office(), reader.conversation, informing=one.id, said=Said.RECEIVED
    )
    await walked(house, first := all_ways())
    assert first[Rung.SMS].people == [2]
    await inform.start(house.office(), request("lift/1", kind=InformingKind.LIFT, of=one.id))
    await walked(house, ways := all_ways())
    told = {rung: sorted(way.people) for rung, way in ways.items() if way.people}
    assert told == {Rung.SUBSCRIPTION: [1], Rung.CHAT: [1], Rung.SMS: [1, 2]}


@pytest.mark.parametrize("how", [How.CHAT, How.GUARDIAN])
async def test_for_a_child_answers_only_whom_its_guardian_has_named(house: House, how: How) -> None:
    mother, daughter = of(house, "mother"), of(house, "daughter")
    await on_the_roster(house)
    registration = await stands_in(house, daughter, mother)
    named = Agreement(how=how, by="w-1", at=builders.now())
    fresh = replace(registration, agreement=named, version=registration.version + 1)
    await house.stores.registrations.save(fresh)
    await made_a_child(house)
    one = await informed(house)
    await walked(house, all_ways())
    office = house.office()
    asked = answer_by_page.answer(
        office, daughter.by.id, informing=one.id, said=Said.RECEIVED, person=CHILD
    )
    if how is How.GUARDIAN:
        assert (await asked).confirmed.confirmation.by is By.FAMILY
        return
    with pytest.raises(Refused, match="guardian"):
        await asked


async def made_a_child(house: House) -> None:
    """Correct the year of birth: it was a child all along."""
    before = await house.stores.residents.get(CHILD)
    assert before is not None
    after = replace(before, born_year=2018, version=before.version + 1)
    assert await house.stores.residents.save_all([after]) == ()
