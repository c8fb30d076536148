"""Counters of villages equal the people who live there, by tags, and inside any shape."""

import asyncio
import math
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.civic.ids import AreaCode, GridId
from data.civic.risks import RiskTag
from data.civic.safety.rosters import Person, Rung
from data.civic.safety.synthetic import division_tree, grid_of, synthetic_residents
from data.civic.safety.targets import Reach, Target
from data.civic.shapes import Box, Circle, Point, Polygon, Shape, WindCircle, contains
from data.store.stores import Stores
from data.store.villages import COLLECTION, cut_by, held_by

VILLAGES = division_tree(counties=2, towns=3, villages=5)
TOWN = AreaCode(VILLAGES[0][:9])
PEOPLE = list(synthetic_residents(900, 3, villages=VILLAGES))
LOW = frozenset({RiskTag.LOW_LYING, RiskTag.SHIP})


async def settled(stores: Stores, people: list[Person]) -> None:
    await stores.residents.add_all(people)
    await stores.villages.recount({one.village for one in people})


def counted(people: list[Person], *, uncovered: frozenset[GridId] = frozenset()) -> tuple[int, ...]:
    no_phone = sum(one.reach is Rung.DOOR for one in people)
    no_worker = sum(one.grid is None or one.grid in uncovered for one in people)
    return len(people), no_phone, no_worker


def told(reach: Reach) -> tuple[int, ...]:
    return reach.people, reach.without_phone, reach.without_worker


async def reached(stores: Stores, target: Target) -> Reach:
    """Count as a preview does: whole villages by counters, those on the border one by one."""
    rows = await stores.villages.covered(target)
    border = [row.village for row in rows if row.border]
    exact = await stores.residents.exactly(border, target)
    return Reach.of([*(row for row in rows if not row.border), *exact])


@pytest.mark.parametrize("tags", [frozenset(), LOW])
async def test_an_area_counts_whoever_lives_in_it(stores: Stores, tags: frozenset[RiskTag]) -> None:
    await settled(stores, PEOPLE)
    found = await reached(stores, Target(areas=(TOWN, VILLAGES[0], VILLAGES[-1]), tags=tags))
    here = [
        one
        for one in PEOPLE
        if (one.village.startswith(TOWN) or one.village == VILLAGES[-1])
        and (not tags or one.tags & tags)
    ]
    assert told(found) == counted(here)
    assert sum(row.people for row in found.by_village) == len(here)


async def test_grids_for_which_nobody_answers_are_uncovered(stores: Stores) -> None:
    await settled(stores, PEOPLE)
    nobody = frozenset({grid_of(VILLAGES[0])})
    await stores.villages.recount(VILLAGES[:1], uncovered=tuple(nobody))
    found = Reach.of(await stores.villages.covered(Target(areas=(VILLAGES[0],))))
    here = [one for one in PEOPLE if one.village == VILLAGES[0]]
    assert told(found) == counted(here, uncovered=nobody)


async def test_the_villages_of_an_area_are_listed_also_when_everybody_has_left(
    stores: Stores,
) -> None:
    await settled(stores, PEOPLE)
    await stores.residents.delete([one.id for one in PEOPLE if one.village == VILLAGES[0]])
    await stores.villages.recount(VILLAGES[:1])
    here = tuple(sorted(one for one in VILLAGES if one.startswith(TOWN)))
    assert await stores.villages.within(TOWN) == here
    assert await stores.villages.within(VILLAGES[0]) == (VILLAGES[0],)
    assert await stores.villages.within(AreaCode("999999")) == ()


SHAPES: list[Shape] = [
    Circle(Point(118.15, 27.2), 6_000),
    Polygon.of([(118.03, 27.1), (118.4, 27.15), (118.3, 27.5), (118.2, 27.21), (118.03, 27.1)]),
    WindCircle.even(Point(118.3, 27.3), 10, 20_000),
    Circle(Point(100, 40), 1_000),
]


@pytest.mark.parametrize("shape", SHAPES, ids=["circle", "polygon", "wind", "elsewhere"])
@pytest.mark.parametrize("tags", [frozenset(), LOW])
async def test_a_shape_counts_whoever_lives_inside(
    stores: Stores, shape: Shape, tags: frozenset[RiskTag]
) -> None:
    await settled(stores, PEOPLE)
    found = await reached(stores, Target(shapes=(shape,), tags=tags))
    inside = [
        one
        for one in PEOPLE
        if one.home and contains(shape, one.home) and (not tags or one.tags & tags)
    ]
    assert found.people >= len(inside)  # a circle is drawn a little wider
    assert found.people <= len(inside) + 3


async def test_areas_and_shapes_that_overlap_count_nobody_twice(stores: Stores) -> None:
    await settled(stores, PEOPLE)
    both = Target(areas=(TOWN,), shapes=(SHAPES[0], SHAPES[1], SHAPES[0]))
    found = await reached(stores, both)
    here = [
        one
        for one in PEOPLE
        if one.village.startswith(TOWN)
        or (one.home and any(contains(shape, one.home) for shape in both.shapes))
    ]
    assert abs(found.people - len(here)) <= 3
    assert len({row.village for row in found.by_village}) == len(found.by_village)


