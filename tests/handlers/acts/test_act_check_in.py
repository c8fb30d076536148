"""Checking in and out: exact under any crowd, never beyond the places, and nobody is sent away."""

import asyncio
from dataclasses import replace

import pytest

from bot.house import House
from data.civic.errors import BadInput, Conflict, NotFound, Refused, TooMany
from data.civic.ids import AreaCode, PersonId
from data.civic.people import Role
from data.civic.safety.codes import in_digits, unpack
from data.civic.safety.scans import Need, OutTo, Way
from data.civic.safety.shelters import Capacity, Places, ShelterState
from data.civic.safety.verifying import Standing
from data.civic.safety.whereabouts import Stage
from handlers.acts.check_code import MINUTE, TYPED
from handlers.acts.move_person import standing_of
from handlers.acts.revoke_code import report_lost
from handlers.acts.take_in import Outcome
from tests import builders
from tests.sheltering import HALL, SCHOOL, WHY, Desks, desks, shelter
from tests.staffed import LINPU, hired
from tests.townsfolk import NEXT_VILLAGE, VILLAGE


@pytest.fixture
async def at_work(house: House) -> Desks:
    return await desks(house)


async def stage(one: Desks, who: int = 1) -> Stage:
    return (await standing_of(one.office, one.people[who - 1], one.event)).stage


async def test_a_code_checks_in_once_and_leaves_where_the_person_is(at_work: Desks) -> None:
    (code,) = await at_work.codes(1)
    first = await at_work.visit(code=code)
    again = await at_work.visit(code=code)
    assert (first.outcome, again.outcome) == (Outcome.IN, Outcome.ALREADY)
    assert (first.names, first.inside) == (("居*1",), Places(1))
    assert await at_work.inside() == 1
    assert await stage(at_work) is Stage.SHELTER
    deeds = await at_work.office.stores.audit.of_subject("person-0000000001", 5)
    assert "stay.in" in [one.deed.act for one in deeds]


async def test_the_same_scan_sent_twice_is_one(at_work: Desks) -> None:
    (code,) = await at_work.codes(1)
    id_ = builders.ids().new()
    await at_work.visit(code=code, id=id_)
    await at_work.visit(code=code, id=id_)
    guest = "p-0000000001"
    scans = await at_work.office.stores.scans.of_guests(at_work.event, [guest])
    assert len(scans[guest]) == 1
    with pytest.raises(Conflict):
        await at_work.visit(code=code, id=id_, shelter=SCHOOL)
    assert (await at_work.inside(), await at_work.inside(SCHOOL)) == (1, 0)


async def test_who_goes_home_is_free_where_no_order_holds(at_work: Desks) -> None:
    (code,) = await at_work.codes(1)
    await at_work.visit(code=code)
    assert (await at_work.leaves(code=code)).outcome is Outcome.OUT
    assert await at_work.inside() == 0
    assert await stage(at_work) is Stage.RETURNED


@pytest.mark.parametrize(
    ("to", "village", "wanted"),
    [
        (OutTo.HOSPITAL, None, Stage.HOSPITAL),
        (OutTo.RELATIVES, NEXT_VILLAGE, Stage.RELATIVES),
        (OutTo.RELATIVES, None, Stage.MOVING),
        (OutTo.SHELTER, None, Stage.MOVING),
    ],
)
async def test_where_somebody_goes_is_where_somebody_is(
    at_work: Desks, to: OutTo, village: AreaCode | None, wanted: Stage
) -> None:
    (code,) = await at_work.codes(1)
    await at_work.visit(code=code)
    await at_work.leaves(code=code, out_to=to, village=village)
    assert await stage(at_work) is wanted


async def test_who_comes_in_elsewhere_has_left_the_first(at_work: Desks) -> None:
    (code,) = await at_work.codes(1)
    await at_work.visit(code=code)
    moved = await at_work.visit(code=code, shelter=SCHOOL)
    assert (moved.outcome, moved.came_from) == (Outcome.IN, HALL)
    assert (await at_work.inside(), await at_work.inside(SCHOOL)) == (0, 1)


