"""Rows: made on the server, marked, answered, read back by place."""

from dataclasses import replace
from datetime import timedelta

import pytest

from data.civic.ids import PersonId
from data.civic.risks import RiskTag
from data.civic.safety.targets import Target
from data.civic.sending.batches import Mark
from data.civic.sending.informing import Slice, Source
from data.civic.sending.rows import (
    GIVEN_UP,
    By,
    Ending,
    RowState,
    Rung,
    Said,
)
from data.store.rows import Receipt
from data.store.stores import Stores
from tests import builders
from tests.informed import answer, people
from tests.townsfolk import GRID, LINPU, NEXT_VILLAGE, VILLAGE, person, settled

NOW = builders.now()
HERE = Target(areas=(LINPU,))
ONE = Slice(informing=1, number=0, villages=((VILLAGE, 3),))
AGED = frozenset({RiskTag.LIVING_ALONE})


def mark(*handles: int, number: int = 1, ending: Ending = Ending.ACCEPTED, **more: object) -> Mark:
    given = {"rung": Rung.SMS, "tries": 0, "at": NOW} | more
    return Mark(
        informing=1,
        slice=0,
        people=people(*handles),
        number=number,
        ending=ending,
        **given,  # type: ignore[arg-type]
    )


def receipt(handle: int, state: RowState, *, number: int = 1) -> Receipt:
    return Receipt(
        informing=1,
        person=PersonId(handle),
        rung=Rung.SMS,
        number=number,
        state=state,
        at=NOW + timedelta(minutes=1),
    )


async def state(stores: Stores, handle: int) -> RowState:
    row = await stores.rows.get(1, PersonId(handle))
    assert row is not None
    return row.state


@pytest.fixture
async def made(stores: Stores) -> Stores:
    """Three people of one village, with rows."""
    await settled(stores, *[person(n) for n in (1, 2, 3)])
    await stores.rows.make(ONE, HERE, again=False)
    return stores


async def test_everybody_of_the_villages_has_a_row_with_the_ways_that_reach_them(
    stores: Stores,
) -> None:
    await settled(
        stores,
        person(1, chat=True),
        person(2),
        person(3, phone="057182000000"),
        person(4, phone=None),
        person(5, village=NEXT_VILLAGE),
    )
    await stores.rows.make(ONE, HERE, again=False)
    rows = {row.resident: row for row in await stores.rows.of_slice(1, 0)}
    assert {handle: min(row.standing.ways) for handle, row in rows.items()} == {
        1: Rung.SUBSCRIPTION,
        2: Rung.SMS,
        3: Rung.VOICE,
        4: Rung.DOOR,
    }
    assert {row.state for row in rows.values()} == {RowState.CREATED}
    assert (rows[PersonId(1)].grid, rows[PersonId(1)].village) == (GRID, VILLAGE)


async def test_only_who_bears_a_tag_is_meant(stores: Stores) -> None:
    await settled(stores, person(1, tags=AGED), person(2))
    tagged = Target(areas=(LINPU,), tags=AGED)
    assert await stores.rows.in_areas(tagged) == [(VILLAGE, 1)]
    await stores.rows.make(ONE, tagged, again=False)
    assert [row.resident for row in await stores.rows.of_slice(1, 0)] == [1]


async def test_a_slice_counts_whom_it_really_has(made: Stores) -> None:
    planned = replace(ONE, villages=((VILLAGE, 5), (NEXT_VILLAGE, 2)))
    counted = await made.rows.counted(planned)
    assert counted == replace(planned, villages=((VILLAGE, 3), (NEXT_VILLAGE, 0)))
    assert await made.rows.counted(counted) is counted


async def test_a_part_of_a_village_holds_who_belongs_to_it(stores: Stores) -> None:
    await settled(stores, *[person(n) for n in (1, 2, 3, 4)])
    assert await stores.rows.handles(VILLAGE, HERE) == [1, 2, 3, 4]
    for part in (replace(ONE, end=3), replace(ONE, number=1, first=3)):
        await stores.rows.make(part, HERE, again=False)
    assert [row.resident for row in await stores.rows.of_slice(1, 0)] == [1, 2]
    assert [row.resident for row in await stores.rows.of_slice(1, 1)] == [3, 4]


@pytest.mark.parametrize("again", [False, True], ids=["as if new", "knowing it"])
async def test_a_slice_that_stands_half_is_made_whole_and_nothing_is_lost(
    made: Stores,
    again: bool,  # noqa: FBT001
) -> None:
    await made.rows.mark(mark(1))
    await settled(made, person(4))
    await made.rows.make(ONE, HERE, again=again)
    rows = {int(row.resident): row.state for row in await made.rows.of_slice(1, 0)}
    created = RowState.CREATED
    assert rows == {1: RowState.SENT, 2: created, 3: created, 4: created}


async def test_a_mark_says_what_became_of_an_attempt(made: Stores) -> None:
    await made.rows.mark(mark(1, 2))
    row = await made.rows.get(1, PersonId(1))
    assert row is not None
    assert (row.state, row.rung, row.attempts, row.at) == (RowState.SENT, Rung.SMS, 1, NOW)
    assert row.standing.reached == {Rung.SMS}
    assert await state(made, 3) is RowState.CREATED


async def test_the_same_mark_twice_and_an_older_one_change_nothing(made: Stores) -> None:
    later = mark(1, number=2, ending=Ending.REFUSED, tries=GIVEN_UP, rung=Rung.VOICE)
    for one in (mark(1), later, later, mark(1)):
        await made.rows.mark(one)
    row = await made.rows.get(1, PersonId(1))
    assert row is not None
    assert (row.state, row.rung, row.attempts) == (RowState.FAILED, Rung.VOICE, 2)
    assert row.standing.tries == GIVEN_UP


