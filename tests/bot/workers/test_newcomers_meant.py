"""Newcomers are told of what is for them, and of nothing that is over or follows another."""

from dataclasses import replace

import pytest

from bot.channels.messengers import Needs
from bot.house import House
from data.civic.ids import AreaCode
from data.civic.people import Role, Staff
from data.civic.safety.targets import Target
from data.civic.sending.informing import InformingKind, Words
from data.civic.sending.rows import Rung
from data.civic.shapes import Circle, Point
from data.civic.warning.drills import MARK
from handlers.acts import inform
from handlers.roster_changing import look_again
from tests.bulletins import PUYANG
from tests.newcoming import FIRST, Ways, caught_up, comes, comes_to, planned, told
from tests.staffed import hired
from tests.townsfolk import Remembering, all_ways, person, request, rows_of, settled


@pytest.fixture
def ways() -> Ways:
    return {**all_ways(), Rung.SMS: Remembering(rung=Rung.SMS, needs=Needs.PHONE)}


@pytest.fixture
async def admin(house: House) -> Staff:
    return await hired(house, "admin", Role.ADMIN, Role.CHIEF)


async def test_nobody_is_told_late_where_an_informing_has_ended(house: House, ways: Ways) -> None:
    await settled(house.stores, person(1), person(2, village=AreaCode(f"{PUYANG}201")))
    informing = await told(house, ways, request(areas=(AreaCode("330109"),)))
    await inform.end_in(house.office(), informing, [PUYANG])
    await comes(house, 3, AreaCode(f"{PUYANG}201"))
    await comes(house, 4)
    await caught_up(house, ways)
    assert sorted(ways[Rung.SMS].people) == [1, 2, 4]
    assert await planned(house, informing) == 3


async def test_a_lift_reaches_a_newcomer_who_was_told_and_none_who_was_not(
    house: House, ways: Ways
) -> None:
    await settled(house.stores, person(1))
    first = await told(house, ways)
    await comes(house, 2)
    await caught_up(house, ways)
    lift_ways = all_ways()
    lift = request("lift/1", kind=InformingKind.LIFT, of=first.id)
    lifted = await told(house, lift_ways, lift)
    await comes(house, 3)
    await caught_up(house, lift_ways)
    assert sorted(lift_ways[Rung.SMS].people) == [1, 2]
    assert sorted(await rows_of(house.stores, lifted)) == [1, 2]
    assert sorted(await rows_of(house.stores, first)) == [1, 2]


async def test_who_was_never_told_to_leave_is_not_told_to_return(house: House, ways: Ways) -> None:
    await settled(house.stores, person(1))
    await told(house, ways, request(kind=InformingKind.RETURN))
    await comes(house, 2)
    await caught_up(house, ways)
    assert ways[Rung.SMS].people == [1]


async def test_what_was_stopped_takes_newcomers_in_when_it_goes_on(
    house: House, admin: Staff, ways: Ways
) -> None:
    await settled(house.stores, person(1))
    informing = await told(house, ways)
    await inform.cancel(house.office(), admin, informing.id)
    await comes(house, 2)
    await caught_up(house, ways)
    assert ways[Rung.SMS].people == [1]
    await inform.resume(house.office(), admin, informing.id)
    await caught_up(house, ways)
    assert sorted(ways[Rung.SMS].people) == [1, 2]
    assert await planned(house, informing) == 2


async def test_a_drill_stays_a_drill_for_newcomers(house: House, ways: Ways) -> None:
    await settled(house.stores, person(1))
    drill = request("drill-signal/1", words=Words(text=f"{MARK}请转移。"))
    informing = await told(house, ways, drill)
    await comes(house, 2)
    await caught_up(house, ways)
    assert informing.drill
    assert [one.text.startswith(MARK) for one in ways[Rung.SMS].given] == [True, True]


async def test_of_a_circle_only_those_inside_are_told_late(house: House, ways: Ways) -> None:
    here, there = Point(120.25, 30.05), Point(120.30, 30.05)
    await comes_to(house, replace(person(1), home=here))
    circle = replace(request(), target=Target(shapes=(Circle(here, 2_000.0),)))
    informing = await told(house, ways, circle)
    await comes_to(house, replace(person(2), home=here))
    await comes_to(house, replace(person(3), home=there))
    await caught_up(house, ways)
    assert sorted(ways[Rung.SMS].people) == [1, 2]
    assert await planned(house, informing) == 2


async def test_a_look_for_nothing_new_changes_nothing(house: House, ways: Ways) -> None:
    await settled(house.stores, person(1))
    informing = await told(house, ways)
    before = await house.stores.informings.must(informing.id)
    await look_again(house.office(), [FIRST])
    await caught_up(house, ways)
    assert await house.stores.informings.must(informing.id) == before
