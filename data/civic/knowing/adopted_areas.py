"""Adoptions of sample areas: a village is really called so, is called otherwise, or is none."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from data.civic.areas import Area, Gazetteer
from data.civic.ids import AreaCode
from data.civic.knowing.adoptions import shortened


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaAdoption:
    """Who adopted the name of which area, when."""

    code: AreaCode
    digest: str
    """Of the name that was read: 16 hex digits."""
    department: str
    by: str
    on: date
    name: str | None = None
    """A correction: its right name; empty: there is no such area."""

    @property
    def corrects(self) -> bool:
        """Say whether another name, or none, takes the place of the one that was read."""
        return self.name is not None

    def __str__(self) -> str:
        """Name what was adopted."""
        return f"area={self.code}"


def digest_of_area(area: Area) -> str:
    """Digest how an area is called."""
    return shortened([area.code, area.name, list(area.aliases)])


def adopted_areas(
    places: Gazetteer, adoptions: Sequence[AreaAdoption]
) -> tuple[Gazetteer, tuple[AreaAdoption, ...]]:
    """Apply adoptions in their order; tell the places and the adoptions that have lapsed."""
    areas, lapsed = dict(places.areas), []
    for one in adoptions:
        area = areas.get(one.code)
        department = one.department == places.department
        if area is None or not department or one.digest != digest_of_area(area):
            lapsed.append(one)
        elif one.name == "":
            del areas[one.code]
        else:
            areas[one.code] = taken_area(area, one.name)
    return replace(places, areas=areas), tuple(lapsed)


def taken_area(area: Area, name: str | None) -> Area:
    """Make an area a real one, under its name or the right one; wrong names lead nowhere."""
    if name is None:
        return replace(area, sample=False)
    return replace(area, name=name, aliases=(), sample=False)
