"""Journey 10: three towns, late and doubled arrival: every colour right at every minute."""

import itertools
from datetime import timedelta

import pytest

from bot.clock import SystemClock
from bot.house import House
from data.civic.ids import AreaCode
from data.civic.warning.messages import Colour
from handlers.acts.in_force import warnings_in_force
from tests.bulletins import FEED, JINHUA, LINPU, PUYANG, START, at, sample
from tests.pushing import pushing

RED, ORANGE, YELLOW = Colour.RED, Colour.ORANGE, Colour.YELLOW
NAMES = [
    "01_alert_orange.xml",
    "02_update_red.xml",
    "03_update_yellow_downgrade.xml",
    "04_cancel.xml",
]
ORDERS = list(itertools.permutations(NAMES))
MINUTES = 24 * 60

TIMES: dict[AreaCode, list[tuple[int, int, Colour]]] = {
    LINPU: [(0, 180, ORANGE), (180, 660, RED), (660, 1320, YELLOW)],
    PUYANG: [(0, 180, ORANGE), (180, 900, RED)],
    JINHUA: [(180, 900, RED)],
}
"""Town → from minute, to minute, colour; read off the messages by hand."""


def expected(town: AreaCode, minute: int) -> Colour | None:
    return next((c for begins, ends, c in TIMES[town] if begins <= minute < ends), None)


@pytest.mark.parametrize("turn", range(0, len(ORDERS), 3))
async def test_every_town_has_its_colour_at_every_minute(
    house: House, clock: SystemClock, turn: int
) -> None:
    at(clock, START + timedelta(hours=22, minutes=30))
    async with pushing(house) as observatory:
        for name in ORDERS[turn]:
            for _ in range(2):
                await observatory.push(sample(name))
    (signal,) = await house.stores.signals.newest(9)
    for town in TIMES:
        seen = [signal.colour(town, START + timedelta(minutes=m)) for m in range(MINUTES)]
        assert seen == [expected(town, m) for m in range(MINUTES)], town
        here = await warnings_in_force(house.office(), town)
        assert here.colour is None
    kept = await house.stores.warnings.of(FEED.id, 9)
    assert sorted(one.raw for one in kept) == sorted(sample(name) for name in NAMES)
