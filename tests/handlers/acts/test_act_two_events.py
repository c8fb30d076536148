"""One person is in one place, however many events there are over the same village."""

import pytest

from bot.house import House
from data.civic.ids import AreaCode, EventId
from data.civic.knowing.colour_rules import CodeColour
from data.civic.safety.whereabouts import Stage
from data.civic.warning.events import Event
from handlers.acts.move_person import standing_of
from handlers.acts.open_event import open_event
from handlers.acts.purge_events import destroy
from handlers.acts.take_in import Outcome
from handlers.acts.whereabouts_board import board
from handlers.colouring import colouring_of, now_of
from tests.leaving import ordered
from tests.observed import heard
from tests.sheltering import HALL, SCHOOL, Desks, desks
from tests.townsfolk import NEXT_VILLAGE, VILLAGE, guarded

COUNTY = AreaCode("330109")


@pytest.fixture
async def at_work(house: House) -> Desks:
    await heard(house)
    one = await desks(house)
    await house.stores.villages.recount([VILLAGE, NEXT_VILLAGE])
    await guarded(house.stores)
    return one


@pytest.fixture
async def flood(at_work: Desks) -> Event:
    return await open_event(at_work.office, at_work.hq.li, name="洪水", areas=[COUNTY])


async def colour(one: Desks) -> tuple[CodeColour, bool]:
    found = await colouring_of(one.office, one.people[0], await now_of(one.office))
    return found.colour, found.moved


async def moved(one: Desks, event: EventId) -> list[tuple[int, int]]:
    lines = await board(one.office, one.hq.wang, event)
    return [(line.moved, line.not_moved) for line in lines if line.listed]


async def test_who_is_scanned_in_two_events_takes_one_place(at_work: Desks, flood: Event) -> None:
    (code,) = await at_work.codes(1)
    await at_work.visit(code=code)
    await at_work.visit(code=code, event=flood.id)
    inside = await at_work.office.stores.doors.inside([HALL])
    assert inside[HALL].people == 1
    await at_work.visit(code=code, event=flood.id, shelter=SCHOOL)
    inside = await at_work.office.stores.doors.inside([HALL, SCHOOL])
    assert {name: places.people for name, places in inside.items()} == {HALL: 0, SCHOOL: 1}
    assert await at_work.inside(HALL) == 0


async def test_who_is_in_a_shelter_is_moved_in_every_event(at_work: Desks, flood: Event) -> None:
    (code,) = await at_work.codes(1)
    await at_work.visit(code=code)
    await ordered(at_work, event=flood)
    assert (await colour(at_work))[1] is True
    assert await moved(at_work, flood.id) == [(1, 3)]


async def test_who_went_home_by_one_event_is_red_by_the_order_of_the_other(
    at_work: Desks, flood: Event
) -> None:
    (code,) = await at_work.codes(1)
    await at_work.visit(code=code)
    await at_work.visit(code=code, event=flood.id)
    await at_work.leaves(code=code, event=flood.id)
    await ordered(at_work, event=flood)
    assert await colour(at_work) == (CodeColour.RED, False)
    assert await moved(at_work, flood.id) == [(0, 4)]


async def test_nobody_returns_by_one_event_whom_another_still_holds(
    at_work: Desks, flood: Event
) -> None:
    await ordered(at_work, event=flood)
    (code,) = await at_work.codes(1)
    await at_work.visit(code=code)
    await at_work.leaves(code=code)
    standing = await standing_of(at_work.office, at_work.people[0], at_work.event)
    assert standing.stage is Stage.MOVING


async def test_a_drill_moves_nobody_in_earnest(at_work: Desks) -> None:
    li, office = at_work.hq.li, at_work.office
    drill = await open_event(office, li, name="演练", areas=[COUNTY], drill=True)
    (code,) = await at_work.codes(1)
    await at_work.visit(code=code)
    await at_work.visit(code=code, event=drill.id, shelter=SCHOOL)
    assert (await at_work.inside(), await at_work.inside(SCHOOL)) == (1, 0)


async def test_a_desk_goes_on_when_another_event_was_purged(at_work: Desks, flood: Event) -> None:
    (code,) = await at_work.codes(1)
    await at_work.visit(code=code, event=flood.id)
    await at_work.visit(code=code)
    await destroy(at_work.office, flood.id)
    assert (await at_work.leaves(code=code)).outcome is Outcome.OUT
    assert await at_work.inside() == 0
