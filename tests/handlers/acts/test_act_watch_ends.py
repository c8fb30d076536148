"""Warnings that end by themselves: somebody is reminded before, and it is said afterwards."""

from datetime import timedelta

import pytest

from bot.clock import SystemClock
from bot.house import House
from data.civic.ids import AreaCode
from data.civic.warning.duty import DutyKind
from data.civic.warning.messages import Colour, SaidArea, WarningMessage
from handlers.acts.in_force import InForce, warnings_in_force
from handlers.acts.relay import relay
from handlers.acts.watch_feeds import watch
from tests.bulletins import FEED, JINHUA, LINPU, START, arrival, at, cancel, message, update

IN_PUYANG = (SaidArea(description="浦阳镇", codes=("330109",)),)


@pytest.fixture(autouse=True)
async def on_the_day(house: House, clock: SystemClock) -> None:
    at(clock, START)
    await house.stores.feeds.configure([FEED], START)


async def heard(house: House, clock: SystemClock, one: WarningMessage, minutes: int = 0) -> None:
    at(clock, START + timedelta(minutes=minutes))
    await relay(house.office(), FEED, arrival(one))


async def called(house: House, clock: SystemClock, minutes: int) -> list[str]:
    """Watch at so many minutes; tell for which messages somebody is called."""
    at(clock, START + timedelta(minutes=minutes))
    await house.stores.feeds.heard(FEED.id, house.clock.now())
    await watch(house.office())
    calls = await house.stores.duty_calls.newest(9)
    return [one.subject for one in calls if one.kind is DutyKind.WARNING_ENDS]


async def here(house: House, clock: SystemClock, minutes: int, area: AreaCode = LINPU) -> InForce:
    at(clock, START + timedelta(minutes=minutes))
    await house.stores.feeds.heard(FEED.id, house.clock.now())
    return await warnings_in_force(house.office(), area)


async def test_half_an_hour_before_its_end_somebody_is_reminded_once(
    house: House, clock: SystemClock
) -> None:
    one = message(hours=2)
    await heard(house, clock, one)
    assert await called(house, clock, 89) == []
    for minutes in (91, 100, 119):
        signal = f"{FEED.id}/{one.identifier}"
        assert await called(house, clock, minutes) == [f"{signal}/{one.identifier}"]


async def test_nobody_is_reminded_of_what_was_renewed_or_lifted(
    house: House, clock: SystemClock
) -> None:
    await heard(house, clock, message(hours=2))
    await heard(house, clock, update(2, minute=60, hours=12), 60)
    await heard(house, clock, message(3, minute=61, hours=1), 61)
    await heard(house, clock, cancel(4, of=3, minute=62), 62)
    assert await called(house, clock, 95) == []


async def test_of_a_part_that_was_not_renewed_somebody_is_reminded(
    house: House, clock: SystemClock
) -> None:
    first = message(hours=2)
    await heard(house, clock, first)
    await heard(house, clock, update(2, minute=60, hours=12, where=IN_PUYANG), 60)
    assert len(await called(house, clock, 95)) == 1


async def test_what_has_run_out_is_said_to_have_run_out_and_is_no_quiet_sky(
    house: House, clock: SystemClock
) -> None:
    await heard(house, clock, message(hours=2, colour=Colour.RED))
    found = await here(house, clock, 121)
    assert (found.signals, found.colour) == ((), None)
    assert [one.message.identifier for one in found.expired] == [message().identifier]
    assert (await here(house, clock, 121, JINHUA)).expired == (), "it was never warned"
    assert (await here(house, clock, 120 + 12 * 60)).expired == (), "after twelve hours it is old"


async def test_what_was_lifted_or_goes_on_has_not_run_out(house: House, clock: SystemClock) -> None:
    await heard(house, clock, message(hours=2))
    await heard(house, clock, update(2, minute=30, hours=12), 30)
    assert (await here(house, clock, 121)).expired == ()
    await heard(house, clock, cancel(3, minute=122), 122)
    assert (await here(house, clock, 123)).expired == ()
