"""Housekeeping: whoever's day of deletion has come is gone, and the log says how many."""

from dataclasses import replace
from datetime import timedelta

from bot.house import House
from bot.workers.housekeeping import keep_house
from data.civic.ids import PersonId
from tests import builders
from tests.townsfolk import VILLAGE, person, settled


async def test_who_is_due_is_deleted_and_counted_and_nobody_else(house: House) -> None:
    yesterday = (builders.now() - timedelta(days=1)).date()
    due = [replace(person(handle), purge_on=yesterday) for handle in (1, 2)]
    await settled(house.stores, *due, person(3))
    for _ in range(2):
        assert not await keep_house(house.office()), "there is never more for at once"
    left = await house.stores.residents.some([PersonId(n) for n in (1, 2, 3)])
    assert [int(one.id) for one in left] == [3]
    (entry,) = await house.stores.audit.of_subject(f"area-{VILLAGE}", 5)
    assert (entry.deed.act, entry.deed.purpose) == ("roster.purge", "2 people")
