"""Reminders are made once, and noted once."""

from datetime import date

from data.civic.ids import GuideId, StaffId
from data.civic.knowing.upkeep import Due, Reminder, Why
from data.store.stores import Stores
from tests import builders


def reminder(guide: str = "passport", day: int = 1) -> Reminder:
    return Reminder(
        guide=GuideId(guide),
        department="公安",
        due=Due(why=Why.VALID_UNTIL, day=date(2030, 1, day)),
        threshold=7,
        made_at=builders.now(),
    )


async def test_what_is_put_is_read_again_by_its_day(stores: Stores) -> None:
    later, sooner = reminder("passport", 9), reminder("pet", 2)
    await stores.reminders.put([later, sooner])
    assert await stores.reminders.open(10) == [sooner, later]
    assert await stores.reminders.known([later.id, "other"]) == {later.id}


async def test_one_that_was_noted_is_neither_open_nor_made_again(stores: Stores) -> None:
    one = reminder()
    await stores.reminders.put([one])
    await stores.reminders.note(one.id, StaffId("wang"))
    await stores.reminders.note(one.id, StaffId("li"))
    await stores.reminders.put([one])
    assert await stores.reminders.open(10) == []
    noted = await stores.reminders.get(one.id)
    assert noted is not None
    assert noted.noted_by == "wang"
