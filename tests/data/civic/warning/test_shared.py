"""Under which warning a message that changes several is told, and to whom."""

import pytest

from data.civic.ids import AreaCode
from data.civic.warning.shared import shares
from data.civic.warning.signals import Signal, begun_by
from tests.bulletins import COUNTY, FEED, JINHUA, LINPU, PUYANG, START, message, placed, update


def both(first: AreaCode, second: AreaCode, *changed: AreaCode) -> tuple[Signal, Signal]:
    """Begin two warnings, and let message 3 change both, for some areas."""
    step = placed(update(3, minute=5), *changed)
    one = begun_by(placed(message(1), first), FEED.id)
    other = begun_by(placed(message(2), second), FEED.id)
    return one.joined_by(step), other.joined_by(step)


@pytest.mark.parametrize(
    ("first", "second", "changed", "told"),
    [
        (LINPU, PUYANG, (LINPU, PUYANG), [(LINPU,), (PUYANG,)]),
        (LINPU, PUYANG, (LINPU, PUYANG, JINHUA), [(LINPU, JINHUA), (PUYANG,)]),
        (LINPU, PUYANG, (COUNTY,), [(COUNTY,), (PUYANG,)]),
        (COUNTY, PUYANG, (LINPU,), [(LINPU,), ()]),
        (LINPU, LINPU, (LINPU,), [(LINPU,), (LINPU,)]),
        (LINPU, PUYANG, (JINHUA,), [(JINHUA,), ()]),
    ],
    ids=["each its own", "a new place", "around both", "one only", "the same place", "elsewhere"],
)
def test_each_warning_tells_its_own_places_and_the_first_of_the_rest(
    first: AreaCode,
    second: AreaCode,
    changed: tuple[AreaCode, ...],
    told: list[tuple[AreaCode, ...]],
) -> None:
    signals = both(first, second, *changed)
    found = shares(signals, signals[0].steps[-1].identifier, START)
    assert [found[one.id] for one in signals] == told
    assert shares(signals[::-1], signals[0].steps[-1].identifier, START) == found
