"""Who has not been informed: counts, names, doors."""

from dataclasses import replace

import pytest

from bot.house import House
from bot.workers.doors import Doors
from data.civic.errors import BadInput, NotFound, Refused
from data.civic.ids import AreaCode, GridId, HouseholdId, PersonId
from data.civic.people import Role
from data.civic.safety.rosters import Household
from data.civic.sending.informing import Informing
from data.civic.sending.rows import Manner, RowState, Rung, Said
from handlers.acts import uninformed
from handlers.acts.confirm import Answer, confirm
from handlers.acts.door_lists import door_list
from handlers.acts.uninformed import Level
from tests.carrying import walked
from tests.staffed import COUNTY, LINPU, hired
from tests.townsfolk import (
    GRID,
    NEXT_VILLAGE,
    VILLAGE,
    all_ways,
    guarded,
    informed,
    person,
    settled,
)

OTHER_TOWN = AreaCode("330109106201")
OTHER = GridId("330109105201-2")


@pytest.fixture
async def told(house: House) -> Informing:
    await settled(
        house.stores,
        person(1, household=9),
        person(2, household=8),
        person(3, grid=OTHER),
        person(4, village=NEXT_VILLAGE, grid=None),
        person(5, village=OTHER_TOWN, grid=None),
    )
    informing = await informed(house, areas=(COUNTY,))
    await walked(house, all_ways())
    return informing


async def answered(house: House, informing: Informing, *handles: int) -> None:
    for handle in handles:
        answer = Answer(informing=informing.id, person=PersonId(handle), manner=Manner.PAGE)
        await confirm(house.office(), answer)
    await house.stores.boards.stop()


@pytest.mark.parametrize(
    ("level", "lines"),
    [
        pytest.param(Level.COUNTY, {COUNTY: 4}, id="county"),
        pytest.param(Level.TOWN, {LINPU: 3, "330109106": 1}, id="town"),
        pytest.param(Level.VILLAGE, {VILLAGE: 2, NEXT_VILLAGE: 1, OTHER_TOWN: 1}, id="village"),
    ],
)
async def test_counts_are_the_sum_of_names_at_every_level(
    house: House, told: Informing, level: Level, lines: dict[str, int]
) -> None:
    await answered(house, told, 1)
    duty = await hired(house, "duty", Role.DUTY)
    board = await uninformed.board(house.office(), duty, told.id, level=level)
    assert {one.area: one.uninformed for one in board.lines} == lines
    assert list(lines) == sorted(lines), "in the order of the codes, never a ranking"
    total = board.total
    assert (total.people, total.informed, total.uninformed) == (5, 1, 4)


async def test_grids_are_counted_and_those_without_one_as_well(
    house: House, told: Informing
) -> None:
    await answered(house, told, 1)
    duty = await hired(house, "duty", Role.DUTY)
    board = await uninformed.board(house.office(), duty, told.id, level=Level.GRID, area=VILLAGE)
    assert [(one.grid, one.uninformed) for one in board.lines] == [(GRID, 1), (OTHER, 1)]
    named = 0
    for line in board.lines:
        listed = await uninformed.names(
            house.office(), duty, told.id, village=VILLAGE, grid=line.grid, purpose="核对"
        )
        named += len(listed)
        assert len(listed) == line.uninformed
    assert named == board.total.uninformed


async def test_who_is_planned_and_was_sent_nothing_is_uninformed_as_well(house: House) -> None:
    await settled(house.stores, person(1), person(2, village=OTHER_TOWN))
    informing = await informed(house, areas=(COUNTY,))
    duty = await hired(house, "duty", Role.DUTY)
    board = await uninformed.board(house.office(), duty, informing.id, level=Level.TOWN)
    assert [(one.area, one.to_come, one.uninformed) for one in board.lines] == [
        (LINPU, 1, 1),
        ("330109106", 1, 1),
    ]
    await walked(house, all_ways())
    board = await uninformed.board(house.office(), duty, informing.id, level=Level.TOWN)
    assert [(one.to_come, one.uninformed) for one in board.lines] == [(0, 1), (0, 1)]


