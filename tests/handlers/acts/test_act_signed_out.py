"""Nobody is locked in a shelter: the event closed, gone from the roster, said to be elsewhere."""

from datetime import timedelta

import pytest

from bot.house import House
from data.civic.errors import Conflict, NotFound
from data.civic.ids import PersonId
from data.civic.people import Role
from data.civic.safety.scans import OutTo, Way
from data.civic.safety.whereabouts import Stage
from handlers.acts.forget_people import Leaving, forget
from handlers.acts.move_person import Report, by_staff, standing_of
from handlers.acts.open_event import close_event, open_event
from handlers.acts.shelter_board import events_here, report
from handlers.acts.take_in import Outcome
from tests import builders
from tests.leaving import ordered
from tests.sheltering import GYM, HALL, SCHOOL, WHY, Desks, Phone, desks, shelter
from tests.staffed import hired
from tests.townsfolk import NEXT_VILLAGE, VILLAGE, guarded


@pytest.fixture
async def at_work(house: House) -> Desks:
    one = await desks(house)
    await house.stores.villages.recount([VILLAGE, NEXT_VILLAGE])
    await guarded(house.stores)
    return one


async def gone(one: Desks, who: int = 1) -> PersonId:
    await forget(one.office, Leaving(people=[PersonId(who)], why="迁出"))
    return PersonId(who)


async def test_who_is_inside_when_the_event_is_closed_is_still_signed_out(at_work: Desks) -> None:
    first, second = await at_work.codes(1, 2)
    await at_work.visit(code=first)
    await at_work.visit(code=second)
    await close_event(at_work.office, at_work.hq.li, at_work.event)
    (left,) = await events_here(at_work.office, at_work.desk, HALL)
    assert left.id == at_work.event
    with pytest.raises(Conflict, match="nobody checks in"):
        await at_work.visit(code=first)
    assert (await at_work.leaves(code=first)).outcome is Outcome.OUT
    phone = Phone(name="phone-1")
    later = builders.now() + timedelta(seconds=2)
    phone.scans(at_work.event, second, later, way=Way.OUT, out_to=OutTo.HOME)
    await at_work.merged(phone)
    assert await at_work.inside() == 0
    assert await events_here(at_work.office, at_work.desk, HALL) == []


async def test_who_comes_in_the_next_event_takes_no_second_place(at_work: Desks) -> None:
    (code,) = await at_work.codes(1)
    await at_work.visit(code=code)
    await close_event(at_work.office, at_work.hq.li, at_work.event)
    event = await open_event(at_work.office, at_work.hq.li, name="洪水", areas=[VILLAGE])
    done = await at_work.visit(code=code, event=event.id)
    assert (done.outcome, done.inside.people) == (Outcome.IN, 1)


async def test_who_is_gone_from_the_roster_is_signed_out_of_the_list_inside(
    at_work: Desks,
) -> None:
    (code,) = await at_work.codes(1)
    await at_work.visit(code=code)
    who = await gone(at_work)
    assert (await at_work.leaves(code=code)).outcome is Outcome.NO_CODE
    with pytest.raises(NotFound):
        await at_work.leaves(people=(who,), shelter=SCHOOL)
    done = await at_work.leaves(people=(who,))
    assert (done.outcome, done.people, await at_work.inside()) == (Outcome.OUT, (), 0)
    with pytest.raises(NotFound):
        await at_work.visit(people=(who,))


@pytest.mark.parametrize(
    ("stage", "out_to"),
    [(Stage.HOSPITAL, OutTo.HOSPITAL), (Stage.RELATIVES, OutTo.RELATIVES)],
)
async def test_who_is_said_to_be_elsewhere_takes_no_place_any_more(
    at_work: Desks, stage: Stage, out_to: OutTo
) -> None:
    (code,) = await at_work.codes(1)
    await at_work.visit(code=code)
    said = Report(event=at_work.event, person=PersonId(1), stage=stage, village=NEXT_VILLAGE)
    for _ in range(2):
        await by_staff(at_work.office, at_work.hq.wang, said, purpose=WHY)
    assert await at_work.inside() == 0
    found = await report(at_work.office, at_work.desk, HALL, at_work.event)
    assert (found.out_to, found.clashes) == ({out_to: 1}, 0)


