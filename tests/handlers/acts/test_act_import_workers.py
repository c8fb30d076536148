"""Grid workers from a file: tried cell by cell, then written, and nobody is left alone."""

from datetime import timedelta

import pytest

from bot.house import House
from bot.workbooks.workers import read_workers
from data.civic.errors import BadInput, Conflict, Mistakes, Refused
from data.civic.ids import AreaCode, WorkerId
from data.civic.people import Role, Staff
from data.civic.safety.grids import GridWorker
from data.civic.safety.worker_rows import WorkerRow
from data.content.worker_words import worker_words
from handlers.acts import grids
from handlers.acts.import_workers import WorkersImported, import_workers
from tests.staffed import LINPU, hired
from tests.townsfolk import GRID, VILLAGE

HEAD = "编号,姓名,电话,地区代码,替补编号,负责网格,工作台账号"
GOOD = (
    f"w-a,陈一,13800000001,{VILLAGE},w-b,{GRID},chief",
    f"w-b,陈二,13800000002,{VILLAGE},,,",
)


@pytest.fixture
async def chief(house: House) -> Staff:
    staff = await hired(house, "chief", Role.CHIEF)
    new = grids.NewGrid(id=GRID, name="第一网格", village=VILLAGE)
    await grids.set_up(house.office(), staff, new)
    return staff


def rows(*lines: str, head: str = HEAD) -> tuple[WorkerRow, ...]:
    return read_workers("网格员.csv", "\n".join((head, *lines)).encode(), worker_words())


async def imported(
    house: House, staff: Staff, *lines: str, dry_run: bool = False
) -> WorkersImported:
    return await import_workers(
        house.office(), staff, rows(*lines), purpose="汛前登记", dry_run=dry_run
    )


async def test_a_file_is_tried_then_written_and_a_second_time_changes_nothing(
    house: House, chief: Staff
) -> None:
    tried = await imported(house, chief, *GOOD, dry_run=True)
    assert (tried.added, tried.assigned, tried.written) == (2, 1, False)
    assert await grids.workers(house.office(), chief) == []
    assert (await imported(house, chief, *GOOD)).written
    (grid,) = await grids.listed(house.office(), chief)
    assert [one.id for one in grid.workers] == ["w-a", "w-b"]
    assert grid.workers[0].staff == chief.id
    again = await imported(house, chief, *GOOD)
    assert (again.added, again.changed, again.same, again.assigned) == (0, 0, 2, 0)
    entries = await house.stores.audit.of_subject("workers-2", 5)
    assert {one.deed.act for one in entries} == {"grid.import"}


async def test_what_a_row_leaves_empty_stays_and_so_do_leaves(house: House, chief: Staff) -> None:
    await imported(house, chief, *GOOD)
    tomorrow = house.clock.now().date() + timedelta(days=2)
    await grids.go_on_leave(house.office(), chief, WorkerId("w-a"), tomorrow, tomorrow)
    done = await imported(house, chief, f"w-a,陈一一,13800000009,{VILLAGE},,,")
    assert (done.changed, done.written) == (1, True)
    worker = await house.stores.grids.worker(WorkerId("w-a"))
    assert worker is not None
    assert (worker.name, worker.deputy, len(worker.leaves)) == ("陈一一", "w-b", 1)


async def test_who_is_overtaken_has_written_a_part_that_is_noted_and_may_send_it_again(
    house: House, chief: Staff
) -> None:
    elsewhere = GridWorker(
        id=WorkerId("w-b"), name="钱二", phone="13800000009", area=AreaCode("330110001")
    )
    await house.stores.grids.enlist(elsewhere)
    with pytest.raises(Conflict):
        await imported(house, chief, *GOOD)
    assert [one.id for one in await grids.workers(house.office(), chief)] == ["w-a"]
    entries = await house.stores.audit.of_subject("workers-2", 5)
    assert [one.deed.act for one in entries] == ["grid.import"]


@pytest.mark.parametrize(
    ("line", "where", "what"),
    [
        (f"w-c,,13800000003,{VILLAGE},,,", "B4", "fill this in"),
        (f"w-c,陈三,123x,{VILLAGE},,,", "C4", "no telephone"),
        ("w-c,陈三,13800000003,330110,,,", "D4", "no town or village"),
        (f"w-c,陈三,13800000003,{VILLAGE},nobody,,", "E4", "no other worker"),
        (f"w-c,陈三,13800000003,{VILLAGE},w-c,,", "E4", "no other worker"),
        (f"w-c,陈三,13800000003,{VILLAGE},,no-grid,", "F4", "there is no grid"),
        (f"w-c,陈三,13800000003,{VILLAGE},,,ghost", "G4", "no such account"),
        (f"w-c,陈三,13800000003,{VILLAGE},,{GRID},", "F4", "stands twice"),
        (f"w-a,陈三,13800000003,{VILLAGE},,,", "A4", "stands twice"),
        (f"C!,陈三,13800000003,{VILLAGE},,,", "A4", "an id has"),
    ],
)
async def test_a_wrong_cell_is_named_by_its_address_and_nothing_is_written(
    house: House, chief: Staff, line: str, where: str, what: str
) -> None:
    done = await imported(house, chief, *GOOD, line)
    assert not done.written
    assert any(one.where.endswith(where) and what in one.what for one in done.mistakes), (
        done.mistakes
    )
    assert await grids.workers(house.office(), chief) == []


async def test_no_grid_is_left_alone_by_a_file(house: House, chief: Staff) -> None:
    await imported(house, chief, *GOOD)
    day = house.clock.now().date() + timedelta(days=2)
    await grids.go_on_leave(house.office(), chief, WorkerId("w-a"), day, day)
    alone = f"w-c,陈三,13800000003,{VILLAGE},,,"
    assert (await imported(house, chief, alone)).written
    done = await imported(house, chief, f"w-a,陈一,13800000001,{VILLAGE},w-c,,")
    assert done.written, "another deputy is there"


async def test_only_who_arranges_grids_may_and_only_in_the_own_area(
    house: House, chief: Staff
) -> None:
    duty = await hired(house, "duty", Role.DUTY)
    with pytest.raises(Refused):
        await imported(house, duty, *GOOD)
    with pytest.raises(BadInput):
        await import_workers(house.office(), chief, rows(*GOOD), purpose="", dry_run=False)
    town = await hired(house, "town", Role.CHIEF, area=AreaCode(LINPU))
    done = await imported(house, town, "w-z,陈九,13800000003,330109103,,,")
    assert [one.what.split(":")[0] for one in done.mistakes] == ["no town or village of 330109105"]


def test_a_file_without_its_headings_or_with_formulas_is_refused_by_cell() -> None:
    with pytest.raises(Mistakes, match="地区代码"):
        rows("w-a,陈一,1", head="编号,姓名,电话")
    with pytest.raises(Mistakes, match="keep one"):
        rows("1,2,3,4,5", head="编号,姓名,电话,手机,地区代码")
    with pytest.raises(Mistakes, match="formula"):
        rows(f"w-a,=A1,13800000001,{VILLAGE},,,")
    with pytest.raises(Mistakes, match="no worker stands"):
        rows()
