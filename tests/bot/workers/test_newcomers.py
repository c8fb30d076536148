"""Who comes onto the roster after an informing was planned is in it soon, once, and counted."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.channels.messengers import Needs
from bot.clock import SystemClock
from bot.house import House
from bot.workers.newcomers import AGAIN, catch_up_next
from data.civic.ids import AreaCode
from data.civic.people import Role, Staff
from data.civic.risks import RiskTag
from data.civic.sending.informing import InformingKind
from data.civic.sending.rows import Rung
from handlers.acts import inform
from handlers.roster_changing import LONGEST
from tests.bulletins import START, at
from tests.carrying import walked
from tests.newcoming import FIRST, Ways, caught_up, comes, imported, planned, texted, told
from tests.rosters import LOUYING, TONGER, ZHULUO, row
from tests.staffed import hired
from tests.townsfolk import Remembering, all_ways, person, request, settled

ALONE = frozenset({RiskTag.LIVING_ALONE})


@pytest.fixture
def ways() -> Ways:
    return {**all_ways(), Rung.SMS: Remembering(rung=Rung.SMS, needs=Needs.PHONE)}


@pytest.fixture
async def admin(house: House) -> Staff:
    return await hired(house, "admin", Role.ADMIN, Role.CHIEF)


async def test_who_is_put_on_the_roster_late_is_told_once_and_counted(
    house: House, admin: Staff, ways: Ways
) -> None:
    await imported(house, admin, row(1, phone="13800000001"))
    order = await told(
        house, ways, request(kind=InformingKind.ORDER, areas=(AreaCode(ZHULUO[:9]),))
    )
    assert texted(ways) == 1
    await imported(house, admin, row(1, phone="13800000001"), row(2, phone="13800000002"))
    await caught_up(house, ways)
    await caught_up(house, ways)
    assert sorted(one.phone or "" for one in ways[Rung.SMS].given) == ["13800000001", "13800000002"]
    assert await planned(house, order) == 2


async def test_the_first_of_a_village_that_had_nobody_is_told(
    house: House, admin: Staff, ways: Ways
) -> None:
    await imported(house, admin, row(1, phone="13800000001"))
    order = await told(house, ways, request(areas=(AreaCode(ZHULUO[:6]),)))
    await imported(house, admin, row(2, village=LOUYING, phone="13800000002"))
    await caught_up(house, ways)
    assert (texted(ways), await planned(house, order)) == (2, 2)


async def test_who_moves_into_the_area_is_told_and_who_moves_within_it_is_not_told_again(
    house: House, admin: Staff, ways: Ways
) -> None:
    await imported(
        house, admin, row(1, phone="13800000001"), row(2, village=TONGER, phone="13800000002")
    )
    order = await told(house, ways, request(areas=(AreaCode(ZHULUO),)))
    assert texted(ways) == 1
    await imported(house, admin, row(2, village=ZHULUO, phone="13800000002"))
    await caught_up(house, ways)
    assert (texted(ways), await planned(house, order)) == (2, 2)
    await imported(house, admin, row(1, village=TONGER, phone="13800000001"))
    await imported(house, admin, row(1, village=ZHULUO, phone="13800000001"))
    await caught_up(house, ways)
    assert (texted(ways), await planned(house, order)) == (2, 2)


async def test_who_is_given_the_tag_of_an_order_is_told(
    house: House, admin: Staff, ways: Ways
) -> None:
    await imported(house, admin, row(1, phone="13800000001"), row(2, phone="13800000002"))
    order = await told(house, ways, request(areas=(AreaCode(ZHULUO),), tags=ALONE))
    assert texted(ways) == 0
    await imported(house, admin, row(2, phone="13800000002", risks="独居"))
    await caught_up(house, ways)
    assert [one.phone for one in ways[Rung.SMS].given] == ["13800000002"]
    assert await planned(house, order) == 1


async def test_the_ladder_begins_for_a_newcomer_at_its_foot(
    house: House, clock: SystemClock, ways: Ways
) -> None:
    at(clock, START)
    await settled(house.stores, person(1))
    await told(house, ways)
    at(clock, START + timedelta(minutes=20))
    await comes(house, 2)
    await caught_up(house, ways)
    assert 2 in ways[Rung.SMS].people
    assert 2 not in ways[Rung.VOICE].people


async def test_a_change_that_was_broken_off_is_looked_at_when_its_time_is_over(
    house: House, clock: SystemClock, ways: Ways
) -> None:
    at(clock, START)
    await settled(house.stores, person(1))
    informing = await told(house, ways)
    await house.stores.roster_changes.expect("killed", [FIRST], due=START + LONGEST)
    await settled(house.stores, person(2))
    await caught_up(house, ways)
    assert ways[Rung.SMS].people == [1]
    at(clock, START + LONGEST)
    await caught_up(house, ways)
    assert 2 in ways[Rung.SMS].people
    assert await planned(house, informing) == 2


async def test_a_worker_killed_after_the_slices_were_written_leaves_nothing_twice(
    house: House, clock: SystemClock, ways: Ways
) -> None:
    at(clock, START)
    await settled(house.stores, person(1))
    informing = await told(house, ways)
    await comes(house, 2)
    now, stores = house.office().clock.now(), house.stores
    assert await stores.roster_changes.take(now, until=now + AGAIN), "by the worker that dies"
    (first,) = await stores.slices.all(informing.id)
    late = replace(first, number=1, villages=((FIRST, 1),))
    assert await stores.slices.append(informing, [late], due=now)
    at(clock, START + 2 * AGAIN)
    assert await catch_up_next(house.office())
    await caught_up(house, ways)
    at(clock, START + 4 * AGAIN)
    await caught_up(house, ways)
    assert sorted(ways[Rung.SMS].people) == [1, 2]
    assert await planned(house, informing) == 2
    assert len(await stores.slices.all(informing.id)) == 2
    assert await stores.roster_changes.take(now + LONGEST, until=now + LONGEST) is None


async def test_two_workers_that_see_the_same_newcomer_write_one_slice(house: House) -> None:
    await settled(house.stores, person(1))
    informing = await inform.start(house.office(), request())
    (first,) = await house.stores.slices.all(informing.id)
    late = replace(first, number=1)
    now = house.office().clock.now()
    assert await house.stores.slices.append(informing, [late], due=now)
    assert not await house.stores.slices.append(informing, [late], due=now)


async def test_who_came_while_rows_were_still_to_be_made_is_told_once(
    house: House, clock: SystemClock, ways: Ways
) -> None:
    at(clock, START)
    await settled(house.stores, person(1))
    informing = await inform.start(house.office(), request())
    await comes(house, 2)
    assert await catch_up_next(house.office())
    await walked(house, ways)
    at(clock, START + 2 * AGAIN)
    await caught_up(house, ways)
    assert sorted(ways[Rung.SMS].people) == [1, 2]
    assert await planned(house, informing) == 2
