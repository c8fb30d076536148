"""Grids and households: kept, found, never written over unseen."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from pymongo import MongoClient

from data.civic.errors import Conflict
from data.civic.ids import AreaCode, GridId, HouseholdId, StaffId, WorkerId
from data.civic.safety.grids import Grid, GridWorker, Leave
from data.civic.safety.rosters import Household
from data.store.collection import Document
from data.store.stores import Stores
from tests import builders
from tests.conftest import DATABASE
from tests.witness import OWN

VILLAGE, TOWN = AreaCode("330109105201"), AreaCode("330109105")


def worker(name: str, deputy: str | None = None) -> GridWorker:
    return GridWorker(
        id=WorkerId(name),
        staff=StaffId(f"staff-{name}"),
        name=f"样例{name}",
        phone="13800000000",
        area=VILLAGE,
        deputy=WorkerId(deputy) if deputy else None,
    )


def grid(name: str = "g1", *workers: GridWorker) -> Grid:
    return Grid(id=GridId(name), name=f"第{name}网格", village=VILLAGE, workers=workers)


def household(number: int, key: str | None = None) -> Household:
    return Household(
        id=HouseholdId(number),
        village=VILLAGE,
        key=key,
        number="12",
        address="样例路1号",
        purge_on=date(2027, 1, 1),
    )


async def test_a_grid_is_read_with_its_line_of_deputies(stores: Stores) -> None:
    line = [worker("a", "b"), worker("b", "c"), worker("c", "a"), worker("d")]
    for one in line:
        await stores.grids.enlist(one)
    await stores.grids.add(grid("g1", line[0]))
    await stores.grids.add(grid("g2"))
    found = await stores.grids.get(GridId("g1"))
    assert found is not None
    assert found.workers == tuple(line[:3])
    assert await stores.grids.by_ids([GridId("g1"), GridId("g2")]) == [found, grid("g2")]
    assert await stores.grids.within(TOWN) == [found, grid("g2")]
    assert await stores.grids.within(AreaCode("330109101")) == []
    assert await stores.grids.of_worker(WorkerId("a")) == [found]
    assert await stores.grids.uncovered(TOWN) == (GridId("g2"),)
    assert await stores.grids.worker_of_staff(StaffId("staff-d")) == line[3]
    assert await stores.grids.workers_within(TOWN) == line


async def test_an_id_and_a_name_in_a_village_stand_once(stores: Stores) -> None:
    await stores.grids.add(grid("g1"))
    with pytest.raises(Conflict):
        await stores.grids.add(grid("g1"))
    with pytest.raises(Conflict, match="already"):
        await stores.grids.add(replace(grid("g2"), name="第g1网格"))
    await stores.grids.enlist(worker("a"))
    with pytest.raises(Conflict):
        await stores.grids.enlist(worker("a"))


async def test_stale_grids_and_workers_are_refused(stores: Stores) -> None:
    await stores.grids.add(grid("g1"))
    await stores.grids.save(replace(grid("g1"), name="改名", version=1))
    with pytest.raises(Conflict, match="changed meanwhile"):
        await stores.grids.save(replace(grid("g1"), name="又改", version=1))
    now = builders.now()
    away = replace(
        worker("a"), leaves=(Leave(begins=now, ends=now + timedelta(days=1)),), version=1
    )
    await stores.grids.enlist(worker("a"))
    await stores.grids.save_worker(away)
    assert await stores.grids.worker(WorkerId("a")) == away
    with pytest.raises(Conflict):
        await stores.grids.save_worker(away)


async def test_the_grids_whose_worker_goes_on_leave_are_listed(stores: Stores) -> None:
    now = builders.now()
    away = replace(worker("a"), leaves=(Leave(begins=now, ends=now + timedelta(days=1)),))
    await stores.grids.enlist(away)
    await stores.grids.enlist(worker("b"))
    await stores.grids.add(grid("g1", away))
    await stores.grids.add(grid("g2", worker("b")))
    assert [one.id for one in await stores.grids.touched_by_leave(TOWN, now)] == ["g1"]
    assert await stores.grids.touched_by_leave(TOWN, now + timedelta(days=2)) == []
    assert await stores.grids.touched_by_leave(AreaCode("330109101"), now) == []


async def test_names_and_addresses_are_sealed(stores: Stores, raw: MongoClient[Document]) -> None:
    await stores.grids.enlist(worker("a"))
    await stores.households.add_all([household(1, "k")])
    for collection in ("grid_workers", "households"):
        (document,) = raw[DATABASE][collection].find({}, comment=OWN)
        assert not [word for word in ("样例", "1380000") if word in repr(document)]


async def test_households_are_known_by_their_key_once(stores: Stores) -> None:
    one, other, keyless = household(1, "k"), household(2, "k"), household(3)
    assert await stores.households.add_all([one, keyless]) == ()
    assert await stores.households.add_all([other]) == (other,)
    assert await stores.households.by_keys(["k", "none"]) == [one]
    assert await stores.households.by_ids([one.id, keyless.id]) == [one, keyless]
    moved = replace(one, address="样例路2号")
    await stores.households.put(moved)
    assert await stores.households.get(one.id) == moved
    assert await stores.households.delete([one.id]) == 1
    assert await stores.households.get(one.id) is None
