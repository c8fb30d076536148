"""The duty roster: kept by administrators and chiefs, each for the own area."""

from datetime import timedelta

import pytest

from bot.clock import SystemClock
from bot.house import House
from data.civic.errors import BadInput, Conflict, NotFound, Refused
from data.civic.people import Role
from data.civic.warning.shifts import Post
from handlers.acts import duty_roster
from handlers.acts.duty_roster import WEEK, Every, NewHolder, NewShift
from tests import builders
from tests.bulletins import COUNTY, LINPU, START, at
from tests.onduty import DEPUTY, OFFICER, rostered
from tests.staffed import hired

WANG = NewHolder(post=Post.OFFICER, name=" 王值班 ", phone="138 0000 0001")
HOUR = timedelta(hours=1)


def new(*holders: NewHolder, **more: object) -> NewShift:
    given = {"area": COUNTY, "begins": START, "ends": START + 24 * HOUR} | more
    return NewShift(holders=holders or (WANG,), **given)  # type: ignore[arg-type]


async def test_a_shift_comes_again_every_day_and_covers_the_week(
    house: House, clock: SystemClock
) -> None:
    at(clock, START)
    staff = await hired(house, "duty", Role.DUTY)
    admin = await hired(house, "admin", Role.ADMIN)
    made = await duty_roster.add(house.office(), admin, new(every=Every.DAY, times=6))
    assert [(one.begins - START) / (24 * HOUR) for one in made] == list(range(6))
    plan = await duty_roster.plan(house.office(), staff, since=START)
    assert [one.id for one in plan.shifts] == [one.id for one in made]
    assert [(one.name, one.phone) for one in plan.now] == [("王值班", "13800000001")]
    (gap,) = plan.gaps
    assert (gap.begins, gap.ends) == (made[-1].ends, START + WEEK)


async def test_an_account_may_stand_beside_a_name(house: House) -> None:
    admin = await hired(house, "admin", Role.ADMIN)
    duty = await hired(house, "duty", Role.DUTY)
    holder = NewHolder(post=Post.OFFICER, name="王", phone="12345", login="duty")
    (made,) = await duty_roster.add(house.office(), admin, new(holder))
    assert made.holders[0].staff == duty.id
    unknown = NewHolder(post=Post.OFFICER, name="王", phone="12345", login="nobody")
    with pytest.raises(NotFound):
        await duty_roster.add(house.office(), admin, new(unknown))


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(new(times=0), id="never"),
        pytest.param(new(times=500), id="too often"),
        pytest.param(new(area="330109999"), id="no area"),
        pytest.param(new(ends=START), id="ends as it begins"),
        pytest.param(new(NewHolder(post=Post.OFFICER, name="王", phone="1")), id="telephone"),
        pytest.param(new(NewHolder(post=Post.OFFICER, name=" ", phone="12345")), id="no name"),
        pytest.param(new(NewHolder(post=Post.CHIEF, name="王", phone="12345")), id="no officer"),
    ],
)
async def test_what_cannot_be_is_refused_and_nothing_is_kept(house: House, wrong: NewShift) -> None:
    admin = await hired(house, "admin", Role.ADMIN)
    with pytest.raises(BadInput):
        await duty_roster.add(house.office(), admin, wrong)
    assert await house.stores.shifts.within(COUNTY, START - WEEK, START + WEEK) == []


async def test_a_shift_that_is_over_stays_on_record(house: House, clock: SystemClock) -> None:
    admin = await hired(house, "admin", Role.ADMIN)
    shift = await rostered(house.stores, hours=1)
    clock.shift += 2 * HOUR
    with pytest.raises(Conflict):
        await duty_roster.take_off(house.office(), admin, shift.id)
    clock.shift -= 2 * HOUR
    await duty_roster.take_off(house.office(), admin, shift.id)
    await duty_roster.take_off(house.office(), admin, shift.id)
    assert await duty_roster.on_duty(house.office(), LINPU) == ()


async def test_only_who_may_edits_and_only_the_own_area(house: House) -> None:
    duty = await hired(house, "duty", Role.DUTY)
    town = await hired(house, "town", Role.ADMIN, area=LINPU)
    shift = await rostered(house.stores)
    for staff in (duty, town):
        with pytest.raises(Refused):
            await duty_roster.add(house.office(), staff, new())
        with pytest.raises(Refused):
            await duty_roster.take_off(house.office(), staff, shift.id)
    agent = await hired(house, "agent", Role.AGENT)
    with pytest.raises(Refused):
        await duty_roster.plan(house.office(), agent, since=START)


async def test_a_town_without_a_roster_has_the_countys_and_its_own_comes_first(
    house: House,
) -> None:
    await rostered(house.stores, OFFICER)
    town = await hired(house, "town", Role.ADMIN, area=LINPU)
    since = builders.now() - timedelta(minutes=1)
    plan = await duty_roster.plan(house.office(), town, since=since)
    assert (plan.now, plan.shifts) == ((OFFICER,), ())
    assert plan.gaps[0].begins > since + 23 * HOUR
    own = NewHolder(post=Post.OFFICER, name=DEPUTY.name, phone=DEPUTY.phone)
    begins = builders.now() - HOUR
    await duty_roster.add(
        house.office(), town, new(own, area=LINPU, begins=begins, ends=begins + 8 * HOUR)
    )
    called = await duty_roster.on_duty(house.office(), LINPU)
    assert [one.name for one in called] == [DEPUTY.name, OFFICER.name]
