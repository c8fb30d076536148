"""Polygons that enclose an area, circles and wind circles: what lies in them and what does not."""

import math
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.civic.errors import BadInput
from data.civic.shapes import (
    Circle,
    Point,
    Polygon,
    Shape,
    WindCircle,
    bearing,
    box_of,
    contains,
    distance_m,
    ring_of,
)

XIAOSHAN = Point(120.26, 30.18)
SQUARE = Polygon.of([(120, 30), (121, 30), (121, 31), (120, 31), (120, 30)])

near = st.builds(Point, st.floats(118, 123), st.floats(28, 33))
radii = st.floats(0, 600_000)


@st.composite
def shapes(draw: st.DrawFn) -> Shape:
    """Any circle, wind circle or star-shaped polygon around here."""
    centre = draw(near)
    match draw(st.sampled_from(["circle", "wind", "polygon"])):
        case "circle":
            return Circle(centre, draw(st.floats(1, 600_000)))
        case "wind":
            ne, se, sw = (draw(radii) for _ in range(3))
            return WindCircle(
                centre=centre,
                level=draw(st.sampled_from([7, 10, 12])),
                north_east_m=ne,
                south_east_m=se,
                south_west_m=sw,
                north_west_m=draw(st.floats(1, 600_000)),
            )
        case _:
            count = draw(st.integers(3, 40))
            far = draw(st.lists(st.floats(0.1, 2), min_size=count, max_size=count))
            return star(centre, far)


def star(centre: Point, far: list[float]) -> Polygon:
    turns = [2 * math.pi * n / len(far) for n in range(len(far))]
    pairs = [
        (centre.lon + r * math.cos(turn), centre.lat + r * math.sin(turn))
        for r, turn in zip(far, turns, strict=True)
    ]
    return Polygon.of([*pairs, pairs[0]])


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        pytest.param([(0, 0), (1, 0), (1, 1)], "4 at least", id="three points"),
        pytest.param([], "4 at least", id="no points"),
        pytest.param([(0, 0), (1, 0), (1, 1), (0, 1)], "open: it begins at (0, 0)", id="open"),
        pytest.param(
            [(0, 0), (1, 1), (1, 0), (0, 1), (0, 0)], "crosses or touches itself near", id="bow"
        ),
        pytest.param(
            [(0, 0), (2, 0), (2, 2), (1, 0), (0, 2), (0, 0)], "touches itself", id="touching"
        ),
        pytest.param(
            [(0, 0), (4, 0), (4, 4), (2, 2), (2, 3), (2, 2), (0, 4), (0, 0)],
            "touches itself",
            id="spike",
        ),
        pytest.param([(0, 0), (3, 0), (1, 0), (1, 2), (0, 0)], "touches itself", id="back"),
        pytest.param([(0, 0), (1, 1), (2, 2), (0, 0)], "touches itself", id="flat"),
        pytest.param([(30, 120), (30, 121), (31, 121), (30, 120)], "longitude comes", id="swapped"),
        pytest.param([(0, math.nan), (1, 0), (1, 1), (0, 0)], "nowhere on earth", id="no number"),
        pytest.param([(n / 1e3, n % 2) for n in range(20_001)], "10000 at most", id="too long"),
    ],
)
def test_what_encloses_no_area_is_refused_with_its_place(
    pairs: list[tuple[float, float]], said: str
) -> None:
    with pytest.raises(BadInput) as refused:
        Polygon.of(pairs)
    assert said in str(refused.value)


def test_a_crossing_is_named_by_its_points() -> None:
    with pytest.raises(BadInput, match=r"from point 1 to 2 and the piece from point 3 to 4 meet"):
        Polygon.of([(0, 0), (1, 1), (1, 0), (0, 1), (0, 0)])


