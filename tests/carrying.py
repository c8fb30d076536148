"""Workers that carry informings on, until nothing is due."""

from collections.abc import Mapping
from datetime import timedelta

from bot.channels.messengers import Messenger
from bot.house import House
from bot.workers.informing import inform_next, make_rows
from data.civic.sending.informing import Informing
from data.civic.sending.rows import RowState, Rung
from data.store.slices import SliceState
from tests import builders
from tests.conftest import Build
from tests.townsfolk import rows_of

Ways = Mapping[Rung, Messenger]


async def walked(house: House, ways: Ways) -> None:
    """Work until nothing is due."""
    while await inform_next(house.office(), ways):
        pass


async def made(house: House, informing: Informing) -> None:
    """Make the rows, and send nothing yet: as at night."""
    office, slices, now = house.office(), house.stores.slices, house.office().clock.now()
    while claimed := await slices.claim("night", lease_s=60, now=now):
        assert await make_rows(office, informing, claimed)
        await slices.give_back(claimed, SliceState.STILL, due=now)
    await slices.wake_all(informing.id, due=now)


async def later(build: Build, minutes: float, ways: Ways) -> None:
    """Work in a house whose clock has gone on."""
    await walked(build(clock=builders.clock(shift=timedelta(minutes=minutes))), ways)


async def states(house: House, informing: Informing) -> dict[int, tuple[RowState, Rung | None]]:
    rows = await rows_of(house.stores, informing)
    return {handle: (row.state, row.rung) for handle, row in rows.items()}
