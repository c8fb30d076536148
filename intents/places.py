"""Hear which place of the county a sentence names."""

import re
from collections.abc import Iterable, Iterator

from data.civic.areas import Area, Gazetteer, within
from intents.normalise import clean
from intents.patterns import any_of

_SUFFIX = re.compile(r"(?:街道|镇|乡)$")
_NOT_A_CITY = r"(?![市县州](?![场民政区里]))"
_SAMPLE = re.compile(r"[(（][^)）]*[)）]$")


class PlaceEar:
    """Knows every name of every area of one release."""

    def __init__(self, places: Gazetteer) -> None:
        inside = [area for area in places.areas.values() if within(area.code, places.county)]
        self._areas = {name: area for area in _deepest_last(inside) for name in names(area)}
        self._known = re.compile(any_of(self._areas) + _NOT_A_CITY)

    def hear(self, text: str) -> Area | None:
        """Tell the smallest area of the county that a clean text names; of equals the longest."""
        heard = {match[0] for match in self._known.finditer(text)}
        return max(
            (self._areas[name] for name in sorted(heard, key=len)),
            key=lambda area: len(area.code),
            default=None,
        )


def _deepest_last(areas: Iterable[Area]) -> list[Area]:
    """Order areas so that of two with one name the larger is kept."""
    return sorted(areas, key=lambda area: (-len(area.code), area.code))


def names(area: Area) -> Iterator[str]:
    """List what an area is called: its name, its aliases, its name without its rank."""
    name = _SAMPLE.sub("", clean(area.name))
    short = _SUFFIX.sub("", name)
    yield from {name, *map(clean, area.aliases), *([short] if len(short) > 1 else [])} - {""}
