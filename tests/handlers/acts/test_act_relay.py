"""Relaying a warning: kept first, judged, in force at once, once only; news for the informing."""

import asyncio
import itertools
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.clock import SystemClock
from bot.house import House
from data.civic.ids import AreaCode
from data.civic.warning.arrivals import Arrival, Unread, arrived
from data.civic.warning.duty import DutyKind
from data.civic.warning.messages import Colour, Status, WarningMessage
from data.civic.warning.telling import ToTell
from data.civic.warning.verdicts import Reason, Verdict
from handlers.acts.in_force import warnings_in_force
from handlers.acts.relay import relay
from handlers.acts.watch_feeds import watch
from tests.bulletins import (
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

RED, ORANGE, YELLOW = Colour.RED, Colour.ORANGE, Colour.YELLOW


@pytest.fixture(autouse=True)
async def on_the_day(house: House, clock: SystemClock) -> None:
    at(clock, START + timedelta(minutes=30))
    await house.stores.feeds.configure([FEED], START)


async def came(house: House, one: WarningMessage, *, copy: int = 0) -> Arrival:
    return await relay(house.office(), FEED, arrival(one, copy=copy))


def verdict(found: Arrival) -> tuple[Verdict, Reason | None]:
    assert found.judgement
    return found.judgement.verdict, found.judgement.reason


async def colours(house: House) -> list[Colour | None]:
    office = house.office()
    return [(await warnings_in_force(office, town)).colour for town in (LINPU, PUYANG, JINHUA)]


async def calls(house: House) -> list[DutyKind]:
    return [one.kind for one in await house.stores.duty_calls.unseen(20)]


async def news(house: House) -> list[tuple[ToTell, tuple[AreaCode, ...]]]:
    return [(one.kind, one.areas) for one in await house.stores.to_inform.waiting(20)]


async def test_a_warning_is_in_force_at_once_and_news_for_its_areas(house: House) -> None:
    found = await came(house, message())
    assert verdict(found) == (Verdict.APPLIED, None)
    assert await colours(house) == [ORANGE, ORANGE, None]
    (one,) = await house.stores.to_inform.waiting(5)
    assert (one.kind, one.subject, one.source) == (ToTell.SIGNAL, found.signal, found.identifier)
    assert one.areas == (LINPU, PUYANG)
    here = (await warnings_in_force(house.office(), LINPU)).signals[0]
    assert here.message == message()  # issuer, time and words as they came


async def test_the_same_body_again_is_answered_as_the_first_time(house: House) -> None:
    first = await came(house, message())
    again = await came(house, message())
    assert (again.judgement, again.version) == (first.judgement, first.version)
    assert verdict(await came(house, message(), copy=2)) == (Verdict.REPEATED, None)
    assert len(await news(house)) == 1
    assert len(await house.stores.signals.newest(9)) == 1


async def test_other_content_under_the_same_identifier_is_kept_and_told(house: House) -> None:
    await came(house, message())
    found = await came(house, message(colour=RED))
    assert verdict(found) == (Verdict.CONFLICT, Reason.OTHER_CONTENT)
    assert await colours(house) == [ORANGE, ORANGE, None]
    assert await calls(house) == [DutyKind.MESSAGE_REFUSED]
    assert len(await house.stores.warnings.of(FEED.id, 9)) == 2


async def test_many_at_once_are_one_warning(house: House) -> None:
    many = [came(house, message()) for _ in range(12)]
    others = [came(house, message(), copy=copy) for copy in range(1, 6)]
    found = await asyncio.gather(*many, *others)
    assert {verdict(one)[0] for one in found} <= {Verdict.APPLIED, Verdict.REPEATED}
    assert len(await news(house)) == 1
    (signal,) = await house.stores.signals.newest(9)
    assert len(signal.steps) == 1


async def test_of_two_contents_at_once_one_stands(house: House) -> None:
    both = await asyncio.gather(came(house, message()), came(house, message(colour=RED)))
    assert sorted(verdict(one)[0] for one in both) == [Verdict.APPLIED, Verdict.CONFLICT]


async def test_what_cannot_be_read_is_kept_as_it_came(house: House) -> None:
    unread = Unread(reason=Reason.UNKNOWN_TYPE, detail="<msgType> “Foo” is not known")
    raw = b"<alert>\xff"
    found = await relay(house.office(), FEED, arrived(raw, unread, feed=FEED.id, received_at=START))
    assert verdict(found) == (Verdict.REFUSED, Reason.UNKNOWN_TYPE)
    kept = await house.stores.warnings.get(found.id)
    assert kept
    assert kept.raw == raw
    (call,) = await house.stores.duty_calls.unseen(5)
    assert "“Foo” is not known" in call.detail


async def test_a_test_reaches_nobody_and_takes_no_name(house: House) -> None:
    assert verdict(await came(house, message(status=Status.TEST)))[0] is Verdict.NOT_ACTUAL
    assert (await news(house), await calls(house)) == ([], [])
    assert verdict(await came(house, message()))[0] is Verdict.APPLIED


async def test_what_is_early_is_applied_when_its_reference_arrives(house: House) -> None:
    early = [update(3, minute=20, of=2, colour=RED), update(2, minute=10, colour=YELLOW)]
    for one in early:
        assert verdict(await came(house, one)) == (Verdict.HELD, Reason.UNKNOWN_REFERENCE)
    assert await calls(house) == []
    await came(house, message())
    assert await colours(house) == [RED, RED, None]
    held = await house.stores.warnings.with_verdict(Verdict.HELD, 9)
    assert held == []


async def test_staff_are_asked_once_about_what_waits_too_long(
    house: House, clock: SystemClock
) -> None:
    await came(house, cancel(2, minute=29))
    await watch(house.office())
    assert DutyKind.MESSAGE_HELD not in await calls(house)
    at(clock, START + timedelta(minutes=40))
    for _ in range(2):
        await watch(house.office())
    assert (await calls(house)).count(DutyKind.MESSAGE_HELD) == 1
    await came(house, message())
    assert await colours(house) == [None, None, None]


async def test_news_is_what_a_message_has_changed(house: House) -> None:
    late = update(2, minute=5, colour=YELLOW)
    await came(house, message())
    await came(house, update(3, minute=10, colour=RED, hours=12))
    await came(house, late)  # decides nowhere any more
    await came(house, cancel(4, minute=20))
    both = (LINPU, PUYANG)
    assert await news(house) == [(ToTell.SIGNAL, both), (ToTell.SIGNAL, both), (ToTell.LIFT, both)]


async def test_an_update_after_the_cancel_revives_nothing_and_is_told(house: House) -> None:
    for one in (message(), cancel(2, minute=10)):
        await came(house, one)
    found = await came(house, update(3, minute=20, colour=RED))
    assert verdict(found) == (Verdict.APPLIED, Reason.AFTER_CANCEL)
    assert await colours(house) == [None, None, None]
    assert await calls(house) == [DutyKind.MESSAGE_HELD]
    assert [kind for kind, _ in await news(house)] == [ToTell.SIGNAL, ToTell.LIFT]


async def test_another_issuer_lifts_nothing(house: House) -> None:
    await came(house, message())
    city = replace(FEED, issuers=FEED.issuers | {"33010041600000"})
    foreign = arrival(cancel(2, minute=10, sender_code="33010041600000"))
    found = await relay(house.office(), city, foreign)
    assert verdict(found) == (Verdict.REFUSED, Reason.OTHER_SENDER)
    assert await colours(house) == [ORANGE, ORANGE, None]


@pytest.mark.parametrize("turn", range(6))
async def test_any_order_of_arrival_ends_in_the_same_colours(house: House, turn: int) -> None:
    story = [
        message(),
        update(2, minute=5, colour=RED),
        update(3, minute=9, colour=YELLOW),
        cancel(4, minute=12),
    ]
    orders = list(itertools.permutations(story))
    for one in orders[turn * 4 + turn % 4]:
        await came(house, one)
        await came(house, one)
    assert await colours(house) == [None, None, None]
    (signal,) = await house.stores.signals.newest(5)
    assert [one.message for one in signal.steps] == story
    assert signal.colour(LINPU, START + timedelta(minutes=7)) is RED
    assert signal.colour(LINPU, START + timedelta(minutes=10)) is YELLOW


async def test_a_warning_that_runs_out_says_so_once(house: House, clock: SystemClock) -> None:
    await came(house, message(hours=1))
    for _ in range(2):
        at(clock, START + timedelta(minutes=61))
        await watch(house.office())
    kinds = [kind for kind, _ in await news(house)]
    assert kinds == [ToTell.SIGNAL, ToTell.EXPIRY]
    assert await colours(house) == [None, None, None]


async def test_a_warning_that_nobody_was_told_of_runs_out_in_silence(
    house: House, clock: SystemClock
) -> None:
    await came(house, message(hours=0.25))
    at(clock, START + timedelta(minutes=61))
    await watch(house.office())
    assert await news(house) == []


async def test_what_a_dead_process_left_behind_is_judged(house: House, clock: SystemClock) -> None:
    await house.stores.warnings.add(arrival(message()))
    await watch(house.office())
    assert await colours(house) == [ORANGE, ORANGE, None]
    entries = await house.stores.audit.of_subject(arrival(message()).id, 9)
    assert [one.deed.act for one in entries] == ["warning.applied"]
