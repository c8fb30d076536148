"""Journey 26, the feed's half: a silent feed is not a quiet sky."""

from datetime import timedelta

from bot.clock import SystemClock
from bot.house import House
from data.civic.people import Role
from data.civic.warning.duty import DutyKind
from data.civic.warning.messages import Colour
from handlers.acts import call_duty
from handlers.acts.in_force import warnings_in_force
from handlers.acts.watch_feeds import watch
from tests import bulletins
from tests.bulletins import COUNTY, FEED, LINPU, START, at
from tests.journeys.county import County
from tests.journeys.duty import calling
from tests.observed import heard
from tests.onduty import OFFICER, rostered
from tests.pushing import pushing
from tests.staffed import hired


async def test_after_fifteen_minutes_without_a_heartbeat_nobody_may_say_there_is_none(
    house: House, clock: SystemClock
) -> None:
    duty = await hired(house, "duty", Role.DUTY)
    at(clock, START)
    async with pushing(house) as observatory:
        assert not (await warnings_in_force(house.office(), LINPU)).quiet
        assert await observatory.beat() == 200
        assert (await warnings_in_force(house.office(), LINPU)).quiet

        at(clock, START + timedelta(minutes=15, seconds=30))
        here = await warnings_in_force(house.office(), LINPU)
        assert not here.quiet
        assert here.silence
        assert here.silence.feeds == (FEED.id,)
        assert here.silence.last_heard
        assert abs(here.silence.last_heard - START) < timedelta(seconds=20)
        for _ in range(3):
            await watch(house.office())
        (call,) = await call_duty.unseen(house.office(), duty)
        assert (call.kind, call.area) == (DutyKind.FEED_SILENT, COUNTY)

        assert await observatory.beat() == 200
        assert (await warnings_in_force(house.office(), LINPU)).quiet


async def test_a_message_is_a_sign_of_life_and_red_stays_red_in_silence(
    house: House, clock: SystemClock
) -> None:
    at(clock, START)
    async with pushing(house) as observatory:
        await observatory.push(bulletins.national(severity="Red"))
        assert (await warnings_in_force(house.office(), COUNTY)).silence is None
        at(clock, START + timedelta(hours=1))
        here = await warnings_in_force(house.office(), LINPU)
        assert (here.colour, here.silence is None) == (Colour.RED, False)


async def test_with_no_feed_configured_nobody_may_say_there_is_none(house: House) -> None:
    here = await warnings_in_force(house.office(), LINPU)
    assert not here.quiet
    assert here.silence
    assert (here.silence.feeds, here.silence.last_heard) == ((), None)
    await watch(house.office())
    assert [one.kind for one in await house.stores.duty_calls.unseen(9)] == [DutyKind.FEED_SILENT]


async def test_the_duty_officer_is_called_by_telephone_when_the_feed_falls_silent(
    county: County, clock: SystemClock
) -> None:
    await rostered(county.house.stores, OFFICER)
    await heard(county.house)
    clock.shift += timedelta(minutes=16)
    await watch(county.office)
    async with calling(county) as reach:
        await reach.does(OFFICER.phone, "answers")
        await reach.work()
        call = await reach.seen()
        (ring,) = await reach.rings(OFFICER.phone)
    assert call.kind is DutyKind.FEED_SILENT
    assert "预警来源没有声音" in ring["text"]
