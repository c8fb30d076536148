"""A family's code: who of them has come is asked; who stayed behind stays on the list."""

from datetime import timedelta

import pytest

from bot.clock import SystemClock
from bot.house import House
from data.civic.errors import BadInput
from data.civic.ids import PersonId
from data.civic.safety.codes import unpack
from data.civic.safety.scans import OutTo, Way
from data.civic.safety.whereabouts import Stage
from handlers.acts.move_person import standing_of
from handlers.acts.revoke_code import report_lost
from handlers.acts.take_in import Done, Outcome
from handlers.acts.take_scans import Taken
from tests import builders
from tests.bulletins import at
from tests.sheltering import HALL, SCHOOL, WHY, Desks, Phone, desks
from tests.townsfolk import NEXT_VILLAGE, VILLAGE, person, settled

SHE, HE = PersonId(11), PersonId(12)


@pytest.fixture
async def at_work(house: House) -> Desks:
    one = await desks(house)
    await settled(
        house.stores,
        person(SHE, household=9, phone=None),
        person(HE, household=9, phone=None),
    )
    await house.stores.villages.recount([VILLAGE])
    return one


async def stages(one: Desks) -> list[Stage]:
    people = await one.office.stores.residents.some([SHE, HE])
    return [
        (await standing_of(one.office, who, one.event)).stage
        for who in sorted(people, key=lambda each: each.id)
    ]


async def lost(one: Desks, code: str) -> None:
    handle = f"{unpack(code).code.handle:016x}"
    await report_lost(one.office, one.hq.wang, handle, purpose=WHY)


def ticked(done: Done) -> dict[int, bool]:
    assert (done.outcome, done.scan) == (Outcome.WHO, None)
    return {each.person.id: each.ticked for each in done.members}


async def test_nobody_is_taken_in_before_it_is_said_who_has_come(at_work: Desks) -> None:
    (code,) = await at_work.codes(SHE, household=True)
    assert ticked(await at_work.visit(code=code, asks=True)) == {SHE: True, HE: True}
    assert await at_work.inside() == 0
    done = await at_work.visit(code=code, asks=True, people=(SHE,))
    assert (done.outcome, await at_work.inside()) == (Outcome.IN, 1)
    assert await stages(at_work) == [Stage.SHELTER, Stage.LISTED]


async def test_who_is_recorded_elsewhere_is_not_ticked(at_work: Desks) -> None:
    (code,) = await at_work.codes(SHE, household=True)
    await at_work.visit(code=code, people=(SHE,), shelter=SCHOOL)
    assert ticked(await at_work.visit(code=code, asks=True)) == {SHE: False, HE: True}
    await at_work.visit(code=code, people=(HE,))
    assert ticked(await at_work.leaves(code=code, asks=True)) == {SHE: False, HE: True}
    kin = {"way": Way.KIN, "shelter": None, "village": NEXT_VILLAGE}
    assert ticked(await at_work.visit(code=code, asks=True, **kin)) == {SHE: False, HE: False}


async def test_one_person_s_code_asks_nothing(at_work: Desks) -> None:
    (code,) = await at_work.codes(1)
    assert (await at_work.visit(code=code, asks=True)).outcome is Outcome.IN


async def test_a_device_says_who_of_the_family_has_come(at_work: Desks) -> None:
    (code,) = await at_work.codes(SHE, household=True)
    phone = Phone(name="phone-1")
    phone.scans(at_work.event, code, builders.now(), people=(HE,))
    for _ in range(2):
        await at_work.merged(phone)
    assert await at_work.inside() == 1
    assert await stages(at_work) == [Stage.LISTED, Stage.SHELTER]


async def test_a_batch_that_names_nobody_of_the_family_means_everybody(at_work: Desks) -> None:
    (code,) = await at_work.codes(SHE, household=True)
    phone = Phone(name="phone-1")
    phone.scans(at_work.event, code, builders.now())
    await at_work.merged(phone)
    assert await stages(at_work) == [Stage.SHELTER, Stage.SHELTER]


async def test_who_was_ticked_and_is_of_no_such_family_is_counted_without_a_name(
    at_work: Desks,
) -> None:
    (code,) = await at_work.codes(SHE, household=True)
    phone = Phone(name="phone-1")
    phone.scans(at_work.event, code, builders.now(), people=(PersonId(1), PersonId(2)))
    (result,) = (await at_work.merged(phone)).results
    assert (result.taken, await at_work.inside()) == (Taken.STRANGER, 2)
    with pytest.raises(BadInput):
        await at_work.visit(code=code, people=(PersonId(1),))


async def test_one_void_code_on_two_devices_is_one_guest_until_its_holder_comes(
    at_work: Desks,
) -> None:
    (code,) = await at_work.codes(1)
    await lost(at_work, code)
    begun = builders.now() + timedelta(seconds=1)
    first, second = Phone(name="phone-1"), Phone(name="phone-2")
    first.scans(at_work.event, code, begun)
    second.scans(at_work.event, code, begun)
    for phone in (first, second, first):
        await at_work.merged(phone)
    assert await at_work.inside() == 1
    (fresh,) = await at_work.codes(1)
    await at_work.visit(code=fresh)
    assert await at_work.inside() == 1


async def test_the_family_leaves_one_by_one(at_work: Desks) -> None:
    (code,) = await at_work.codes(SHE, household=True)
    await at_work.visit(code=code, people=(SHE, HE))
    done = await at_work.leaves(code=code, people=(HE,), out_to=OutTo.HOME)
    assert (done.outcome, await at_work.inside(HALL)) == (Outcome.OUT, 1)


@pytest.mark.parametrize("late", [False, True], ids=["in order", "out before in"])
async def test_who_came_with_a_void_code_leaves_by_the_scan_by_which_they_came(
    at_work: Desks, clock: SystemClock, *, late: bool
) -> None:
    (code,) = await at_work.codes(1)
    await lost(at_work, code)
    at(clock, builders.now() + timedelta(minutes=5))
    phone = Phone(name="phone-1")
    now = builders.now()
    came = phone.scans(at_work.event, code, now - timedelta(seconds=9))
    gone = {"way": Way.OUT, "out_to": OutTo.HOME, "strangers": 1, "party": came.id}
    left = phone.scans(at_work.event, "", now, **gone)
    for one in (left, came) if late else (came, left):
        await at_work.merged(phone, [one])
    assert await at_work.inside() == 0
