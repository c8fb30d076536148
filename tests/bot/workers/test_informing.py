"""Carrying an informing on: rows, sends, marks, the ladder."""

from bot.house import House
from bot.workers.informing import inform_next
from data.civic.sending.rows import RowState, Rung
from tests.townsfolk import all_ways, informed, person, rows_of, settled


async def walked(house: House, messengers) -> None:
    """Work until nothing is due."""
    while await inform_next(house.office(), messengers):
        pass


async def test_everybody_gets_the_first_way_that_reaches_them(house: House) -> None:
    await settled(house.stores, person(1, chat=True), person(2), person(3, phone="057182000000"))
    informing, ways = await informed(house), all_ways()
    await walked(house, ways)
    rows = await rows_of(house.stores, informing)
    assert {h: (row.state, row.rung) for h, row in rows.items()} == {
        1: (RowState.SENT, Rung.SUBSCRIPTION),
        2: (RowState.SENT, Rung.SMS),
        3: (RowState.SENT, Rung.VOICE),
    }
