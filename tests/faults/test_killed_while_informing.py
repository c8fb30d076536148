"""A worker is killed after each step of a slice: another goes on, nobody is lost or told twice."""

from datetime import timedelta

import pytest

from bot.workers.informing import inform_next
from data.civic.ids import PersonId
from data.civic.people import Role
from data.civic.sending.informing import Informing
from data.civic.sending.rows import Ending, RowState, Rung
from handlers.acts import inform
from tests import builders
from tests.conftest import Build
from tests.faults.accounting import states_of
from tests.faults.informing_scene import Scene, Told, comes_to_its_end
from tests.staffed import hired
from tests.waiting import until

SENT = (
    "findAndModify slices 1",
    "find informings 1",
    "aggregate residents 1",
    "aggregate rows 1",
    "update slices 1",
    "find rows 1",
    "find rows 2",
    "findAndModify counters 1",
    "findAndModify counters 2",
    "find residents 1",
    "find residents 2",
    "insert sends 1",
    "find grids 1",
    "find grid_workers 1",
    "POST /sms/messages 1",
    "POST /voice/calls 1",
    "update sends 1",
    "update rows 1",
    "update rows 2",
    "update rows 3",
    "aggregate rows 2",
    "update slices 2",
)
"""All that a worker does with a slice from its claim to giving it back."""
TAKEN_OVER = (
    "findAndModify slices 1",
    "find informings 1",
    "find sends 1",
    "update sends 1",
    "update rows 1",
    "update rows 2",
    "find rows 1",
    "insert sends 1",
    "find grids 1",
    "find grid_workers 1",
    "update sends 2",
    "update rows 3",
    "aggregate rows 1",
    "update slices 1",
)
"""All that it does with a slice whose worker was killed while the messages were on their way."""
STOPPED = (
    "findAndModify slices 1",
    "find informings 1",
    "find sends 1",
    "update rows 1",
    "aggregate rows 1",
    "update slices 1",
)
"""All that it does with a slice whose informing was cancelled when its rows had just been made."""

MADE = "update slices 1"
ON_THEIR_WAY = "insert sends 1"


@pytest.mark.parametrize("step", SENT)
async def test_whenever_a_worker_dies_everybody_is_reached_and_nobody_twice(
    scene: Scene, informing: Informing, build: Build, step: str
) -> None:
    await scene.killed(step)
    await comes_to_its_end(scene, informing, build)


@pytest.mark.parametrize("step", TAKEN_OVER)
async def test_who_takes_over_may_die_as_well(
    scene: Scene, informing: Informing, build: Build, step: str
) -> None:
    await scene.killed(ON_THEIR_WAY)
    await scene.killed(step)
    await comes_to_its_end(scene, informing, build)


@pytest.mark.parametrize("step", STOPPED)
async def test_what_is_cancelled_is_sent_to_nobody_and_when_resumed_to_each_once(
    scene: Scene, informing: Informing, build: Build, step: str
) -> None:
    chief = await hired(scene.house, "chief", Role.CHIEF)
    await scene.killed(MADE)
    await inform.cancel(scene.house.office(), chief, informing.id)
    await scene.killed(step)
    await scene.go_on()
    assert scene.handed.accepted == {}
    states = await states_of(scene.house.stores, informing)
    assert set(states.values()) == {RowState.CANCELLED}
    await inform.resume(scene.house.office(), chief, informing.id)
    await comes_to_its_end(scene, informing, build)


@pytest.mark.parametrize("minutes_off", [-5, 5])
async def test_a_clock_that_is_wrong_gives_no_slice_away_and_sends_nothing_twice(
    scene: Scene, informing: Informing, build: Build, minutes_off: int
) -> None:
    """Of two workers, one five minutes ahead and one as much behind, one dies."""
    due = builders.now() - timedelta(minutes=6)
    await scene.house.stores.slices.wake_all(informing.id, due=due)
    await scene.killed(ON_THEIR_WAY, minutes_off=minutes_off)
    other = build(clock=builders.clock(shift=timedelta(minutes=-minutes_off)))
    assert not await inform_next(other.office(), scene.ways), "a lease runs by the server's clock"
    await comes_to_its_end(scene, informing, build, minutes=8)


async def test_what_was_in_flight_is_named_unknown_and_settled_by_its_receipt(
    scene: Scene, informing: Informing
) -> None:
    await scene.killed("POST /sms/messages 1")
    await scene.go_on()
    stores = scene.house.stores
    (tried,) = await stores.sends.attempts(informing.id, 0, PersonId(1))
    assert (tried.rung, tried.ending) == (Rung.SMS, Ending.UNKNOWN)

    async def delivered() -> bool:
        return (await states_of(stores, informing))[1] is RowState.DELIVERED

    await until(delivered)


async def test_every_step_of_a_worker_is_one_after_which_it_is_killed(
    scene: Scene, informing: Informing
) -> None:
    """A step that is new in the code fails here, until it stands in the lists above."""
    assert _of_a_slice(await scene.kill("")) == set(SENT)


async def test_so_is_every_step_of_who_takes_over(scene: Scene, informing: Informing) -> None:
    await scene.killed(ON_THEIR_WAY)
    assert _of_a_slice(await scene.kill("")) == set(TAKEN_OVER)


async def test_so_is_every_step_of_who_finds_it_cancelled(
    scene: Scene, informing: Informing
) -> None:
    chief = await hired(scene.house, "chief", Role.CHIEF)
    await scene.killed(MADE)
    await inform.cancel(scene.house.office(), chief, informing.id)
    assert _of_a_slice(await scene.kill("")) == set(STOPPED)


def _of_a_slice(told: Told) -> set[str]:
    """Tell what was done with the slice; after it others were looked for, and there was none."""
    ended, steps = told
    assert ended == 0
    return {one for one in steps if not one.startswith("findAndModify slices") or one[-2:] == " 1"}
