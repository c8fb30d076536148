"""The track of a typhoon as the observatory has it: for staff planning only, never for a citizen.

Nothing is computed ahead: a position that the file does not have is not known here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from data.civic.errors import BadInput
from data.civic.shapes import Point, WindCircle


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackPoint:
    """Where a typhoon was, or was expected by who made the file, at one moment."""

    typhoon: str
    """Its number: 201909."""
    name: str
    at: datetime
    centre: Point
    radii_m: Mapping[int, float] = field(default_factory=dict)
    """Force of the wind (7, 10, 12) → metres; one that is not given, or is 0, is left out."""


def wind_circles(
    points: Iterable[TrackPoint],
    *,
    level: int,
    typhoon: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
) -> tuple[WindCircle, ...]:
    """Give the circles within which a typhoon blows with a force, of the moments of the file.

    Raises:
        BadInput: the file has several typhoons and none is named, or no circle fits.
    """
    ours = [one for one in points if typhoon in ("", one.typhoon)]
    if len(known := sorted({one.typhoon for one in ours})) > 1:
        raise BadInput(f"the file has several typhoons: choose one of {', '.join(known)}")
    circles = tuple(
        WindCircle.even(one.centre, level, one.radii_m[level])
        for one in ours
        if level in one.radii_m
        and (since is None or one.at >= since)
        and (until is None or one.at <= until)
    )
    if not circles:
        raise BadInput(f"no wind circle of force {level} in this time: see the file")
    return circles