async def test_who_leaves_without_being_there_is_kept_and_shown(at_work: Desks) -> None:
    (code,) = await at_work.codes(1)
    assert (await at_work.leaves(code=code)).outcome is Outcome.NOT_HERE
    (one,) = await at_work.office.stores.stays.clashing(at_work.event)
    assert one.guest == "p-0000000001"


async def test_a_crowd_at_every_desk_fills_a_shelter_exactly(house: House) -> None:
    small = shelter(capacity=Capacity(people=25))
    one = await desks(house, small, shelter(SCHOOL, 99, area=NEXT_VILLAGE), people=40)
    codes = await one.codes()
    done = await asyncio.gather(*(one.visit(code=code) for code in [*codes, *codes]))
    outcomes = [each.outcome for each in done]
    assert outcomes.count(Outcome.IN) == 25
    assert outcomes.count(Outcome.ALREADY) == 25
    assert outcomes.count(Outcome.FULL) == 30
    assert await one.inside() == 25
    (full, *_) = [each for each in done if each.outcome is Outcome.FULL]
    assert [offer.shelter.id for offer in full.offers] == [SCHOOL]
    assert full.offers[0].free == Places(99, 99, 99)


async def test_of_a_household_all_come_in_or_none(house: House) -> None:
    one = await desks(house, shelter(capacity=Capacity(people=2)), people=1)
    family = [replace(one.people[0], id=PersonId(n), name=f"居民{n}") for n in (2, 3)]
    await house.stores.residents.add_all(family)
    (code,) = await one.codes(1, household=True)
    assert (await one.visit(code=code)).outcome is Outcome.FULL
    assert await one.inside() == 0
    two = await one.visit(code=code, people=(PersonId(1), PersonId(2)))
    assert (two.outcome, two.inside.people) == (Outcome.IN, 2)
    with pytest.raises(BadInput, match="belong"):
        await one.visit(code=code, people=(PersonId(4),))


async def test_no_more_wheelchairs_than_places_for_them(house: House) -> None:
    hall = shelter(capacity=Capacity(people=9, wheelchairs=1), step_free=True)
    other = shelter(SCHOOL, 9, area=NEXT_VILLAGE, step_free=True)
    one = await desks(house, hall, other, shelter("steps", 9, area=VILLAGE))  # type: ignore[arg-type]
    first, second, third, *_ = await one.codes()
    needs = frozenset({Need.WHEELCHAIR})
    assert (await one.visit(code=first, needs=needs)).outcome is Outcome.IN
    full = await one.visit(code=second, needs=needs)
    assert full.outcome is Outcome.FULL
    assert [offer.shelter.id for offer in full.offers] == [SCHOOL]
    assert (await one.visit(code=third)).outcome is Outcome.IN


async def test_strangers_come_in_without_a_name_and_leave_in_parts(at_work: Desks) -> None:
    came = await at_work.visit(strangers=5, looks="外地游客，红衣服，电话13812345678")
    assert came.scan is not None
    assert (came.outcome, await at_work.inside()) == (Outcome.IN, 5)
    gone = await at_work.leaves(strangers=2, party=came.scan)
    assert (gone.outcome, await at_work.inside()) == (Outcome.OUT, 3)
    with pytest.raises(BadInput, match="counted anew"):
        await at_work.visit(strangers=2, party=came.scan, shelter=SCHOOL)
    assert (await at_work.inside(), await at_work.inside(SCHOOL)) == (3, 0)
    kept = (await at_work.office.stores.scans.some([came.scan]))[came.scan]
    assert "13812345678" not in kept.looks


