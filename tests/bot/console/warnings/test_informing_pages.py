"""An informing at the console: what was sent, what was not taken, whom a resume would tell."""

from bot.house import House
from bot.workers.doors import Doors
from bot.workers.informing import LEASE_S, make_rows
from data.civic.ids import AreaCode
from data.civic.people import Role, Staff
from data.civic.sending.informing import Informing
from data.civic.sending.ladder import LadderRules
from data.civic.sending.rows import Rung
from data.store.slices import SliceState
from handlers.acts import inform, uninformed
from tests.carrying import walked
from tests.staffed import COUNTY, Seat, hired
from tests.townsfolk import (
    NEXT_VILLAGE,
    VILLAGE,
    Remembering,
    all_ways,
    guarded,
    informed,
    person,
    settled,
)


async def shown(seat: Seat, informing: Informing) -> str:
    await seat.sign_in()
    answer = await seat.get(f"/console/informings/{informing.id}")
    assert answer.status == 200
    return await answer.text()


async def stopped_with_rows(house: House, *areas: AreaCode) -> tuple[Informing, Staff]:
    """Stop an informing whose rows stand, and of which nothing was sent."""
    duty = await hired(house, "wang", Role.DUTY)
    informing = await informed(house, areas=areas)
    office, slices = house.office(), house.stores.slices
    now = office.clock.now()
    claimed = await slices.claim("a worker", lease_s=LEASE_S, now=now)
    assert claimed is not None
    assert await make_rows(office, informing, claimed)
    await slices.give_back(claimed, SliceState.OPEN, due=now)
    await inform.cancel(office, duty, informing.id)
    await walked(house, all_ways())
    return informing, duty


async def test_who_was_sent_nothing_yet_is_counted_before_it_goes_on(
    house: House, seat: Seat
) -> None:
    await settled(house.stores, person(1), person(2))
    informing, _ = await stopped_with_rows(house, COUNTY)
    assert "还没有通知到的 2 人" in await shown(seat, informing)
    await seat.post(f"/console/informings/{informing.id}/resume")
    await walked(house, ways := all_ways())
    assert sorted(ways[Rung.SMS].people) == [1, 2]


async def test_where_it_has_ended_nobody_is_counted_and_nobody_told(house: House) -> None:
    await settled(house.stores, person(1), person(2), person(3, village=NEXT_VILLAGE))
    informing, duty = await stopped_with_rows(house, VILLAGE, NEXT_VILLAGE)
    stands = await house.stores.informings.must(informing.id)
    await inform.end_in(house.office(), stands, [NEXT_VILLAGE])
    assert await uninformed.to_resume(house.office(), duty, informing.id) == 2
    await inform.resume(house.office(), duty, informing.id)
    await walked(house, ways := all_ways())
    assert sorted(ways[Rung.SMS].people) == [1, 2]


async def test_a_door_at_which_nobody_knocks_is_not_counted_as_sent(
    house: House, seat: Seat
) -> None:
    await hired(house, "wang", Role.DUTY)
    nobody = person(2, phone=None, village=NEXT_VILLAGE, grid=None)
    await settled(house.stores, person(1, phone=None), nobody)
    await guarded(house.stores)
    informing = await informed(house, rules=LadderRules())
    knocking = Doors(grids=house.stores.grids, clock=house.clock)
    ways = {Rung.DOOR: knocking, Rung.LOUDSPEAKER: Remembering(rung=Rung.LOUDSPEAKER)}
    await walked(house, ways)
    gone = await house.stores.sends.by_way(informing.id)
    assert gone[Rung.DOOR] == (1, 1)
    assert "没有网格员负责" in await shown(seat, informing)
