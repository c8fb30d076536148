"""Divisions from province to village, their names, and what is inside what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from data.civic.ids import AreaCode
from data.civic.shapes import Box, Point, Polygon, box_of

VILLAGE = 12
"""Digits of the code of a village."""
_DIGITS = (2, 4, 6, 9, VILLAGE)


class AreaKind(StrEnum):
    """What sort of area a code means."""

    ADMIN = "admin"
    """A unit of administration."""
    ZONE = "zone"
    """A development zone or farm that statistics count, no unit of administration."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A division; `code` has 2, 4, 6, 9 or 12 digits."""

    code: AreaCode
    name: str
    aliases: tuple[str, ...] = ()
    kind: AreaKind = AreaKind.ADMIN
    sample: bool = False
    valid_from: date | None = None
    valid_to: date | None = None
    centre: Point | None = None
    outline: Polygon | None = None
    """Where it ends on the map, as far as somebody has drawn it."""

    @property
    def is_village(self) -> bool:
        """Say whether it is a village or a neighbourhood, where divisions end."""
        return len(self.code) == VILLAGE

    def frame(self) -> Box | None:
        """Tell the box around all that is drawn of it; None: nothing is."""
        if self.outline is not None:
            return box_of(self.outline)
        at = self.centre
        return Box(at.lon, at.lat, at.lon, at.lat) if at is not None else None


def _above(code: AreaCode) -> AreaCode:
    return AreaCode(code[: max((size for size in _DIGITS if size < len(code)), default=0)])


def within(area: AreaCode, outer: AreaCode) -> bool:
    """Say whether `area` is `outer` or lies in it."""
    return area.startswith(outer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gazetteer:
    """The areas of a county and those above it."""

    county: AreaCode
    areas: Mapping[AreaCode, Area]
    department: str = ""
    """The bureau that answers for the names of areas, and adopts them."""
    elsewhere: tuple[str, ...] = ()
    """Names of provinces and cities that are not ours: their questions are not answered here."""

    def name(self, code: AreaCode) -> str:
        """Tell an area's name; the code itself when it is not known."""
        area = self.areas.get(code)
        return area.name if area else str(code)

    def full_name(self, code: AreaCode) -> str:
        """Tell the name with the areas around it from the county down: 萧山区临浦镇."""
        chain = [AreaCode(code[:size]) for size in (6, 9, 12) if size <= len(code)]
        return "".join(self.name(one) for one in chain if one in self.areas)

    def without(self, area: AreaCode, but: Sequence[AreaCode]) -> tuple[AreaCode, ...]:
        """Cut parts out of an area: the county without a town is its other towns."""
        if any(within(area, one) for one in but):
            return ()
        if not any(within(one, area) for one in but):
            return (area,)
        parts = [one for one in self.areas if within(one, area) and _above(one) == area]
        return tuple(code for part in sorted(parts) for code in self.without(part, but))

    def descendants(self, code: AreaCode) -> tuple[Area, ...]:
        """List what lies in an area, down to the villages, in the order of the codes."""
        inside = (one for one in self.areas if within(one, code) and one != code)
        return tuple(self.areas[one] for one in sorted(inside))

    def villages(self, outer: AreaCode | None = None) -> tuple[Area, ...]:
        """List the villages of an area, of the county if none is given."""
        around = self.county if outer is None else outer
        inside = (one for one in self.areas.values() if within(one.code, around))
        return tuple(sorted((one for one in inside if one.is_village), key=lambda one: one.code))

    def towns(self) -> tuple[Area, ...]:
        """List the towns of the county in the order of their codes."""
        return tuple(
            area
            for code, area in sorted(self.areas.items())
            if len(code) == 9 and within(code, self.county)
        )
