"""Wind circles of a track file: the positions it has, and nothing between or ahead of them."""

from datetime import UTC, datetime, timedelta

import pytest

from data.civic.errors import BadInput
from data.civic.shapes import Point
from data.civic.warning.tracks import TrackPoint, wind_circles

NOON = datetime(2019, 8, 10, 4, tzinfo=UTC)


def position(hours: float, *, typhoon: str = "201909", r7: float = 300_000) -> TrackPoint:
    at = NOON + timedelta(hours=hours)
    radii = {7: r7} if r7 else {}
    return TrackPoint(
        typhoon=typhoon, name="利奇马", at=at, centre=Point(121.0, 28.0), radii_m=radii
    )


def test_each_position_within_the_time_gives_its_circle() -> None:
    points = [position(hour) for hour in (0, 3, 6)]
    assert len(wind_circles(points, level=7)) == 3
    some = wind_circles(points, level=7, since=NOON + timedelta(hours=3))
    assert [one.radii_m for one in some] == [(300_000,) * 4] * 2
    assert len(wind_circles(points, level=7, until=NOON)) == 1


def test_between_two_positions_nothing_is_known() -> None:
    points = [position(0), position(6)]
    with pytest.raises(BadInput, match="no wind circle"):
        wind_circles(
            points, level=7, since=NOON + timedelta(hours=1), until=NOON + timedelta(hours=2)
        )


def test_a_force_that_is_not_given_has_no_circle() -> None:
    with pytest.raises(BadInput, match="force 10"):
        wind_circles([position(0)], level=10)


def test_of_several_typhoons_one_is_named() -> None:
    points = [position(0), position(0, typhoon="202004")]
    with pytest.raises(BadInput, match="201909, 202004"):
        wind_circles(points, level=7)
    assert len(wind_circles(points, level=7, typhoon="202004")) == 1
