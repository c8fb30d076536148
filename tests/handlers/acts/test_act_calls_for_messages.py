"""Messages that are refused or held: what comes again, who is called, what is said meanwhile."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.clock import SystemClock
from bot.house import House
from data.civic.people import Role, Staff
from data.civic.warning.arrivals import Arrival, Unread, arrived
from data.civic.warning.duty import DutyKind
from data.civic.warning.feeds import Feed
from data.civic.warning.messages import SaidArea, Status, WarningMessage
from data.civic.warning.verdicts import Reason, Verdict
from handlers.acts import call_duty
from handlers.acts.in_force import InForce, warnings_in_force
from handlers.acts.relay import relay
from tests.bulletins import FEED, LINPU, PUYANG, START, arrival, at, cancel, message
from tests.staffed import hired

STRANGER = replace(FEED, issuers=frozenset({"99999941600000"}))
SHENZHEN = (SaidArea(description="宝安区", codes=("440306",)),)


@pytest.fixture(autouse=True)
async def on_the_day(house: House, clock: SystemClock) -> None:
    at(clock, START + timedelta(minutes=1))
    await house.stores.feeds.configure([FEED], START)
    await house.stores.feeds.heard(FEED.id, house.clock.now())


@pytest.fixture
async def officer(house: House) -> Staff:
    return await hired(house, "wang", Role.DUTY)


async def came(house: House, one: WarningMessage, *, feed: Feed = FEED, copy: int = 0) -> Arrival:
    return await relay(house.office(), feed, arrival(one, copy=copy))


async def unread(
    house: House, raw: bytes, reason: Reason, *, status: Status | None = None
) -> Arrival:
    why = Unread(reason=reason, detail="a fault", status=status)
    now = house.clock.now()
    return await relay(house.office(), FEED, arrived(raw, why, feed=FEED.id, received_at=now))


async def here(house: House) -> InForce:
    return await warnings_in_force(house.office(), LINPU)


async def see_all(house: House, officer: Staff) -> None:
    for one in await call_duty.unseen(house.office(), officer):
        await call_duty.see_call(house.office(), officer, one.id)


def verdict(found: Arrival) -> tuple[Verdict, Reason | None]:
    assert found.judgement
    return found.judgement.verdict, found.judgement.reason


async def test_what_was_refused_for_our_settings_is_taken_when_it_comes_again(
    house: House,
) -> None:
    refused = await came(house, message(), feed=STRANGER)
    assert verdict(refused) == (Verdict.REFUSED, Reason.UNKNOWN_SENDER)
    again = await came(house, message())
    assert (again.id, verdict(again)) == (refused.id, (Verdict.APPLIED, None))
    assert (await here(house)).colour is not None
    kept = await house.stores.warnings.get(refused.id)
    assert kept
    assert kept.raw == refused.raw, "the body stays as it came"


async def test_what_is_refused_again_changes_nothing_and_calls_nobody_anew(
    house: House, officer: Staff
) -> None:
    first = await came(house, message(), feed=STRANGER)
    await see_all(house, officer)
    again = await came(house, message(), feed=STRANGER)
    assert (again.judgement, again.version) == (first.judgement, first.version)
    assert await house.stores.duty_calls.unseen(9) == []


async def test_what_is_refused_for_something_else_the_second_time_is_called_for_anew(
    house: House, officer: Staff
) -> None:
    odd = replace(message(), effective=START - timedelta(hours=1))
    await came(house, odd, feed=STRANGER)
    await see_all(house, officer)
    assert (await here(house)).quiet
    for _ in range(2):
        again = await came(house, odd)
        assert verdict(again) == (Verdict.REFUSED, Reason.IMPOSSIBLE_DATES)
    (call,) = await house.stores.duty_calls.unseen(9)
    assert call.messages == (again.id,)
    assert not (await here(house)).quiet


async def test_what_cannot_be_read_is_read_anew_when_it_comes_again(house: House) -> None:
    good = arrival(message())
    why = Unread(reason=Reason.UNREADABLE, detail="an older reader")
    await relay(house.office(), FEED, replace(good, message=None, unread=why))
    assert verdict(await relay(house.office(), FEED, good)) == (Verdict.APPLIED, None)


async def test_fifty_of_the_same_kind_are_one_call_that_counts_them(
    house: House, officer: Staff
) -> None:
    await asyncio.gather(
        *(unread(house, f"{n}".encode(), Reason.UNREADABLE) for n in range(25)),
    )
    for number in range(25, 50):
        await unread(house, f"{number}".encode(), Reason.UNREADABLE)
    (call,) = await house.stores.duty_calls.unseen(99)
    assert (len(call.subjects), len(set(call.subjects))) == (50, 50)
    await unread(house, b"another", Reason.UNKNOWN_TYPE)
    assert len(await house.stores.duty_calls.unseen(99)) == 2
    await see_all(house, officer)
    await unread(house, b"later", Reason.UNREADABLE)
    (call,) = await house.stores.duty_calls.unseen(99)
    assert len(call.subjects) == 1, "what came after it was seen is called for anew"


async def test_what_is_for_elsewhere_calls_once_in_an_hour_also_when_it_was_seen(
    house: House, officer: Staff, clock: SystemClock
) -> None:
    for number in range(1, 6):
        await came(house, message(number, where=SHENZHEN))
        await see_all(house, officer)
    calls = await house.stores.duty_calls.newest(99)
    assert [len(one.subjects) for one in calls] == [5]
    clock.shift += timedelta(hours=1)
    await came(house, message(6, where=SHENZHEN))
    assert len(await house.stores.duty_calls.newest(99)) == 2


@pytest.mark.parametrize(
    "reason",
    [
        Reason.UNREADABLE,
        Reason.TOO_LARGE,
        Reason.BAD_SHAPE,
        Reason.CONTRADICTORY,
        Reason.UNKNOWN_STATUS,
    ],
)
async def test_whatever_cannot_be_read_is_no_quiet_sky_until_it_is_seen(
    house: House, officer: Staff, reason: Reason
) -> None:
    assert (await here(house)).quiet
    await unread(house, b"<alert/>", reason)
    assert not (await here(house)).quiet
    await see_all(house, officer)
    assert (await here(house)).quiet


async def test_what_contradicts_a_message_that_stands_is_no_quiet_sky(
    house: House, officer: Staff
) -> None:
    elsewhere = (SaidArea(description="浦阳镇", codes=("330109",)),)
    await came(house, message(where=elsewhere))
    assert (await here(house)).quiet
    assert verdict(await came(house, message()))[0] is Verdict.CONFLICT
    assert not (await here(house)).quiet
    await see_all(house, officer)
    assert (await here(house)).quiet


async def test_an_issuer_that_is_not_known_here_is_no_quiet_sky_where_it_warns(
    house: House,
) -> None:
    where = (SaidArea(description="临浦镇", codes=(LINPU,)),)
    await came(house, message(where=where), feed=STRANGER)
    assert not (await here(house)).quiet
    assert (await warnings_in_force(house.office(), PUYANG)).quiet


async def test_a_warning_among_many_for_elsewhere_is_not_lost_sight_of(house: House) -> None:
    await unread(house, b"<alert/>", Reason.UNREADABLE)
    for number in range(1, 61):
        await came(house, message(number, where=SHENZHEN))
    assert not (await here(house)).quiet


async def test_what_is_not_for_here_or_no_warning_leaves_the_sky_quiet(house: House) -> None:
    await came(house, message(1, where=SHENZHEN))
    await came(house, replace(message(2), public=False))
    await came(house, replace(cancel(3), effective=START - timedelta(hours=1)))
    await unread(house, b"<alert/>", Reason.UNKNOWN_COLOUR, status=Status.TEST)
    assert (await here(house)).quiet


async def test_a_message_that_nobody_has_judged_yet_is_no_quiet_sky(
    house: House, clock: SystemClock
) -> None:
    await house.stores.warnings.add(arrival(message()))
    assert not (await here(house)).quiet


async def test_what_is_held_is_no_quiet_sky_the_next_day_either(
    house: House, clock: SystemClock
) -> None:
    nowhere = (SaidArea(description="不知道哪里镇", codes=("330109",)),)
    assert (await came(house, message(where=nowhere, hours=48))).held
    clock.shift += timedelta(hours=30)
    await house.stores.feeds.heard(FEED.id, house.clock.now())
    assert not (await here(house)).quiet
    clock.shift += timedelta(hours=19)
    await house.stores.feeds.heard(FEED.id, house.clock.now())
    assert (await here(house)).quiet


async def test_a_lift_dated_as_the_warning_was_is_held_not_refused(house: House) -> None:
    await came(house, message())
    found = await came(house, replace(cancel(2, minute=1), effective=START))
    assert verdict(found) == (Verdict.HELD, Reason.IMPOSSIBLE_DATES)
    (call,) = await house.stores.duty_calls.unseen(9)
    assert call.kind is DutyKind.MESSAGE_HELD
