"""What is in force here: a silent feed is never taken for a quiet sky."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.clock import SystemClock
from bot.house import House
from data.civic.ids import AreaCode, FeedId
from data.civic.people import Role
from data.civic.warning.arrivals import Unread, arrived
from data.civic.warning.duty import DutyKind
from data.civic.warning.feeds import Silence
from data.civic.warning.messages import Colour
from data.civic.warning.verdicts import Reason
from handlers.acts import call_duty, held_messages
from handlers.acts.in_force import warnings_in_force
from handlers.acts.relay import relay
from handlers.acts.watch_feeds import NO_FEED, watch
from tests.bulletins import (
    COUNTY,
    FEED,
    JINHUA,
    LINPU,
    PUYANG,
    START,
    arrival,
    at,
    cancel,
    message,
    update,
)
from tests.staffed import hired


@pytest.fixture(autouse=True)
def on_the_day(clock: SystemClock) -> None:
    at(clock, START)


async def test_quiet_is_only_said_while_every_feed_is_heard(
    house: House, clock: SystemClock
) -> None:
    office, stores = house.office(), house.stores
    assert (await warnings_in_force(office, LINPU)).silence == Silence()
    await stores.feeds.configure([FEED], START)
    never = await warnings_in_force(office, LINPU)
    assert (never.quiet, never.silence) == (False, Silence(feeds=(FEED.id,)))
    await stores.feeds.heard(FEED.id, START)
    assert (await warnings_in_force(office, LINPU)).quiet
    at(clock, START + timedelta(minutes=15, seconds=1))
    late = await warnings_in_force(office, LINPU)
    assert not late.quiet
    assert late.silence == Silence(feeds=(FEED.id,), last_heard=START)


async def test_what_is_in_force_is_said_although_the_feed_is_silent(
    house: House, clock: SystemClock
) -> None:
    await house.stores.feeds.configure([FEED], START)
    await relay(house.office(), FEED, arrival(message(colour=Colour.RED)))
    at(clock, START + timedelta(hours=2))
    here = await warnings_in_force(house.office(), LINPU)
    assert (here.colour, here.anything, here.silence is None) == (Colour.RED, True, False)


async def test_the_worst_comes_first_and_parts_have_their_own_colour(
    house: House, clock: SystemClock
) -> None:
    await house.stores.feeds.configure([FEED], START)
    at(clock, START + timedelta(minutes=30))
    for one in (message(), message(2, colour=Colour.RED), update(3, of=1, colour=Colour.BLUE)):
        where = replace(
            one.where[0], description="临浦镇" if one.identifier[-1] == "2" else "浦阳镇"
        )
        await relay(house.office(), FEED, arrival(replace(one, where=(where,))))
    here = await warnings_in_force(house.office(), COUNTY)
    assert [one.colour for one in here.signals] == [Colour.RED, Colour.BLUE]
    for part, colour in ((LINPU, Colour.RED), (PUYANG, Colour.BLUE), (JINHUA, None)):
        assert (await warnings_in_force(house.office(), part)).colour is colour


async def test_the_duty_officer_is_called_once_for_each_silence(
    house: House, clock: SystemClock
) -> None:
    office, stores = house.office(), house.stores
    await stores.feeds.configure([FEED, replace(FEED, id=FeedId("water"))], START)
    await stores.feeds.heard(FEED.id, START)
    await watch(office)
    assert await stores.duty_calls.unseen(9) == []
    for minutes in (16, 17, 30):
        at(clock, START + timedelta(minutes=minutes))
        await watch(office)
    subjects = {one.subject for one in await stores.duty_calls.unseen(9)}
    assert subjects == {"weather/20261121000000", "water/never"}
    await stores.feeds.heard(FEED.id, START + timedelta(minutes=30))
    at(clock, START + timedelta(minutes=50))
    await watch(office)
    assert len(await stores.duty_calls.unseen(9)) == 3


async def test_without_any_feed_somebody_is_called_and_sees_it(house: House) -> None:
    office = house.office()
    for _ in range(2):
        await watch(office)
    duty = await hired(house, "duty", Role.DUTY)
    (call,) = await call_duty.unseen(office, duty)
    assert (call.kind, call.subject) == (DutyKind.FEED_SILENT, NO_FEED)
    town = await hired(house, "town", Role.DUTY, area=LINPU)
    assert await call_duty.unseen(office, town) == []
    seen = await call_duty.see_call(office, duty, call.id)
    assert seen.seen_by == duty.id
    await watch(office)
    assert await call_duty.unseen(office, duty) == []
    entries = await house.stores.audit.of_subject(call.id, 5)
    assert [one.deed.act for one in entries] == ["duty.see"]


async def test_a_warning_that_takes_effect_later_is_no_quiet_sky(
    house: House, clock: SystemClock
) -> None:
    office = house.office()
    await house.stores.feeds.configure([FEED], START)
    await house.stores.feeds.heard(FEED.id, START)
    later = START + timedelta(hours=2)
    await relay(office, FEED, arrival(replace(message(), effective=later)))
    here = await warnings_in_force(office, LINPU)
    assert (here.quiet, here.signals, len(here.coming)) == (False, (), 1)
    assert not (await warnings_in_force(office, AreaCode("330110"))).coming
    assert (await warnings_in_force(office, JINHUA)).quiet
    then = await warnings_in_force(office, LINPU, later)
    assert (len(then.signals), then.coming) == (1, ())


async def test_a_message_that_is_held_forbids_to_say_that_there_is_no_warning(
    house: House, clock: SystemClock
) -> None:
    office = house.office()
    await house.stores.feeds.configure([FEED], START)
    await house.stores.feeds.heard(FEED.id, START)
    nowhere = replace(message().where[0], description="不知道哪里镇")
    held = await relay(office, FEED, arrival(replace(message(), where=(nowhere,))))
    assert held.held
    here = await warnings_in_force(office, LINPU)
    assert (here.quiet, here.anything, here.unsettled) == (False, False, START)
    duty = await hired(house, "duty", Role.DUTY)
    await held_messages.reject(office, duty, held.id)
    assert (await warnings_in_force(office, LINPU)).quiet


async def test_a_held_lift_makes_the_sky_no_worse(house: House, clock: SystemClock) -> None:
    office = house.office()
    await house.stores.feeds.configure([FEED], START)
    await house.stores.feeds.heard(FEED.id, START)
    assert (await relay(office, FEED, arrival(cancel(2)))).held
    assert (await warnings_in_force(office, LINPU)).quiet


async def test_what_was_not_understood_forbids_it_until_somebody_on_duty_has_seen_it(
    house: House, clock: SystemClock
) -> None:
    office = house.office()
    await house.stores.feeds.configure([FEED], START)
    await house.stores.feeds.heard(FEED.id, START)
    strange = Unread(reason=Reason.UNKNOWN_TYPE, detail="msgType Supplement")
    await relay(office, FEED, arrived(b"<alert/>", strange, feed=FEED.id, received_at=START))
    assert (await warnings_in_force(office, LINPU)).unsettled == START
    duty = await hired(house, "duty", Role.DUTY)
    (call,) = await call_duty.unseen(office, duty)
    await call_duty.see_call(office, duty, call.id)
    assert (await warnings_in_force(office, LINPU)).quiet