async def test_who_has_no_point_belongs_to_every_shape_that_touches_the_village(
    stores: Stores,
) -> None:
    lost = [replace(one, home=None) for one in PEOPLE[:5]]
    await settled(stores, [*lost, *PEOPLE[5:]])
    corner = PEOPLE[6].home
    assert corner is not None
    found = await reached(stores, Target(shapes=(Circle(corner, 50),)))
    here = next(row for row in found.by_village if row.village == VILLAGES[0])
    assert here.people >= len(lost) + 1


async def test_an_outline_reaches_farther_than_the_homes(stores: Stores) -> None:
    nobody_there = [replace(one, home=None) for one in PEOPLE[:30]]
    await stores.villages.draw({VILLAGES[0]: Box(119.0, 29.0, 119.1, 29.1)})
    await settled(stores, nobody_there)
    found = await reached(stores, Target(shapes=(Circle(Point(119.05, 29.05), 1_000),)))
    assert found.people == 30


async def test_a_village_that_everybody_has_left_counts_nobody(stores: Stores) -> None:
    await settled(stores, PEOPLE[:30])
    await stores.residents.delete([one.id for one in PEOPLE[:30]])
    await stores.villages.recount(VILLAGES[:1])
    assert Reach.of(await stores.villages.covered(Target(areas=(TOWN,)))).people == 0


async def test_counts_at_the_same_time_leave_the_right_number(stores: Stores) -> None:
    batches = [PEOPLE[n : n + 5] for n in range(0, 30, 5)]
    await asyncio.gather(*(settled(stores, batch) for batch in batches))
    found = Reach.of(await stores.villages.covered(Target(areas=(VILLAGES[0],))))
    assert told(found) == counted(PEOPLE[:30])


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    east=st.floats(118, 118.8),
    north=st.floats(27.1, 27.4),
    radius=st.floats(500, 30_000),
    tags=st.sampled_from([frozenset(), LOW]),
)
async def test_any_circle_counts_at_least_whom_it_contains(
    stores: Stores, east: float, north: float, radius: float, tags: frozenset[RiskTag]
) -> None:
    await settled(stores, PEOPLE)
    circle = Circle(Point(east, north), radius)
    wider = Circle(circle.centre, radius * 1.01 + 5)
    found = await reached(stores, Target(shapes=(circle,), tags=tags))
    homes = [one.home for one in PEOPLE if one.home and (not tags or one.tags & tags)]
    assert sum(contains(circle, home) for home in homes) <= found.people
    assert found.people <= sum(contains(wider, home) for home in homes)


@st.composite
def stars(draw: st.DrawFn) -> Polygon:
    """Draw a polygon of any corners around a point of the made-up county."""
    corners = draw(st.integers(3, 40))
    west, south = draw(st.floats(118, 118.7)), draw(st.floats(27.1, 27.4))
    radii = draw(st.lists(st.floats(0.01, 0.4), min_size=corners, max_size=corners))
    angles = [2 * math.pi * number / corners for number in range(corners)]
    ring = [
        (west + radius * math.cos(angle), south + radius * math.sin(angle))
        for radius, angle in zip(radii, angles, strict=True)
    ]
    return Polygon.of([*ring, ring[0]])


def around(home: Point) -> list[Point]:
    """Name places 40 m off: so far may the edge that the database draws be from ours."""
    step = 40 / 111_000
    moved = [(0.0, 0.0), (step, 0.0), (-step, 0.0), (0.0, step), (0.0, -step)]
    return [Point(home.lon + east, home.lat + north) for east, north in moved]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(polygon=stars(), tags=st.sampled_from([frozenset(), LOW]))
async def test_any_polygon_counts_whom_it_contains_and_nobody_else(
    stores: Stores, polygon: Polygon, tags: frozenset[RiskTag]
) -> None:
    await settled(stores, PEOPLE)
    meant = [one for one in PEOPLE if one.home and (not tags or one.tags & tags)]
    near = [[contains(polygon, place) for place in around(one.home)] for one in meant if one.home]
    surely = [one for one, places in zip(meant, near, strict=True) if all(places)]
    perhaps = [one for one, places in zip(meant, near, strict=True) if any(places)]
    found = told(await reached(stores, Target(shapes=(polygon,), tags=tags)))
    for least, count, most in zip(counted(surely), found, counted(perhaps), strict=True):
        assert least <= count <= most


@pytest.mark.parametrize("shape", SHAPES[:3], ids=["circle", "polygon", "wind"])
async def test_the_villages_of_a_shape_are_found_along_the_indexes_on_places(
    stores: Stores, shape: Shape
) -> None:
    await settled(stores, PEOPLE)
    asked = [("centre", held_by(shape)), *(("extent", one) for one in cut_by(shape))]
    for index, wanted in asked:
        find = {"find": COLLECTION, "filter": wanted}
        told = await stores.database.command({"explain": find, "verbosity": "queryPlanner"})
        plan = str(told["queryPlanner"]["winningPlan"])
        assert f"'indexName': '{index}'" in plan
        assert "COLLSCAN" not in plan