def test_a_point_that_is_given_twice_in_a_row_is_left_out() -> None:
    doubled = [(0.0, 0.0), (0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (1.0, 1.0), (0.0, 0.0)]
    assert len(Polygon.of(doubled).ring) == 4


def test_a_long_outline_is_checked_in_a_moment() -> None:
    far = [1 + 0.2 * (n % 2) for n in range(4_000)]
    begun = process_time()
    star(XIAOSHAN, far)
    assert process_time() - begun < 5


def comb(teeth: int, *, lean: float) -> list[tuple[float, float]]:
    """Draw one line to and fro, and around it back; with `lean` it lies across every meridian."""
    to_and_fro = [(float(n // 2 % 2 == n % 2), n // 2 / teeth) for n in range(2 * teeth)]
    around = [(2.0, to_and_fro[-1][1]), (2.0, -1.0), (0.0, -1.0)]
    pairs = [*to_and_fro, *(around if to_and_fro[-1][0] else [(-1.0, around[0][1]), (-1.0, -1.0)])]
    return [(x + lean * y, y + lean * 9 * x) for x, y in [*pairs, pairs[0]]]


def test_a_comb_of_thousands_of_teeth_is_checked_in_a_moment() -> None:
    begun = process_time()
    assert len(Polygon.of(comb(4_500, lean=0.0)).ring) > 9_000
    assert process_time() - begun < 3


def test_what_takes_too_long_to_check_is_refused_in_a_moment() -> None:
    begun = process_time()
    with pytest.raises(BadInput, match="too tangled to be checked"):
        Polygon.of(comb(4_500, lean=1.0))
    assert process_time() - begun < 3


@pytest.mark.parametrize(
    ("point", "inside"),
    [((120.5, 30.5), True), ((119.9, 30.5), False), ((120.5, 31.1), False), ((122, 30.5), False)],
)
def test_a_point_lies_in_a_polygon_or_not(point: tuple[float, float], *, inside: bool) -> None:
    assert contains(SQUARE, Point(*point)) is inside


def test_a_dent_is_outside() -> None:
    dented = Polygon.of([(0, 0), (4, 0), (4, 4), (2, 1), (0, 4), (0, 0)])
    assert not contains(dented, Point(2, 3))
    assert contains(dented, Point(0.5, 2))


def test_a_degree_of_latitude_is_a_hundred_and_eleven_kilometres() -> None:
    assert distance_m(Point(120, 30), Point(120, 31)) == pytest.approx(111_319, rel=1e-4)
    assert distance_m(XIAOSHAN, XIAOSHAN) == 0


@pytest.mark.parametrize(
    ("towards", "degrees"),
    [((120, 31), 0), ((121, 30), 90), ((120, 29), 180), ((119, 30), 270)],
)
def test_bearings_run_clockwise_from_the_north(
    towards: tuple[float, float], degrees: float
) -> None:
    turn = bearing(Point(120, 30), Point(*towards)) - degrees
    assert abs((turn + 180) % 360 - 180) < 0.5


def test_a_wind_circle_has_a_radius_for_each_quarter() -> None:
    wind = WindCircle(
        centre=Point(120, 30),
        level=10,
        north_east_m=300_000,
        south_east_m=200_000,
        south_west_m=0,
        north_west_m=100_000,
    )
    found = [
        contains(wind, Point(120 + lon, 30 + lat))
        for lon, lat in [(1.6, 1.6), (1.6, -1.6), (1.2, -1.2), (-0.1, -0.1), (-0.5, 0.5), (-1, 1)]
    ]
    assert found == [True, False, True, False, True, False]


@pytest.mark.parametrize(
    ("level", "radius", "said"),
    [
        (8, 1000, "only 7, 10 and 12"),
        (7, 0, "all radii are 0"),
        (7, -1, "0 to 2000"),
        (7, 3e6, "0 to 2000"),
    ],
)
def test_no_bulletin_gives_such_a_wind_circle(level: int, radius: float, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        WindCircle.even(XIAOSHAN, level, radius)


@pytest.mark.parametrize("radius", [0, -5, math.nan, math.inf])
def test_a_circle_has_a_radius(radius: float) -> None:
    with pytest.raises(BadInput, match="2000 km"):
        Circle(XIAOSHAN, radius)


@given(shape=shapes(), point=near)
def test_what_lies_in_a_shape_lies_in_its_box_and_in_its_ring(shape: Shape, point: Point) -> None:
    if contains(shape, point):
        assert box_of(shape).holds(point)
        assert _drawn_around(shape, point)


@given(shape=shapes())
def test_a_drawn_ring_is_a_polygon_again(shape: Shape) -> None:
    assert Polygon(ring_of(shape)).ring[0] == ring_of(shape)[0]


def _drawn_around(shape: Shape, point: Point) -> bool:
    """Say whether the point, or one a metre beside it, lies in the ring as it is drawn."""
    drawn, steps = Polygon(ring_of(shape)), (0.0, 1e-5, -1e-5)
    return any(contains(drawn, Point(point.lon + x, point.lat + y)) for x in steps for y in steps)
