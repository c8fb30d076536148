"""Announcements: one for each village and informing, and what was read out."""

import asyncio
from dataclasses import replace

import pytest

from data.civic.errors import Conflict, NotFound
from data.civic.ids import StaffId
from data.civic.sending import announcements
from data.civic.sending.announcements import Announcement
from data.store.stores import Stores
from tests import builders
from tests.townsfolk import NEXT_VILLAGE, VILLAGE

AT = builders.now()
ONE = Announcement(informing=7, village=VILLAGE, text="请大家注意。", asked_at=AT)


async def test_what_is_asked_for_again_stands_as_it_was(stores: Stores) -> None:
    assert await stores.announcements.add(ONE) == ONE
    assert await stores.announcements.add(replace(ONE, text="别的")) == ONE
    assert await stores.announcements.get(ONE.id) == ONE
    assert await stores.announcements.get("7/000000000000") is None


async def test_those_of_an_informing_stand_in_the_order_of_the_villages(stores: Stores) -> None:
    other, elsewhere = replace(ONE, village=NEXT_VILLAGE), replace(ONE, informing=8)
    for one in (other, elsewhere, ONE):
        await stores.announcements.add(one)
    assert await stores.announcements.of(7) == [ONE, other]
    assert await stores.announcements.of(9) == []


async def test_of_readings_at_the_same_time_none_is_lost(stores: Stores) -> None:
    await stores.announcements.add(ONE)

    async def read_by(name: str) -> None:
        await stores.announcements.change(
            ONE.id, lambda one: announcements.read_out(one, StaffId(name), AT)
        )

    await asyncio.gather(*(read_by(f"w-{n}") for n in range(8)))
    (found,) = await stores.announcements.of(7)
    assert {one.by for one in found.readings} == {f"w-{n}" for n in range(8)}
    with pytest.raises(NotFound):
        await stores.announcements.change("7/none", lambda one: one)


async def test_what_has_changed_meanwhile_is_not_written_over(stores: Stores) -> None:
    await stores.announcements.add(ONE)
    await stores.announcements.save(announcements.read_out(ONE, StaffId("chen"), AT))
    with pytest.raises(Conflict):
        await stores.announcements.save(announcements.read_out(ONE, StaffId("li"), AT))