async def test_who_is_said_to_be_elsewhere_leaves_also_by_a_scan_that_comes_late(
    at_work: Desks,
) -> None:
    (code,) = await at_work.codes(1)
    came = builders.now() + timedelta(seconds=1)
    left = came + timedelta(seconds=1)
    said = Report(
        event=at_work.event,
        person=PersonId(1),
        stage=Stage.HOSPITAL,
        at=left + timedelta(seconds=1),
    )
    await by_staff(at_work.office, at_work.hq.wang, said, purpose=WHY)
    phone = Phone(name="phone-1")
    phone.scans(at_work.event, code, came)
    for _ in range(2):
        await at_work.merged(phone)
    assert await at_work.inside() == 0


async def test_the_shelter_that_is_offered_takes_people_of_the_event_in(house: House) -> None:
    at_work = await desks(house, shelter(GYM, 1), shelter(SCHOOL, 20, area=NEXT_VILLAGE))
    small = await open_event(at_work.office, at_work.hq.li, name="滑坡", areas=[VILLAGE])
    first, second, third, fourth = await at_work.codes()
    there = await hired(house, "there", Role.SHELTER, Role.GRID, area=NEXT_VILLAGE)
    await at_work.visit(code=first, event=small.id, shelter=GYM)
    full = await at_work.visit(code=second, event=small.id, shelter=GYM)
    assert (full.outcome, full.offers[0].shelter.id) == (Outcome.FULL, SCHOOL)
    came = await at_work.visit(by=there, code=second, event=small.id, shelter=SCHOOL)
    assert came.outcome is Outcome.IN
    kin = {"way": Way.KIN, "shelter": None, "village": NEXT_VILLAGE}
    assert (await at_work.visit(by=there, code=third, event=small.id, **kin)).outcome is Outcome.KIN
    phone = Phone(name="phone-1")
    phone.scans(small.id, fourth, builders.now(), shelter=SCHOOL)
    assert (await at_work.merged(phone)).inside[SCHOOL].people == 2
    with pytest.raises(Conflict, match="of an area of the event"):
        await at_work.visit(by=there, strangers=2, event=small.id, shelter=SCHOOL)


async def test_a_door_that_is_shut_says_closed_while_the_registry_still_says_open(
    at_work: Desks,
) -> None:
    (code,) = await at_work.codes(1)
    await at_work.office.stores.doors.set_open(HALL, is_open=False)
    assert (await at_work.visit(code=code)).outcome is Outcome.CLOSED


async def test_a_scan_sent_again_after_its_guest_has_left_changes_nothing(house: House) -> None:
    at_work = await desks(house, shelter(GYM, 1))
    first, second, *_ = await at_work.codes()
    id_ = builders.ids().new()
    await at_work.visit(code=first, shelter=GYM, id=id_)
    await at_work.leaves(code=first, shelter=GYM)
    again = await at_work.visit(code=first, shelter=GYM, id=id_)
    assert (again.outcome, again.inside.people) == (Outcome.ALREADY, 0)
    await at_work.visit(code=second, shelter=GYM)
    again = await at_work.visit(code=first, shelter=GYM, id=id_)
    assert (again.outcome, await at_work.inside(GYM)) == (Outcome.ALREADY, 1)


async def test_who_is_tidied_out_of_the_first_shelter_stays_moved(at_work: Desks) -> None:
    await ordered(at_work)
    (code,) = await at_work.codes(1)
    await at_work.visit(code=code)
    await at_work.visit(code=code, shelter=SCHOOL)
    assert (await at_work.leaves(code=code, out_to=OutTo.SHELTER)).outcome is Outcome.NOT_HERE
    assert (await standing_of(at_work.office, at_work.people[0], at_work.event)).moved