async def test_staff_see_the_counts_of_their_own_area(house: House, told: Informing) -> None:
    duty = await hired(house, "duty", Role.DUTY, area=LINPU)
    board = await uninformed.board(house.office(), duty, told.id, level=Level.TOWN)
    assert [one.area for one in board.lines] == [LINPU]
    with pytest.raises(Refused):
        await uninformed.board(
            house.office(), duty, told.id, level=Level.TOWN, area=AreaCode("330109106")
        )
    with pytest.raises(NotFound):
        await uninformed.board(house.office(), duty, 99, level=Level.TOWN)


async def test_names_stand_in_the_order_of_doors_and_each_look_has_its_purpose(
    house: House, told: Informing
) -> None:
    home = Household(
        id=HouseholdId(8), village=VILLAGE, address="临浦大道1号", purge_on=person(2).purge_on
    )
    await house.stores.households.put(home)
    duty = await hired(house, "duty", Role.DUTY)
    found = await uninformed.names(
        house.office(), duty, told.id, village=VILLAGE, purpose="派人上门"
    )
    assert [one.person.name for one in found if one.person] == ["居民2", "居民1", "居民3"]
    assert found[0].household is not None
    assert found[0].household.address == "临浦大道1号"
    (entry,) = await house.stores.audit.of_subject(f"informing-{told.id}/{VILLAGE}", 10)
    assert (entry.deed.act, entry.deed.purpose) == ("uninformed.names", "派人上门")


async def test_names_are_for_duty_of_the_area_and_the_worker_of_the_grid(
    house: House, told: Informing
) -> None:
    worker = await guarded(house.stores)
    chen = await hired(house, "chen", Role.GRID, area=LINPU)
    await house.stores.grids.save_worker(replace(worker, staff=chen.id, version=1))
    office = house.office()
    own = await uninformed.names(office, chen, told.id, village=VILLAGE, grid=GRID, purpose="上门")
    assert len(own) == 2
    agent = await hired(house, "agent", Role.AGENT)
    for staff, grid in ((chen, OTHER), (chen, None), (agent, GRID)):
        with pytest.raises(Refused):
            await uninformed.names(
                office, staff, told.id, village=VILLAGE, grid=grid, purpose="上门"
            )


async def test_names_want_a_purpose_and_a_village(house: House, told: Informing) -> None:
    duty = await hired(house, "duty", Role.DUTY)
    for village, purpose in ((VILLAGE, ""), (LINPU, "上门")):
        with pytest.raises(BadInput):
            await uninformed.names(house.office(), duty, told.id, village=village, purpose=purpose)


async def test_a_door_list_holds_who_has_not_answered_and_who_wants_somebody_to_come(
    house: House, told: Informing
) -> None:
    worker = await guarded(house.stores)
    stays = Answer(informing=told.id, person=PersonId(1), manner=Manner.CHAT, said=Said.STAYS)
    await confirm(house.office(), stays)
    duty = await hired(house, "duty", Role.DUTY)
    doors = await door_list(house.office(), duty, told.id, GRID, purpose="打印")
    assert (doors.worker, doors.grid.id) == (worker, GRID)
    assert [int(one.row.resident) for one in doors.uninformed] == [2]
    assert [int(one.row.resident) for one in doors.visits] == [1]
    with pytest.raises(NotFound):
        await door_list(house.office(), duty, told.id, OTHER, purpose="打印")


async def test_everything_ever_sent_to_somebody_can_be_read_for_a_purpose(
    house: House, told: Informing
) -> None:
    duty = await hired(house, "duty", Role.DUTY)
    (row,) = await house.stores.rows.uninformed(told.id, NEXT_VILLAGE)
    found = await uninformed.attempts(house.office(), duty, told.id, row, purpose="居民询问")
    assert [(one.number, one.rung) for one in found] == [(1, Rung.SMS)]
    assert found[0].provider_id.startswith("p-")
    with pytest.raises(BadInput):
        await uninformed.attempts(house.office(), duty, told.id, row, purpose="")


async def test_with_a_worker_is_not_informed_but_is_somebodys(house: House) -> None:
    await settled(house.stores, person(1, phone=None))
    await guarded(house.stores)
    informing = await informed(house)
    await walked(house, {Rung.DOOR: Doors(grids=house.stores.grids, clock=house.clock)})
    duty = await hired(house, "duty", Role.DUTY)
    board = await uninformed.board(house.office(), duty, informing.id, level=Level.TOWN)
    assert (board.total.uninformed, board.total.with_worker) == (1, 1)
    assert board.total.states[RowState.WITH_WORKER] == 1
