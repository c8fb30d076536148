"""One answer of a household counts also for those of it whose rows are made later."""

from dataclasses import replace

from bot.house import House
from bot.workers.informing import inform_next
from data.civic.ids import EventId, PersonId
from data.civic.safety.whereabouts import Stage
from data.civic.sending.informing import Informing, InformingKind
from data.civic.sending.rows import By, Manner, RowState, Rung
from handlers.acts import inform
from handlers.acts.confirm import Answer, confirm
from tests.carrying import walked
from tests.informed import answer, informing, part
from tests.newcoming import caught_up, comes_to
from tests.townsfolk import all_ways, informed, person, rows_of, settled

HOME = 7


async def test_who_comes_to_a_household_that_has_answered_is_informed_by_it(house: House) -> None:
    await settled(house.stores, person(1, household=HOME), person(9))
    one = await informed(house, kind=InformingKind.ORDER)
    await walked(house, all_ways())
    await confirm(house.office(), Answer(informing=one.id, person=PersonId(1), manner=Manner.SMS))
    for newcomer in (person(2, household=HOME, phone=None), person(3, household=9)):
        await comes_to(house, newcomer)
    ways = all_ways()
    await caught_up(house, ways)
    assert ways[Rung.SMS].people == [3], "of the other household nobody has answered"
    first, mate = [(await rows_of(house.stores, one))[handle].confirmation for handle in (1, 2)]
    assert first is not None
    assert mate is not None
    assert (mate.by, mate.who, mate.manner, mate.at) == (
        By.HOUSEHOLD,
        first.who,
        first.manner,
        first.at,
    )
    steps = await house.stores.whereabouts.of_person(PersonId(2), [EventId(one.event)])
    assert [step.stage for step in steps] == [Stage.NOTIFIED]


async def test_who_has_come_to_a_shelter_has_answered_for_nobody_at_home(house: House) -> None:
    await settled(house.stores, person(1, household=HOME))
    one = await informed(house)
    await walked(house, all_ways())
    scanned = replace(answer(by=By.STAFF), manner=Manner.DOOR)
    await house.stores.rows.confirm(one.id, {PersonId(1): scanned})
    await comes_to(house, person(2, household=HOME))
    ways = all_ways()
    await caught_up(house, ways)
    assert ways[Rung.SMS].people == [2]


async def test_in_a_large_village_an_answer_stops_the_rest_for_mates_in_later_slices(
    house: House,
) -> None:
    await settled(house.stores, *(person(n, household=HOME + n % 2) for n in range(1, 7)))
    one, ways = await in_parts(house, 1, 3), all_ways()
    assert await inform_next(house.office(), ways)
    assert ways[Rung.SMS].people == [1, 2]
    await confirm(house.office(), Answer(informing=one.id, person=PersonId(1), manner=Manner.SMS))
    await walked(house, ways)
    assert sorted(ways[Rung.SMS].people) == [1, 2, 4, 6]
    rows = await rows_of(house.stores, one)
    confirmed = {handle for handle, row in rows.items() if row.state is RowState.CONFIRMED}
    assert confirmed == {1, 3, 5}


async def in_parts(house: House, *firsts: int) -> Informing:
    """Begin an informing of one village that is cut into parts, each from a handle on."""
    stores = house.stores
    begun = await stores.informings.begin(informing())
    ends = (*firsts[1:], 1 << 40)
    parts = [
        part(place, of=begun.id, first=first, end=end)
        for place, (first, end) in enumerate(zip(firsts, ends, strict=True))
    ]
    await stores.slices.draft(begun, parts, due=house.office().clock.now())
    await stores.slices.open(begun.id)
    return await inform.finish_planning(house.office(), begun)
