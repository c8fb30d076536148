"""Warnings that touch each other: what ends in a part ends there alone, and is told once."""

from datetime import timedelta

import pytest

from bot.clock import SystemClock
from bot.house import House
from bot.workers.informing_intake import take_up_next
from data.civic.ids import AreaCode
from data.civic.people import Role
from data.civic.sending.informing import Informing, InformingState
from data.civic.sending.rows import RowState, Rung
from data.civic.warning.messages import Colour, SaidArea, WarningMessage
from handlers.acts import inform
from handlers.acts.relay import relay
from handlers.acts.take_up_news import take_up
from tests import bulletins
from tests.bulletins import FEED, PUYANG, START, arrival, at, cancel, update
from tests.carrying import walked
from tests.staffed import hired
from tests.townsfolk import Remembering, all_ways, guarded, person, rows_of, settled

IN_PUYANG = (SaidArea(description="浦阳镇", codes=("330109",)),)
EVERYWHERE = (SaidArea(description="", codes=("330109",)),)
Ways = dict[Rung, Remembering]


@pytest.fixture
async def county(house: House, clock: SystemClock) -> House:
    """One lives in Linpu, another in Puyang; the warning has just been sent."""
    at(clock, START)
    await settled(house.stores, person(1), person(2, village=AreaCode(f"{PUYANG}201")))
    await guarded(house.stores)
    return house


async def heard(
    house: House, clock: SystemClock, message: WarningMessage, minutes: int
) -> list[Informing]:
    """Let a message come so many minutes after the first, and take it up; the oldest first."""
    at(clock, START + timedelta(minutes=minutes))
    await relay(house.office(), FEED, arrival(message))
    await take_up_next(house.office())
    return sorted(await house.stores.informings.newest(9), key=lambda one: one.id)


async def gone_on(house: House, clock: SystemClock, minutes: int) -> Ways:
    """Work shortly after so many minutes after the first message; tell what is sent then."""
    at(clock, START + timedelta(minutes=minutes, seconds=30))
    ways = all_ways()
    await walked(house, ways)
    return ways


async def test_a_partial_lift_reaches_those_who_were_told_there_and_nobody_else(
    county: House, clock: SystemClock
) -> None:
    await heard(county, clock, bulletins.message(), 0)
    assert sorted((await gone_on(county, clock, 0))[Rung.SMS].people) == [1, 2]
    first, _lift = await heard(county, clock, cancel(2, minute=2, where=IN_PUYANG), 2)
    assert (await gone_on(county, clock, 2))[Rung.SMS].people == [2]
    assert (first.state, first.ended_in) == (InformingState.SENDING, (PUYANG,))
    assert (await gone_on(county, clock, 6))[Rung.VOICE].people == [1], "Linpu is pursued further"


async def test_rows_that_were_not_sent_in_a_lifted_part_never_are(
    county: House, clock: SystemClock
) -> None:
    await heard(county, clock, bulletins.message(), 0)
    first, lift = await heard(county, clock, cancel(2, minute=2, where=IN_PUYANG), 2)
    assert (await gone_on(county, clock, 2))[Rung.SMS].people == [1]
    rows = await rows_of(county.stores, first)
    assert (rows[1].state, rows[2].state) == (RowState.SENT, RowState.CANCELLED)
    assert await rows_of(county.stores, lift) == {}, "who was told nothing is told of no lift"


async def test_the_last_part_that_is_lifted_closes_what_was_told(
    county: House, clock: SystemClock
) -> None:
    await heard(county, clock, bulletins.message(), 0)
    await gone_on(county, clock, 0)
    await heard(county, clock, cancel(2, minute=2, where=IN_PUYANG), 2)
    await gone_on(county, clock, 2)
    first, *_ = await heard(county, clock, cancel(3, minute=3), 3)
    assert first.state is InformingState.CLOSED
    assert (await gone_on(county, clock, 3))[Rung.SMS].people == [1], "2 heard of it before"