async def test_a_way_that_goes_through_forgets_the_failures_before_it(made: Stores) -> None:
    await made.rows.mark(mark(1, ending=Ending.BUSY, tries=2))
    await made.rows.mark(mark(1, number=2))
    row = await made.rows.get(1, PersonId(1))
    assert row is not None
    assert (row.state, row.standing.tries) == (RowState.SENT, 0)


async def test_what_was_named_unknown_is_settled_by_who_knows(made: Stores) -> None:
    await made.rows.mark(mark(1, ending=Ending.UNKNOWN))
    assert await state(made, 1) is RowState.UNKNOWN
    await made.rows.mark(mark(1))
    assert await state(made, 1) is RowState.SENT


async def test_an_answer_counts_for_more_than_a_mark_that_comes_late(made: Stores) -> None:
    await made.rows.confirm(1, {PersonId(1): answer()})
    await made.rows.mark(mark(1))
    assert await state(made, 1) is RowState.CONFIRMED


async def test_a_loudspeaker_changes_nobodys_state(made: Stores) -> None:
    await made.rows.mark(mark(1, rung=Rung.DOOR))
    await made.rows.mark(mark(1, number=2, rung=Rung.LOUDSPEAKER))
    row = await made.rows.get(1, PersonId(1))
    assert row is not None
    assert (row.state, row.rung) == (RowState.WITH_WORKER, Rung.LOUDSPEAKER)


async def test_the_first_answer_of_each_stands(made: Stores) -> None:
    await made.rows.confirm(1, {PersonId(1): answer(Said.SAFE), PersonId(2): answer(by=By.FAMILY)})
    await made.rows.confirm(1, {PersonId(1): answer(Said.RECEIVED), PersonId(9): answer()})
    row = await made.rows.get(1, PersonId(1))
    assert row is not None
    assert row.confirmation == answer(Said.SAFE)
    assert await made.rows.get(1, PersonId(9)) is None, "nobody is made up by an answer"


async def test_a_receipt_settles_what_is_unknown(made: Stores) -> None:
    await made.rows.mark(mark(1, ending=Ending.UNKNOWN))
    await made.rows.receive(receipt(1, RowState.SENT))
    assert await state(made, 1) is RowState.SENT


async def test_a_receipt_for_what_is_overtaken_changes_nothing(made: Stores) -> None:
    await made.rows.mark(mark(1))
    await made.rows.mark(mark(1, number=2, rung=Rung.VOICE))
    await made.rows.receive(receipt(1, RowState.READ))
    row = await made.rows.get(1, PersonId(1))
    assert row is not None
    assert (row.state, row.rung) == (RowState.SENT, Rung.VOICE)


async def test_who_is_left_by_the_ladder_is_written_so(made: Stores) -> None:
    await made.rows.confirm(1, {PersonId(2): answer()})
    await made.rows.leave(1, 0, people(1, 2), RowState.UNREACHABLE)
    assert await state(made, 1) is RowState.UNREACHABLE
    assert await state(made, 2) is RowState.CONFIRMED


async def test_only_who_got_nothing_is_called_off_and_can_be_called_on(made: Stores) -> None:
    await made.rows.mark(mark(1))
    await made.rows.call_off(1, 0)
    assert [await state(made, n) for n in (1, 2)] == [RowState.SENT, RowState.CANCELLED]
    await made.rows.call_on(1, 0)
    assert [await state(made, n) for n in (1, 2)] == [RowState.SENT, RowState.CREATED]


async def test_a_correction_is_for_all_who_may_have_got_the_first_by_the_same_ways(
    made: Stores,
) -> None:
    await made.rows.mark(mark(1, ending=Ending.UNKNOWN))
    await made.rows.mark(mark(1, number=2, rung=Rung.VOICE))
    await made.rows.mark(mark(2, ending=Ending.REFUSED, tries=GIVEN_UP))
    await made.rows.confirm(1, {PersonId(3): answer(by=By.STAFF)})
    await made.rows.make(replace(ONE, informing=2), Source(1, 0), again=False)
    ways = {int(row.resident): row.standing.ways for row in await made.rows.of_slice(2, 0)}
    assert ways == {1: {Rung.SMS, Rung.VOICE}, 3: {Rung.DOOR}}


async def test_people_who_stand_alike_are_read_together(made: Stores) -> None:
    await made.rows.mark(mark(1, 2))
    found = await made.rows.standings(1, 0)
    alike = {one.state: [int(each.person) for each in members] for one, members in found.items()}
    assert alike == {RowState.SENT: [1, 2], RowState.CREATED: [3]}


async def test_the_uninformed_and_the_visits_are_listed_by_place(made: Stores) -> None:
    await made.rows.confirm(1, {PersonId(1): answer(Said.STAYS)})
    await made.rows.want_visit(1, PersonId(1), Said.STAYS, NOW)
    assert [row.resident for row in await made.rows.uninformed(1, VILLAGE)] == [2, 3]
    assert [row.resident for row in await made.rows.uninformed(1, VILLAGE, GRID)] == [2, 3]
    assert await made.rows.uninformed(1, NEXT_VILLAGE) == []
    (visit,) = await made.rows.visits(1, VILLAGE, GRID)
    assert (visit.resident, visit.visit) == (1, Said.STAYS)
    await made.rows.visited(1, PersonId(1), NOW + timedelta(hours=1))
    assert await made.rows.visits(1, VILLAGE) == []
