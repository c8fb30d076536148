"""Grids: who answers, who stands in, whose leave is granted, and who is left uncovered."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.house import House
from data.civic.calendar import local
from data.civic.errors import BadInput, Conflict, NotFound, Refused
from data.civic.ids import AreaCode, GridId, WorkerId
from data.civic.people import Role, Staff
from data.civic.safety.grids import Grid, Leave, worker_of
from handlers.acts import grids
from handlers.acts.grid_gaps import gaps, recount_leaves
from handlers.acts.rosters import Wish, import_roster
from tests.rosters import LOUYING, WORDS, ZHULUO, row
from tests.staffed import LINPU, hired

VILLAGE = AreaCode(ZHULUO)
A, B = WorkerId("worker-a"), WorkerId("worker-b")
GRID = GridId("grid-1")


@pytest.fixture
async def admin(house: House) -> Staff:
    return await hired(house, "admin", Role.ADMIN)


async def set_up(house: House, admin: Staff, *, deputies: bool = True) -> Grid:
    """One grid of one village with two workers, the first of whom answers."""
    office, member = house.office(), await hired(house, "grid", Role.GRID, area=VILLAGE)
    for one, staff in ((A, member.id), (B, None)):
        new = grids.NewWorker(id=one, name=f"样例{one}", phone="12345", area=VILLAGE, staff=staff)
        await grids.enlist(office, admin, new)
    if deputies:
        await grids.set_deputy(office, admin, A, B)
    await grids.set_up(office, admin, grids.NewGrid(id=GRID, name="第一网格", village=VILLAGE))
    return await grids.assign(office, admin, GRID, A)


def today(house: House) -> date:
    return local(house.clock.now()).date()


async def test_people_are_covered_once_somebody_answers_for_their_grid(
    house: House, admin: Staff
) -> None:
    await set_up(house, admin)
    rows = (row(1, grid="第一网格"), row(2, grid=GRID), row(3))
    done = await import_roster(house.office(), admin, rows, Wish(purpose="核对"), words=WORDS)
    assert not done.mistakes
    assert (await grids.coverage(house.office(), admin)).without_worker == 1
    await grids.assign(house.office(), admin, GRID, None)
    assert (await grids.coverage(house.office(), admin)).without_worker == 3
    await grids.assign(house.office(), admin, GRID, B)
    assert (await grids.coverage(house.office(), admin)).without_worker == 1


async def test_a_leave_moves_the_list_to_the_deputy_for_whole_days(
    house: House, admin: Staff
) -> None:
    await set_up(house, admin)
    first = today(house) + timedelta(days=1)
    await grids.go_on_leave(house.office(), admin, A, first, first)
    (mine,) = await grids.listed(house.office(), admin)
    (leave,) = mine.workers[0].leaves
    assert local(leave.begins).date() == first
    assert local(leave.ends).date() == first + timedelta(days=1)
    moments = (leave.begins - timedelta(seconds=1), leave.begins, leave.ends)
    assert [one.id for at in moments if (one := worker_of(mine, at))] == [A, B, A]


async def test_the_deputy_may_not_leave_at_the_same_time(house: House, admin: Staff) -> None:
    await set_up(house, admin)
    office, first = house.office(), today(house) + timedelta(days=1)
    last = first + timedelta(days=9)
    await grids.go_on_leave(office, admin, A, first, first + timedelta(days=5))
    with pytest.raises(Conflict, match="nobody would answer"):
        await grids.go_on_leave(office, admin, B, first + timedelta(days=5), last)
    with pytest.raises(Conflict, match="nobody would answer"):
        await grids.set_deputy(office, admin, A, None)
    await grids.come_back(office, admin, A)
    await grids.set_deputy(office, admin, A, None)


async def test_without_a_deputy_nobody_leaves(house: House, admin: Staff) -> None:
    await set_up(house, admin, deputies=False)
    with pytest.raises(Conflict):
        await grids.go_on_leave(house.office(), admin, A, today(house), today(house))


async def test_who_is_on_leave_is_not_put_in_charge(house: House, admin: Staff) -> None:
    await set_up(house, admin)
    await grids.go_on_leave(house.office(), admin, B, today(house), today(house))
    with pytest.raises(Conflict, match=GRID):
        await grids.assign(house.office(), admin, GRID, B)


async def test_a_worker_takes_leave_for_oneself_but_for_nobody_else(
    house: House, admin: Staff
) -> None:
    await set_up(house, admin)
    office, member = house.office(), await house.stores.staff.by_login("grid")
    assert member is not None
    await grids.go_on_leave(office, member, A, today(house), today(house))
    await grids.come_back(office, member, A)
    with pytest.raises(Refused):
        await grids.go_on_leave(office, member, B, today(house), today(house))
    with pytest.raises(Refused):
        await grids.assign(office, member, GRID, B)


@pytest.mark.parametrize(("first", "last"), [(1, 0), (-3, -1)])
async def test_days_that_cannot_be_a_leave_are_refused(
    house: House, admin: Staff, first: int, last: int
) -> None:
    await set_up(house, admin)
    days = (today(house) + timedelta(days=first), today(house) + timedelta(days=last))
    with pytest.raises(BadInput):
        await grids.go_on_leave(house.office(), admin, A, *days)


async def test_another_areas_grids_are_left_alone(house: House, admin: Staff) -> None:
    await set_up(house, admin)
    elsewhere = await hired(house, "elsewhere", Role.ADMIN, area=AreaCode(LOUYING))
    office = house.office()
    for act in (
        grids.assign(office, elsewhere, GRID, None),
        grids.set_deputy(office, elsewhere, A, None),
        grids.set_up(office, elsewhere, grids.NewGrid(id=GRID, name="x", village=VILLAGE)),
    ):
        with pytest.raises(Refused):
            await act
    assert await grids.listed(office, elsewhere) == []
    town = await hired(house, "town", Role.CHIEF, area=LINPU)
    assert [one.id for one in await grids.listed(office, town)] == [GRID]


async def test_what_is_not_there_or_is_no_village_is_refused(house: House, admin: Staff) -> None:
    await set_up(house, admin)
    office = house.office()
    for act in (
        grids.assign(office, admin, GridId("none"), None),
        grids.assign(office, admin, GRID, WorkerId("none")),
        grids.come_back(office, admin, WorkerId("none")),
    ):
        with pytest.raises(NotFound):
            await act
    new = grids.NewGrid(id=GridId("g2"), name="镇里的网格", village=LINPU)
    bad_phone = grids.NewWorker(id=WorkerId("c1"), name="样例", phone="1", area=VILLAGE)
    bad_id = grids.NewWorker(id=WorkerId("样例"), name="样例", phone="12345", area=VILLAGE)
    for act in (
        grids.set_up(office, admin, new),
        grids.enlist(office, admin, bad_phone),
        grids.enlist(office, admin, bad_id),
        grids.set_deputy(office, admin, A, A),
    ):
        with pytest.raises(BadInput):
            await act


async def test_deeds_are_noted(house: House, admin: Staff) -> None:
    await set_up(house, admin)
    await grids.go_on_leave(house.office(), admin, A, today(house), today(house))
    acts = [one.deed.act async for one in house.stores.audit.entries()]
    assert [one for one in acts if one.startswith("grid.")] == [
        *("grid.enlist", "grid.enlist", "grid.deputy", "grid.set_up", "grid.assign"),
        "grid.leave",
    ]


async def test_two_leaves_at_once_leave_a_gap_that_is_seen_and_the_next_level_named(
    house: House, admin: Staff
) -> None:
    await set_up(house, admin)
    town = await hired(house, "town", Role.DUTY, area=LINPU, name="临浦值班")
    await hired(house, "county", Role.DUTY, name="县里值班")
    office, stores = house.office(), house.stores
    await import_roster(
        office, admin, (row(1, grid="第一网格"),), Wish(purpose="核对"), words=WORDS
    )
    assert await gaps(office, admin) == []
    now = house.clock.now()
    away = Leave(begins=now - timedelta(minutes=1), ends=now + timedelta(hours=1))
    for one in (A, B):  # each was granted before the other was written
        worker = await stores.grids.worker(one)
        assert worker is not None
        alone = replace(worker, leaves=(away,), version=worker.version + 1)
        await stores.grids.save_worker(alone)
    (gap,) = await gaps(office, town)
    assert (gap.grid.id, gap.next_level) == (GRID, ("临浦值班",))
    await recount_leaves(office)
    assert (await grids.coverage(office, admin)).without_worker == 1
    house.clock.shift += timedelta(hours=2)  # type: ignore[attr-defined]
    assert await gaps(house.office(), town) == []
    await recount_leaves(house.office())
    assert (await grids.coverage(office, admin)).without_worker == 0


async def test_a_gap_to_come_is_told_beforehand(house: House, admin: Staff) -> None:
    await set_up(house, admin)
    office, now = house.office(), house.clock.now()
    for one, begins in ((A, 1), (B, 3)):
        worker = await house.stores.grids.worker(one)
        assert worker is not None
        leave = Leave(begins=now + timedelta(days=begins), ends=now + timedelta(days=5))
        changed = replace(worker, leaves=(leave,), version=worker.version + 1)
        await house.stores.grids.save_worker(changed)
    (gap,) = await gaps(office, admin)
    assert abs(gap.since - now - timedelta(days=3)) < timedelta(seconds=1)
    assert gap.next_level == ()
