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
from data.civic.safety.rosters import Person
from data.civic.safety.rows import Row
from data.civic.safety.targets import Target
from data.civic.sending.informing import Informing, InformingKind, Words
from data.civic.sending.rows import Rung
from data.civic.shapes import Circle, Point
from data.civic.warning.drills import MARK
from handlers.acts import inform
from handlers.acts.inform import InformRequest
from handlers.acts.rosters import Wish, import_roster
from handlers.roster_changing import LONGEST, changing, look_again
from tests.bulletins import PUYANG, START, at
from tests.carrying import walked
from tests.rosters import LOUYING, TONGER, WORDS, ZHULUO, row
from tests.staffed import hired
from tests.townsfolk import Remembering, all_ways, person, request, rows_of, settled

ALONE = frozenset({RiskTag.LIVING_ALONE})
FIRST = AreaCode("330109105201")
Ways = dict[Rung, Remembering]


@pytest.fixture
def ways() -> Ways:
    return {**all_ways(), Rung.SMS: Remembering(rung=Rung.SMS, needs=Needs.PHONE)}


@pytest.fixture
async def admin(house: House) -> Staff:
    return await hired(house, "admin", Role.ADMIN, Role.CHIEF)


async def told(house: House, ways: Ways, asked: InformRequest | None = None) -> Informing:
    """Send a first message to who is there."""
    begun = await inform.start(house.office(), asked or request())
    await walked(house, ways)
    return begun


async def imported(house: House, staff: Staff, *rows: Row) -> None:
    wish = Wish(purpose="汛前核对")
    done = await import_roster(house.office(), staff, rows, wish, words=WORDS)
    assert not done.mistakes


async def caught_up(house: House, ways: Ways) -> None:
    while await catch_up_next(house.office()):
        pass
    await walked(house, ways)


async def planned(house: House, informing: Informing) -> int:
    """Tell how many are meant, and insist that all counts say the same."""
    stores = house.stores
    people = (await stores.informings.must(informing.id)).planned
    (whole,) = await stores.boards.areas(informing.id, digits=0)
    by_slice = sum(one.people for one in await stores.slices.all(informing.id))
    names = len(await rows_of(stores, informing))
    assert people == whole.people == by_slice == names
    return people


def texted(ways: Ways) -> int:
    return len(ways[Rung.SMS].given) + len(ways[Rung.VOICE].given)


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
    await _comes(house, 2)
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
    await _comes(house, 2)
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
    await inform.start(house.office(), request())
    await _comes(house, 2)
    assert await catch_up_next(house.office())
    await walked(house, ways)
    at(clock, START + AGAIN)
    await caught_up(house, ways)
    assert sorted(ways[Rung.SMS].people) == [1, 2]


async def test_nobody_is_told_late_where_an_informing_has_ended(house: House, ways: Ways) -> None:
    await settled(house.stores, person(1), person(2, village=AreaCode(f"{PUYANG}201")))
    informing = await told(house, ways, request(areas=(AreaCode("330109"),)))
    await inform.end_in(house.office(), informing, [PUYANG])
    await _comes(house, 3, AreaCode(f"{PUYANG}201"))
    await _comes(house, 4)
    await caught_up(house, ways)
    assert sorted(ways[Rung.SMS].people) == [1, 2, 4]
    assert await planned(house, informing) == 3


async def test_a_lift_reaches_a_newcomer_who_was_told_and_none_who_was_not(
    house: House, ways: Ways
) -> None:
    await settled(house.stores, person(1))
    first = await told(house, ways)
    await _comes(house, 2)
    await caught_up(house, ways)
    lift_ways = all_ways()
    lift = request("lift/1", kind=InformingKind.LIFT, of=first.id)
    lifted = await told(house, lift_ways, lift)
    await _comes(house, 3)
    await caught_up(house, lift_ways)
    assert sorted(lift_ways[Rung.SMS].people) == [1, 2]
    assert sorted(await rows_of(house.stores, lifted)) == [1, 2]
    assert sorted(await rows_of(house.stores, first)) == [1, 2]


async def test_who_was_never_told_to_leave_is_not_told_to_return(house: House, ways: Ways) -> None:
    await settled(house.stores, person(1))
    await told(house, ways, request(kind=InformingKind.RETURN))
    await _comes(house, 2)
    await caught_up(house, ways)
    assert ways[Rung.SMS].people == [1]


async def test_what_was_stopped_takes_newcomers_in_when_it_goes_on(
    house: House, admin: Staff, ways: Ways
) -> None:
    await settled(house.stores, person(1))
    informing = await told(house, ways)
    await inform.cancel(house.office(), admin, informing.id)
    await _comes(house, 2)
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
    await _comes(house, 2)
    await caught_up(house, ways)
    assert informing.drill
    assert [one.text.startswith(MARK) for one in ways[Rung.SMS].given] == [True, True]


async def test_of_a_circle_only_those_inside_are_told_late(house: House, ways: Ways) -> None:
    here, there = Point(120.25, 30.05), Point(120.30, 30.05)
    await _comes_to(house, replace(person(1), home=here))
    circle = replace(request(), target=Target(shapes=(Circle(here, 2_000.0),)))
    informing = await told(house, ways, circle)
    await _comes_to(house, replace(person(2), home=here))
    await _comes_to(house, replace(person(3), home=there))
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


async def _comes(house: House, handle: int, village: AreaCode = FIRST) -> None:
    await _comes_to(house, person(handle, village=village))


async def _comes_to(house: House, one: Person) -> None:
    """Put somebody on the roster, as an import does."""
    async with changing(house.office(), [one.village]):
        await settled(house.stores, one)
