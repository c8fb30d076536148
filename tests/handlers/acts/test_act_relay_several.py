"""A message that refers to several warnings changes each of them, in whatever order they come."""

import itertools
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.clock import SystemClock
from bot.house import House
from data.civic.ids import AreaCode
from data.civic.warning.arrivals import Arrival
from data.civic.warning.messages import Colour, SaidArea, WarningMessage
from data.civic.warning.telling import ToTell
from data.civic.warning.verdicts import Reason, Verdict
from handlers.acts.in_force import warnings_in_force
from handlers.acts.relay import relay
from tests.bulletins import (
    COUNTY,
    FEED,
    LINPU,
    PUYANG,
    START,
    arrival,
    at,
    cancel,
    message,
    named,
    update,
)

ORANGE, YELLOW, RED = Colour.ORANGE, Colour.YELLOW, Colour.RED
OTHER = "33010041600000"
IN_LINPU = (SaidArea(description="临浦镇", codes=("330109",)),)
IN_PUYANG = (SaidArea(description="浦阳镇", codes=("330109",)),)
BOTH = (named(2), named(1))


@pytest.fixture(autouse=True)
async def on_the_day(house: House, clock: SystemClock) -> None:
    at(clock, START + timedelta(minutes=30))
    feed = replace(FEED, issuers=FEED.issuers | {OTHER})
    await house.stores.feeds.configure([feed], START)


def first(**more: object) -> WarningMessage:
    return message(1, where=IN_LINPU, **more)  # type: ignore[arg-type]


def second(**more: object) -> WarningMessage:
    return message(2, minute=1, where=IN_PUYANG, colour=RED, **more)  # type: ignore[arg-type]


def lift(**more: object) -> WarningMessage:
    return replace(cancel(3, minute=10, **more), references=BOTH)


async def came(house: House, one: WarningMessage) -> Arrival:
    feed = replace(FEED, issuers=FEED.issuers | {OTHER})
    return await relay(house.office(), feed, arrival(one))


async def colours(house: House) -> list[Colour | None]:
    office = house.office()
    return [(await warnings_in_force(office, town)).colour for town in (LINPU, PUYANG)]


async def news(house: House) -> list[tuple[ToTell, str, tuple[AreaCode, ...]]]:
    waiting = await house.stores.to_inform.waiting(20)
    return [(one.kind, one.subject[-1], one.areas) for one in waiting]


async def test_a_lift_of_two_warnings_lifts_both_and_tells_each(house: House) -> None:
    for one in (first(), second()):
        await came(house, one)
    found = await came(house, lift())
    assert found.judgement
    assert (found.judgement.verdict, found.judgement.reason) == (Verdict.APPLIED, None)
    assert [one[-1] for one in found.signals] == ["1", "2"]
    assert await colours(house) == [None, None]
    assert (await news(house))[2:] == [
        (ToTell.LIFT, "1", (LINPU,)),
        (ToTell.LIFT, "2", (PUYANG,)),
    ]
    assert await house.stores.duty_calls.unseen(9) == []


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
async def test_in_any_order_and_twice_both_warnings_end_the_same(
    house: House, order: tuple[int, ...]
) -> None:
    changed = replace(update(3, minute=10, colour=YELLOW), references=BOTH)
    story = [first(), second(), changed, cancel(4, of=3, minute=12)]
    for place in order:
        await came(house, story[place])
        await came(house, story[place])
    assert await colours(house) == [None, None]
    signals = await house.stores.signals.newest(9)
    assert [[step.identifier[-1] for step in one.steps] for one in signals] == [
        ["2", "3", "4"],
        ["1", "3", "4"],
    ]
    assert await house.stores.warnings.with_verdict(Verdict.HELD, 9) == []


async def test_an_update_of_two_warnings_is_shown_and_told_once(house: House) -> None:
    for one in (first(), second()):
        await came(house, one)
    await came(house, replace(update(3, minute=10, colour=YELLOW), references=BOTH))
    assert await colours(house) == [YELLOW, YELLOW]
    here = await warnings_in_force(house.office(), COUNTY)
    assert [one.message.identifier for one in here.signals] == [named(3)]
    assert (await news(house))[2:] == [
        (ToTell.SIGNAL, "1", (LINPU,)),
        (ToTell.SIGNAL, "2", (PUYANG,)),
    ]


async def test_a_warning_of_another_event_stands_and_the_officer_is_told(house: House) -> None:
    await came(house, first(event_code="11B03"))
    await came(house, second())
    found = await came(house, lift())
    assert found.judgement
    assert (found.judgement.verdict, found.judgement.reason) == (
        Verdict.APPLIED,
        Reason.OTHER_EVENT,
    )
    assert await colours(house) == [ORANGE, None]
    (call,) = await house.stores.duty_calls.unseen(9)
    assert "another event" in call.detail


async def test_where_it_may_change_none_of_them_nothing_is_changed(house: House) -> None:
    await came(house, first(event_code="11B03"))
    await came(house, second(sender_code=OTHER))
    found = await came(house, lift())
    assert found.judgement
    assert found.judgement.verdict in (Verdict.HELD, Verdict.REFUSED)
    assert await colours(house) == [ORANGE, RED]


async def test_an_issuers_clock_ahead_of_ours_leaves_nothing_still_to_come(
    house: House, clock: SystemClock
) -> None:
    await came(house, first(minute=38))
    here = await warnings_in_force(house.office(), LINPU)
    assert (here.colour, here.coming) == (ORANGE, ())
    await came(house, cancel(3, minute=39))
    here = await warnings_in_force(house.office(), LINPU)
    assert (here.colour, here.coming) == (None, ())
    clock.shift += timedelta(minutes=8, seconds=30)
    assert (await warnings_in_force(house.office(), LINPU)).colour is None
