"""Places on the map: points, polygons, circles and the wind circles of a typhoon.

Degrees of WGS 84, metres on a sphere. Edges of a polygon are straight in degrees, as they are
drawn; over the length of a county that is within 30 m of the great circle the database draws.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import assert_never

from data.civic import rings
from data.civic.errors import BadInput

EARTH_M = 6_378_100.0
"""Radius of the earth, as MongoDB takes it. Source: `$centerSphere`, read 2026-11-21."""
WIND_LEVELS = (7, 10, 12)
"""The wind forces (Beaufort) for which a bulletin gives radii."""
FARTHEST_M = 2_000_000.0
"""No radius of a warning or of a typhoon is larger."""
NARROWEST_M = 1.0
"""What is drawn for a quarter without such wind, so that the ring does not touch itself."""
ARC_STEPS = 16
"""How many straight pieces stand for a quarter of a circle."""


@dataclass(frozen=True, slots=True)
class Point:
    """A place; longitude first, as in GeoJSON.

    Raises:
        BadInput: it is nowhere on earth.
    """

    lon: float
    lat: float

    def __post_init__(self) -> None:
        if not (-180 <= self.lon <= 180 and -90 <= self.lat <= 90):  # NaN is refused as well
            raise BadInput(f"{self} is nowhere on earth: longitude comes first, then latitude")

    def __str__(self) -> str:
        return f"({self.lon:g}, {self.lat:g})"


@dataclass(frozen=True, slots=True)
class Box:
    """The smallest box along the meridians that holds a shape."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, point: Point) -> bool:
        """Say whether a point lies in the box or on its edge."""
        return self.west <= point.lon <= self.east and self.south <= point.lat <= self.north

    def meets(self, other: "Box") -> bool:
        """Say whether two boxes have a point in common."""
        apart = self.east < other.west or other.east < self.west
        return not (apart or self.north < other.south or other.north < self.south)


@dataclass(frozen=True, slots=True)
class Polygon:
    """What lies inside one closed ring; points that repeat the one before are left out.

    Raises:
        BadInput: it is open, too short, crosses or touches itself, or holds nothing; the message
            names the points.
    """

    ring: tuple[Point, ...]

    def __post_init__(self) -> None:
        kept = self.ring[:1] + tuple(b for a, b in pairwise(self.ring) if a != b)
        object.__setattr__(self, "ring", kept)
        rings.check([(point.lon, point.lat) for point in kept])

    @classmethod
    def of(cls, pairs: Sequence[tuple[float, float]]) -> "Polygon":
        """Make one of pairs `(longitude, latitude)`."""
        return cls(tuple(Point(lon, lat) for lon, lat in pairs))


@dataclass(frozen=True, slots=True)
class Circle:
    """What lies within `radius_m` metres of a point.

    Raises:
        BadInput: the radius is no length.
    """

    centre: Point
    radius_m: float

    def __post_init__(self) -> None:
        if not 0 < self.radius_m <= FARTHEST_M:
            raise BadInput(f"a circle of {self.radius_m:g} m: between 1 m and 2000 km")


@dataclass(frozen=True, slots=True, kw_only=True)
class WindCircle:
    """Where a typhoon blows with at least one force: a radius for each quarter of the sky.

    Raises:
        BadInput: no bulletin gives such a force, or a radius is no length.
    """

    centre: Point
    level: int
    """7, 10 or 12."""
    north_east_m: float
    south_east_m: float
    south_west_m: float
    north_west_m: float

    def __post_init__(self) -> None:
        if self.level not in WIND_LEVELS:
            raise BadInput(f"wind circle of level {self.level}: only 7, 10 and 12 are given")
        if not all(0 <= radius <= FARTHEST_M for radius in self.radii_m):
            raise BadInput(f"wind circle of level {self.level}: a radius is from 0 to 2000 km")
        if not any(self.radii_m):
            raise BadInput(f"wind circle of level {self.level}: there is none, all radii are 0")

    @classmethod
    def even(cls, centre: Point, level: int, radius_m: float) -> "WindCircle":
        """Make one whose quarters are alike."""
        return cls(
            centre=centre,
            level=level,
            north_east_m=radius_m,
            south_east_m=radius_m,
            south_west_m=radius_m,
            north_west_m=radius_m,
        )

    @property
    def radii_m(self) -> tuple[float, float, float, float]:
        """Tell the radii clockwise from the north."""
        return self.north_east_m, self.south_east_m, self.south_west_m, self.north_west_m