async def test_a_closed_shelter_says_so_with_exact_numbers(house: House) -> None:
    one = await desks(house, people=30)
    codes = await one.codes()
    coming = [asyncio.create_task(one.visit(code=code)) for code in codes]
    await asyncio.sleep(0)
    await one.turned(ShelterState.CLOSED)
    done = await asyncio.gather(*coming)
    inside = [each for each in done if each.outcome is Outcome.IN]
    assert {each.outcome for each in done} <= {Outcome.IN, Outcome.CLOSED}
    assert await one.inside() == len(inside)
    late = await one.visit(code=codes[0])
    if inside and late.outcome is Outcome.ALREADY:
        late = await one.visit(strangers=1)
    assert late.outcome is Outcome.CLOSED
    assert late.inside.people == len(inside)
    assert [offer.shelter.id for offer in late.offers] == [SCHOOL]


async def test_a_lost_code_names_nobody_and_checks_nobody_in(at_work: Desks) -> None:
    (code,) = await at_work.codes(1)
    handle = f"{unpack(code).code.handle:016x}"
    await report_lost(at_work.office, at_work.hq.wang, handle, purpose=WHY)
    done = await at_work.visit(code=code)
    assert (done.outcome, done.standing, done.people) == (Outcome.NO_CODE, Standing.REVOKED, ())
    assert (await at_work.visit(people=(PersonId(1),))).outcome is Outcome.IN
    assert (await at_work.visit(code="SQ1:")).standing is Standing.UNREADABLE


async def test_typed_digits_check_in_whoever_lives_near(at_work: Desks) -> None:
    (code,) = await at_work.codes(1)
    digits = in_digits(unpack(code).code.handle)
    assert (await at_work.visit(code=digits)).names == ("居*1",)
    far = await hired(at_work.hq.house, "far", Role.SHELTER, area=NEXT_VILLAGE)
    there = await at_work.visit(by=far, code=digits, shelter=SCHOOL)
    assert there.outcome is Outcome.NO_CODE


async def test_digits_are_typed_at_the_desk_so_often_a_minute(at_work: Desks) -> None:
    (code,) = await at_work.codes(1)
    key, counters = f"code-check/{at_work.desk.id}", at_work.office.stores.counters
    await counters.hit(key, window=MINUTE, by=TYPED)
    with pytest.raises(TooMany):
        await at_work.visit(code=in_digits(unpack(code).code.handle))
    assert (await at_work.visit(code=code)).names == ("居*1",)


async def test_a_desk_works_in_its_area_and_its_event_alone(at_work: Desks) -> None:
    far = await hired(at_work.hq.house, "far", Role.SHELTER, area=NEXT_VILLAGE)
    agent = await hired(at_work.hq.house, "agent", Role.AGENT, area=LINPU)
    for staff in (far, agent):
        with pytest.raises(Refused):
            await at_work.visit(by=staff, strangers=1)
    with pytest.raises(NotFound):
        await at_work.visit(by=far, shelter=SCHOOL, people=(PersonId(1),))
    with pytest.raises(NotFound):
        await at_work.visit(event="none", strangers=1)
    with pytest.raises(NotFound):
        await at_work.visit(shelter="none", strangers=1)
    with pytest.raises(BadInput):
        await at_work.visit()


async def test_relatives_are_scanned_by_the_grid_worker_there(at_work: Desks) -> None:
    (code,) = await at_work.codes(1)
    await at_work.visit(code=code)
    grid = await hired(at_work.hq.house, "grid", Role.GRID, area=NEXT_VILLAGE)
    kin = {"way": Way.KIN, "shelter": None, "village": NEXT_VILLAGE}
    assert (await at_work.visit(by=grid, code=code, **kin)).outcome is Outcome.KIN
    assert await at_work.inside() == 0
    standing = await standing_of(at_work.office, at_work.people[0], at_work.event)
    assert (standing.stage, standing.village) == (Stage.RELATIVES, NEXT_VILLAGE)
    with pytest.raises(Refused):
        await at_work.visit(by=grid, code=code, **(kin | {"village": VILLAGE}))
