"""One message that lifts or changes two warnings reaches the people of both, each once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.clock import SystemClock
from bot.house import House
from bot.workers.informing_intake import take_up_next
from data.civic.ids import AreaCode
from data.civic.sending.rows import Rung
from data.civic.warning.messages import Colour, SaidArea, WarningMessage
from handlers.acts.relay import relay
from tests.bulletins import FEED, PUYANG, START, arrival, at, cancel, message, named, update
from tests.carrying import walked
from tests.townsfolk import all_ways, guarded, person, settled

BOTH = (named(2), named(1))


def of(town: str) -> tuple[SaidArea, ...]:
    return (SaidArea(description=town, codes=("330109",)),)


@pytest.fixture
async def county(house: House, clock: SystemClock) -> House:
    """One lives in Linpu, another in Puyang, and each town has a warning of its own."""
    at(clock, START)
    await settled(house.stores, person(1), person(2, village=AreaCode(f"{PUYANG}201")))
    await guarded(house.stores)
    assert await told(house, clock, message(1, where=of("临浦镇")), 0) == [1]
    assert await told(house, clock, message(2, minute=1, where=of("浦阳镇")), 1) == [2]
    return house


async def told(house: House, clock: SystemClock, said: WarningMessage, minutes: int) -> list[int]:
    """Let a message come so many minutes after the first; tell who is sent a text message."""
    at(clock, START + timedelta(minutes=minutes))
    await relay(house.office(), FEED, arrival(said))
    await take_up_next(house.office())
    at(clock, START + timedelta(minutes=minutes, seconds=30))
    ways = all_ways()
    await walked(house, ways)
    return sorted(ways[Rung.SMS].people)


async def test_a_lift_of_both_reaches_each_person_once(county: House, clock: SystemClock) -> None:
    lift = replace(cancel(3, minute=5), references=BOTH)
    assert await told(county, clock, lift, 5) == [1, 2]


async def test_an_update_of_both_and_then_its_lift_reach_each_person_once(
    county: House, clock: SystemClock
) -> None:
    change = replace(update(3, minute=5, colour=Colour.RED), references=BOTH)
    assert await told(county, clock, change, 5) == [1, 2]
    assert await told(county, clock, cancel(4, of=3, minute=9), 9) == [1, 2]
