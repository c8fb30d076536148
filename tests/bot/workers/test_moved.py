"""Who moves while a warning goes on stays in it, there where they live by now."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.channels.messengers import Messengers
from bot.clock import SystemClock
from bot.house import House
from bot.workers.doors import Doors
from bot.workers.newcomers import catch_up_next
from data.civic.ids import AreaCode, GridId, PersonId
from data.civic.people import Role
from data.civic.safety.targets import Target
from data.civic.sending.informing import Informing, InformingKind
from data.civic.sending.rows import RowState, Rung
from handlers.acts import inform
from handlers.roster_changing import changing
from tests.bulletins import START, at
from tests.carrying import made, states, walked
from tests.newcoming import caught_up, comes_to, moves, planned
from tests.staffed import hired
from tests.townsfolk import (
    GRID,
    NEXT_VILLAGE,
    VILLAGE,
    all_ways,
    guarded,
    informed,
    person,
    request,
    rows_of,
    settled,
)

THERE = GridId(f"{NEXT_VILLAGE}-1")
END = timedelta(minutes=6)
"""Longer than an answer is waited for after a text."""


@pytest.fixture
async def two(house: House, clock: SystemClock) -> Informing:
    """A warning for two villages, each with one person."""
    at(clock, START)
    await settled(house.stores, person(1), person(2, village=NEXT_VILLAGE))
    return await informed(house)


async def test_who_moved_before_it_was_sent_is_told_where_it_goes_on(
    house: House, two: Informing
) -> None:
    await made(house, two)
    await moves(house, 1, village=NEXT_VILLAGE)
    await inform.end_in(house.office(), two, [VILLAGE])
    ways = all_ways()
    await walked(house, ways)
    assert sorted(ways[Rung.SMS].people) == [1, 2]
    assert await planned(house, two) == 2


async def test_who_moves_out_of_a_part_that_was_lifted_is_told_where_it_goes_on(
    house: House, two: Informing
) -> None:
    await made(house, two)
    await inform.end_in(house.office(), two, [VILLAGE])
    ways = all_ways()
    await walked(house, ways)
    assert ways[Rung.SMS].people == [2]
    await moves(house, 1, village=NEXT_VILLAGE)
    await caught_up(house, ways)
    assert ways[Rung.SMS].people == [2, 1]
    assert await planned(house, two) == 2
    (line,) = await house.stores.boards.villages(two.id)
    assert line.village == NEXT_VILLAGE, "nobody is left where they lived"


async def test_who_moved_after_it_was_sent_is_pursued_where_it_goes_on(
    house: House, clock: SystemClock, two: Informing
) -> None:
    await walked(house, all_ways())
    await moves(house, 1, village=NEXT_VILLAGE)
    ended = await inform.end_in(house.office(), two, [VILLAGE])
    at(clock, START + END)
    ways = all_ways()
    await walked(house, ways)
    assert (ways[Rung.SMS].people, sorted(ways[Rung.VOICE].people)) == ([], [1, 2])
    await inform.end_in(house.office(), ended, [NEXT_VILLAGE])
    at(clock, START + END + END)
    await walked(house, ways)
    assert await house.stores.slices.still_going(two.id) == 0


async def test_what_is_lifted_where_one_lived_is_told_to_none_who_has_moved_away(
    house: House, two: Informing
) -> None:
    await walked(house, all_ways())
    await comes_to(house, person(3))
    await caught_up(house, all_ways())
    for handle in (1, 3):
        await moves(house, handle, village=NEXT_VILLAGE)
    first, late = await house.stores.slices.all(two.id)
    assert first.villages == ((VILLAGE, 0), (NEXT_VILLAGE, 2))
    assert late.villages == ((VILLAGE, 0), (NEXT_VILLAGE, 1))
    for village, expected in ((VILLAGE, []), (NEXT_VILLAGE, [1, 2, 3])):
        assert await lifted(house, two, village) == expected


async def test_who_is_on_a_workers_list_and_moves_is_on_the_list_of_the_next(
    house: House, clock: SystemClock
) -> None:
    at(clock, START)
    await guarded(house.stores)
    there = await guarded(house.stores, THERE, NEXT_VILLAGE)
    await comes_to(house, person(1, phone=None))
    informing = await informed(house)
    ways: Messengers = {Rung.DOOR: Doors(grids=house.stores.grids, clock=clock)}
    await walked(house, ways)
    await moves(house, 1, village=NEXT_VILLAGE, grid=THERE)
    assert await states(house, informing) == {1: (RowState.UNREACHABLE, Rung.DOOR)}
    await walked(house, ways)
    at(clock, START + timedelta(minutes=11))
    await walked(house, ways)
    assert await states(house, informing) == {1: (RowState.WITH_WORKER, Rung.DOOR)}
    sent = await house.stores.sends.attempts(informing.id, 0, PersonId(1))
    assert [one.provider_id for one in sent][-1] == there.id


async def lifted(house: House, one: Informing, village: AreaCode) -> list[int]:
    """Lift it in a village; tell who hears of that."""
    lift = request(f"lift/{village}", kind=InformingKind.LIFT, of=one.id)
    ways = all_ways()
    await inform.start(house.office(), replace(lift, target=Target(areas=(village,))))
    await walked(house, ways)
    return sorted(ways[Rung.SMS].people)


async def test_who_leaves_the_area_of_a_warning_keeps_their_place_in_it(
    house: House, two: Informing
) -> None:
    await walked(house, all_ways())
    await inform.end_in(house.office(), two, [NEXT_VILLAGE])
    await moves(house, 1, village=NEXT_VILLAGE)
    assert (await rows_of(house.stores, two))[1].village == VILLAGE


async def test_who_moves_while_it_is_stopped_is_told_when_it_goes_on(
    house: House, two: Informing
) -> None:
    chief, ways = await hired(house, "chief", Role.CHIEF), all_ways()
    await made(house, two)
    await inform.cancel(house.office(), chief, two.id)
    await walked(house, ways)
    await moves(house, 1, village=NEXT_VILLAGE)
    await inform.resume(house.office(), chief, two.id)
    await caught_up(house, ways)
    assert sorted(ways[Rung.SMS].people) == [1, 2]
    assert (await rows_of(house.stores, two))[1].village == NEXT_VILLAGE


async def test_a_move_that_is_looked_at_twice_changes_nothing_more(
    house: House, two: Informing
) -> None:
    await walked(house, all_ways())
    await moves(house, 1, village=NEXT_VILLAGE)
    before = await rows_of(house.stores, two), await house.stores.slices.all(two.id)
    async with changing(house.office(), [VILLAGE, NEXT_VILLAGE]):
        pass
    assert await catch_up_next(house.office())
    assert (await rows_of(house.stores, two), await house.stores.slices.all(two.id)) == before


async def test_who_is_given_a_grid_is_on_the_list_of_its_worker(
    house: House, clock: SystemClock
) -> None:
    at(clock, START)
    await guarded(house.stores)
    await comes_to(house, person(1, grid=None, phone=None))
    informing = await informed(house)
    ways: Messengers = {Rung.DOOR: Doors(grids=house.stores.grids, clock=clock)}
    await walked(house, ways)
    assert await states(house, informing) == {1: (RowState.UNREACHABLE, Rung.LOUDSPEAKER)}
    await moves(house, 1, grid=GRID)
    at(clock, START + timedelta(minutes=11))
    await walked(house, ways)
    assert await states(house, informing) == {1: (RowState.WITH_WORKER, Rung.DOOR)}
    found = await house.stores.rows.uninformed(informing.id, VILLAGE, GRID)
    assert [one.resident for one in found] == [1]
