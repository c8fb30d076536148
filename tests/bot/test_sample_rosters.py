"""The demo's roster: loaded through the acts, once, with a worker and a deputy for everybody."""

from bot.house import House
from bot.seeds import load_seeds
from data.civic.people import Role
from data.civic.safety.grids import worker_of
from data.civic.safety.targets import Reach, Target
from tests.staffed import COUNTY


async def test_sample_people_are_covered_and_a_second_start_adds_nobody(house: House) -> None:
    await load_seeds(house)
    target = Target(areas=(COUNTY,))
    first = Reach.of(await house.stores.villages.covered(target))
    await load_seeds(house)
    assert Reach.of(await house.stores.villages.covered(target)) == first
    assert first.people == 32
    assert 0 < first.without_phone < first.people
    assert first.without_worker == 0


async def test_every_sample_grid_has_a_worker_and_a_deputy(house: House) -> None:
    await load_seeds(house)
    grids = await house.stores.grids.within(COUNTY)
    assert len(grids) == 10
    assert all(len(one.workers) > 1 for one in grids)
    assert all(worker_of(one, house.clock.now()) for one in grids)
    (member,) = [one for one in await house.stores.staff.list() if one.roles == {Role.GRID}]
    worker = await house.stores.grids.worker_of_staff(member.id)
    assert worker is not None
    assert worker.area == member.area