async def test_a_downgrade_in_a_part_takes_the_place_of_the_first_message_there(
    county: House, clock: SystemClock
) -> None:
    await heard(county, clock, bulletins.message(), 0)
    await gone_on(county, clock, 0)
    lower = update(2, minute=2, colour=Colour.YELLOW, where=IN_PUYANG)
    first, second = await heard(county, clock, lower, 2)
    assert (await gone_on(county, clock, 2))[Rung.SMS].people == [2]
    assert (first.ended_in, second.urgent) == ((PUYANG,), False)
    assert (await gone_on(county, clock, 8))[Rung.VOICE].people == [1]


async def test_a_lift_reaches_also_who_got_only_a_message_that_was_replaced_and_each_once(
    county: House, clock: SystemClock
) -> None:
    await heard(county, clock, bulletins.message(), 0)
    await gone_on(county, clock, 0)
    await heard(county, clock, update(2, minute=2, colour=Colour.RED, where=IN_PUYANG), 2)
    await gone_on(county, clock, 2)
    await heard(county, clock, update(3, minute=3, colour=Colour.RED), 3)
    await heard(county, clock, cancel(4, minute=4), 4)
    assert sorted((await gone_on(county, clock, 4))[Rung.SMS].people) == [1, 2]


async def test_a_lift_for_the_county_reaches_the_towns_that_were_warned(
    county: House, clock: SystemClock
) -> None:
    await heard(county, clock, bulletins.message(), 0)
    await gone_on(county, clock, 0)
    await heard(county, clock, cancel(2, minute=2, where=EVERYWHERE), 2)
    assert sorted((await gone_on(county, clock, 2))[Rung.SMS].people) == [1, 2]


async def test_a_late_update_for_the_county_tells_nobody_where_it_was_lifted_before(
    county: House, clock: SystemClock
) -> None:
    await heard(county, clock, bulletins.message(), 0)
    await gone_on(county, clock, 0)
    await heard(county, clock, cancel(2, minute=2, where=IN_PUYANG), 2)
    await gone_on(county, clock, 2)
    await heard(county, clock, update(3, minute=3, colour=Colour.RED, where=EVERYWHERE), 3)
    assert (await gone_on(county, clock, 3))[Rung.SMS].people == [1]


async def test_a_lift_that_is_taken_up_twice_is_told_once(
    county: House, clock: SystemClock
) -> None:
    await heard(county, clock, bulletins.message(), 0)
    await gone_on(county, clock, 0)
    *_, lift = await heard(county, clock, cancel(2, minute=2), 2)
    await _taken_up_again(county)
    again = await county.stores.informings.must(lift.id)
    assert (again.id, again.state) == (lift.id, InformingState.SENDING)
    assert sorted((await gone_on(county, clock, 2))[Rung.SMS].people) == [1, 2]


async def test_a_part_that_has_ended_stays_so_when_the_rest_is_resumed(
    county: House, clock: SystemClock
) -> None:
    chief = await hired(county, "chief", Role.CHIEF)
    (first,) = await heard(county, clock, bulletins.message(), 0)
    await inform.cancel(county.office(), chief, first.id)
    assert (await gone_on(county, clock, 0))[Rung.SMS].people == []
    stopped = await county.stores.informings.must(first.id)
    ended = await inform.end_in(county.office(), stopped, (PUYANG,))
    assert await inform.end_in(county.office(), ended, (PUYANG,)) == ended
    await inform.resume(county.office(), chief, first.id)
    assert (await gone_on(county, clock, 1))[Rung.SMS].people == [1]


async def _taken_up_again(house: House) -> None:
    """Take everything up again, as after a crash before it was noted."""
    signal = f"{FEED.id}/{bulletins.named(1)}"
    for one in await house.stores.to_inform.about(signal, 9):
        await take_up(house.office(), one)
