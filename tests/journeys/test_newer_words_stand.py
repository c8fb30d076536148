"""What is newer stands: the end of an older message takes no warning away, nor is told twice."""

from datetime import timedelta

from bot.clock import SystemClock
from bot.house import House
from bot.workers.informing_intake import take_up_next
from data.civic.ids import AreaCode
from data.civic.sending.rows import Rung
from data.civic.warning.messages import Colour, SaidArea, WarningMessage
from handlers.acts.relay import relay
from handlers.acts.watch_feeds import watch
from tests.bulletins import FEED, START, arrival, at, cancel, message, update
from tests.carrying import walked
from tests.townsfolk import Remembering, all_ways, person, settled

COUNTY = (SaidArea(description="", codes=("330109",)),)
TOWN = (SaidArea(description="临浦镇", codes=("330109105",)),)
ELSEWHERE = AreaCode("330109103201")


async def test_the_red_of_a_town_goes_on_when_the_yellow_of_the_county_runs_out(
    house: House, clock: SystemClock
) -> None:
    at(clock, START)
    await house.stores.feeds.configure([FEED], START)
    await settled(house.stores, person(1), person(2, village=ELSEWHERE))
    await _comes(house, clock, message(hours=1, colour=Colour.YELLOW, where=COUNTY), 0)
    red = update(2, minute=58, colour=Colour.RED, hours=12, where=TOWN)
    assert (await _comes(house, clock, red, 58))[Rung.SMS].people == [1]
    at(clock, START + timedelta(minutes=60, seconds=5))
    await watch(house.office())
    await take_up_next(house.office())
    at(clock, START + timedelta(minutes=64))
    await walked(house, called := all_ways())
    assert called[Rung.VOICE].people == [1]


async def test_a_lift_that_comes_late_is_not_told_behind_a_newer_one(
    house: House, clock: SystemClock
) -> None:
    at(clock, START)
    await house.stores.feeds.configure([FEED], START)
    await settled(house.stores, person(1))
    await _comes(house, clock, message(where=TOWN), 0)
    first = await _comes(house, clock, cancel(3, minute=20, where=TOWN), 20)
    late = await _comes(house, clock, cancel(2, minute=10, where=TOWN), 30)
    assert (first[Rung.SMS].people, late[Rung.SMS].people) == ([1], [])


async def _comes(
    house: House, clock: SystemClock, what: WarningMessage, minute: int
) -> dict[Rung, Remembering]:
    at(clock, START + timedelta(minutes=minute))
    await relay(house.office(), FEED, arrival(what))
    await take_up_next(house.office())
    await walked(house, ways := all_ways())
    return ways
