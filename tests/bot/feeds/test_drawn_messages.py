"""Messages that draw where they are for, at the door: resolved to villages, or held by name."""

import math
import threading
from collections.abc import AsyncIterator
from dataclasses import fields, replace
from datetime import timedelta
from typing import ClassVar

import pytest

from bot.clock import SystemClock
from bot.house import House
from data.civic.areas import Area, Gazetteer
from data.civic.ids import AreaCode
from data.civic.shapes import Circle, Point
from data.civic.warning.messages import SaidArea
from handlers.acts.drawn_areas import drawn_areas
from handlers.counting import recount
from tests import bulletins
from tests.bulletins import FEED, START, at
from tests.pushing import Observatory, pushing
from tests.townsfolk import NEXT_VILLAGE, VILLAGE, person, settled

HERE, THERE = Point(120.25, 30.05), Point(120.35, 30.05)
AROUND = "<polygon>30.04,120.24 30.04,120.26 30.06,120.26 30.06,120.24 30.04,120.24</polygon>"
WIDE = "<polygon>29,119 29,121 31,121 31,119 29,119</polygon>"
BOW = "<polygon>30,120 31,121 30,121 31,120 30,120</polygon>"
OPEN = "<polygon>30,120 30,121 31,121 31,120</polygon>"
NOWHERE = "<polygon>29,118 29,118.1 29.1,118.1 29.1,118 29,118</polygon>"
CIRCLE = "<circle>30.05,120.25 2000</circle>"


@pytest.fixture
async def observatory(house: House, clock: SystemClock) -> AsyncIterator[Observatory]:
    """One lives inside what is drawn, one of the next village outside of it."""
    at(clock, START + timedelta(minutes=1))
    inside = replace(person(1), home=HERE)
    outside = replace(person(2, village=NEXT_VILLAGE), home=THERE)
    await settled(house.stores, inside, outside)
    await recount(house.office(), [VILLAGE, NEXT_VILLAGE])
    async with pushing(house) as one:
        yield one


def drawn(more: str, *, names: str = "", geocode: str = "") -> bytes:
    return bulletins.national(areas=names, geocode=geocode, more=more)


@pytest.mark.parametrize("shape", [AROUND, CIRCLE], ids=["polygon", "circle"])
async def test_what_is_only_drawn_is_for_the_villages_inside(
    observatory: Observatory, shape: str
) -> None:
    status, told = await observatory.push(drawn(shape))
    assert (status, told["verdict"], told["areas"]) == (200, "applied", [VILLAGE])


async def test_what_lies_outside_of_the_county_counts_for_nobody_and_the_record_says_so(
    observatory: Observatory,
) -> None:
    _, told = await observatory.push(drawn(WIDE, names="影响区域"))
    assert set(told["areas"]) >= {VILLAGE, NEXT_VILLAGE}
    assert all(one.startswith("330109") for one in told["areas"])
    (kept,) = await observatory.house.stores.warnings.of(FEED.id, 5)
    assert kept.judgement is not None
    assert "inside 330109; outside it counts for nobody" in kept.judgement.detail


class Watched(Gazetteer):
    """Remembers in which threads its villages are gone through."""

    threads: ClassVar[set[int]] = set()

    def villages(self, outer: AreaCode | None = None) -> tuple[Area, ...]:
        self.threads.add(threading.get_ident())
        return super().villages(outer)


async def test_while_villages_are_looked_for_in_what_is_drawn_others_are_answered(
    observatory: Observatory,
) -> None:
    office = observatory.house.office()
    given = office.release.places
    places = Watched(**{one.name: getattr(given, one.name) for one in fields(given)})
    said = SaidArea(description="", circles=(Circle(HERE, 2_000.0),))
    message = replace(bulletins.message(), where=(said,))
    watched = replace(office, release=replace(office.release, places=places))
    assert await drawn_areas(watched, message, FEED) == {said: [VILLAGE]}
    assert threading.get_ident() not in Watched.threads


async def test_names_and_codes_go_before_what_is_drawn(observatory: Observatory) -> None:
    _, told = await observatory.push(drawn(AROUND, names="浦阳镇", geocode="330109"))
    assert told["areas"] == ["330109103"]


@pytest.mark.parametrize(
    ("body", "reason", "where"),
    [
        pytest.param(drawn(BOW), "bad_shape", "area 1, ring 1: the polygon crosses", id="crossing"),
        pytest.param(
            drawn(AROUND + BOW), "bad_shape", "ring 2: the polygon crosses", id="the second ring"
        ),
        pytest.param(drawn(OPEN), "bad_shape", "it begins at (120, 30) and ends at", id="open"),
        pytest.param(drawn(NOWHERE), "unclear_area", "area 1 is only drawn", id="of nobody"),
        pytest.param(drawn(AROUND, names="浦阳镇"), "unclear_area", "浦阳镇", id="a bare name"),
        pytest.param(
            drawn(AROUND, names="临浦镇和浦阳镇"), "unclear_area", "临浦镇和浦阳镇", id="two in one"
        ),
        pytest.param(
            drawn(AROUND, names="萧山区全区"), "unclear_area", "全区", id="the whole county"
        ),
    ],
)
async def test_a_shape_that_cannot_be_taken_is_held_and_the_place_named(
    observatory: Observatory, body: bytes, reason: str, where: str
) -> None:
    status, told = await observatory.push(body)
    assert (status, told["verdict"], told["reason"]) == (202, "held", reason)
    assert where in told["detail"]
    assert await observatory.house.stores.signals.newest(5) == []


async def test_a_ring_of_too_many_points_is_held_with_its_number(observatory: Observatory) -> None:
    turns = [math.tau * n / 10_001 for n in range(10_001)]
    ring = [(30 + 0.1 * math.sin(one), 120 + 0.1 * math.cos(one)) for one in turns]
    text = " ".join(f"{lat:.7f},{lon:.7f}" for lat, lon in [*ring, ring[0]])
    status, told = await observatory.push(drawn(f"<polygon>{text}</polygon>"))
    assert (status, told["reason"]) == (202, "bad_shape")
    assert "ring 1: a polygon of 10002 points: 10000 at most" in told["detail"]


async def test_a_drawn_update_that_waits_for_its_first_message_keeps_its_villages(
    observatory: Observatory,
) -> None:
    early = bulletins.national(
        2, msg_type="Update", references=[1], areas="", geocode="", more=CIRCLE
    )
    status, told = await observatory.push(early)
    assert (status, told["reason"]) == (202, "unknown_reference")
    await observatory.push(bulletins.national(1))
    (waited,) = [
        one
        for one in await observatory.house.stores.warnings.of(FEED.id, 5)
        if one.identifier == bulletins.named(2)
    ]
    assert waited.areas == (VILLAGE,)
    assert not waited.held


async def test_a_cancel_before_its_alert_waits_and_then_ends_it(observatory: Observatory) -> None:
    early = bulletins.national(
        2, msg_type="Cancel", references=[1], sent=START + timedelta(seconds=30)
    )
    status, told = await observatory.push(early)
    assert (status, told["reason"]) == (202, "unknown_reference")
    status, told = await observatory.push(bulletins.national(1))
    assert (status, told["verdict"]) == (200, "applied")
    (signal,) = await observatory.house.stores.signals.newest(5)
    assert signal.colour(VILLAGE, observatory.house.clock.now()) is None