Shape = Polygon | Circle | WindCircle


def contains(shape: Shape, point: Point) -> bool:
    """Say whether a point lies in a shape; on the edge of a polygon it may be either."""
    match shape:
        case Polygon():
            return _inside(shape.ring, point)
        case Circle():
            return distance_m(shape.centre, point) <= shape.radius_m
        case WindCircle():
            quarter = int(bearing(shape.centre, point) // 90) % 4
            return distance_m(shape.centre, point) <= shape.radii_m[quarter]
        case _:
            assert_never(shape)


def box_of(shape: Shape) -> Box:
    """Tell the smallest box that holds a shape; around a pole it is the whole width."""
    match shape:
        case Polygon():
            lons, lats = [p.lon for p in shape.ring], [p.lat for p in shape.ring]
            return Box(min(lons), min(lats), max(lons), max(lats))
        case Circle():
            return _box_around(shape.centre, shape.radius_m)
        case WindCircle():
            return _box_around(shape.centre, max(shape.radii_m))
        case _:
            assert_never(shape)


def ring_of(shape: Shape) -> tuple[Point, ...]:
    """Draw a shape as a closed ring; the pieces of an arc run a little outside of it."""
    match shape:
        case Polygon():
            return shape.ring
        case Circle():
            return _arcs(shape.centre, (shape.radius_m,) * 4)
        case WindCircle():
            return _arcs(shape.centre, shape.radii_m)
        case _:
            assert_never(shape)


def distance_m(one: Point, other: Point) -> float:
    """Tell how far two points are from each other: metres along the great circle."""
    lat, to = math.radians(one.lat), math.radians(other.lat)
    across = math.sin(math.radians(other.lon - one.lon) / 2) ** 2
    chord = math.sin((to - lat) / 2) ** 2 + math.cos(lat) * math.cos(to) * across
    return 2 * EARTH_M * math.asin(min(1.0, math.sqrt(chord)))


def bearing(one: Point, other: Point) -> float:
    """Tell in which direction `other` lies: degrees clockwise from the north, below 360."""
    lat, to = math.radians(one.lat), math.radians(other.lat)
    across = math.radians(other.lon - one.lon)
    east = math.sin(across) * math.cos(to)
    north = math.cos(lat) * math.sin(to) - math.sin(lat) * math.cos(to) * math.cos(across)
    return math.degrees(math.atan2(east, north)) % 360.0


def _arcs(centre: Point, radii_m: Sequence[float]) -> tuple[Point, ...]:
    wider = 1 / math.cos(math.pi / 4 / ARC_STEPS)
    points: list[Point] = []
    for quarter, radius in enumerate(radii_m):
        for step in range(ARC_STEPS + 1):
            towards = 90.0 * (quarter + step / ARC_STEPS)
            points.append(_ahead(centre, towards, max(radius, NARROWEST_M) * wider))
    return (*points, points[0])


def _ahead(centre: Point, towards: float, distance: float) -> Point:
    angle, way = distance / EARTH_M, math.radians(towards)
    lat = math.radians(centre.lat)
    to = math.asin(
        math.sin(lat) * math.cos(angle) + math.cos(lat) * math.sin(angle) * math.cos(way)
    )
    across = math.atan2(
        math.sin(way) * math.sin(angle) * math.cos(lat),
        math.cos(angle) - math.sin(lat) * math.sin(to),
    )
    lon = (centre.lon + math.degrees(across) + 180.0) % 360.0 - 180.0
    return Point(lon, math.degrees(to))


def _box_around(centre: Point, radius_m: float) -> Box:
    high = math.degrees(radius_m / EARTH_M)
    south, north = max(-90.0, centre.lat - high), min(90.0, centre.lat + high)
    narrow = math.cos(math.radians(centre.lat))
    reach = math.sin(radius_m / EARTH_M)
    wide = math.degrees(math.asin(reach / narrow)) if reach < narrow else 180.0
    return Box(max(-180.0, centre.lon - wide), south, min(180.0, centre.lon + wide), north)


def _inside(ring: Sequence[Point], point: Point) -> bool:
    """Count how often a ray to the east crosses the ring: an odd count is inside."""
    lon, lat = point.lon, point.lat
    inside = False
    for a, b in pairwise(ring):
        if (a.lat > lat) != (b.lat > lat):
            inside ^= lon < a.lon + (lat - a.lat) * (b.lon - a.lon) / (b.lat - a.lat)
    return inside
