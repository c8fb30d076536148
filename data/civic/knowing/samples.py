"""Count the samples of a release that nobody has adopted: production does not start with them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from data.civic.knowing.adoptions import said
from data.civic.knowing.guides import Standing
from data.civic.knowing.releases import Release


@dataclass(frozen=True, slots=True, kw_only=True)
class Samples:
    """What one department still has to adopt before production."""

    elements: int = 0
    guides: int = 0
    areas: int = 0

    def __str__(self) -> str:
        """Write the counts."""
        elements = f"{self.elements} elements of {self.guides} guides"
        areas = f"{self.areas} areas"
        return ", ".join([*([elements] if self.elements else []), *([areas] if self.areas else [])])


def samples(release: Release) -> Mapping[str, Samples]:
    """Count the samples of each department that has some, by its name."""
    elements: Counter[str] = Counter()
    guides: Counter[str] = Counter()
    for guide in release.guides.values():
        left = sum(
            element.standing is Standing.SAMPLE and not element.adopted
            for element in said(guide).values()
        )
        elements[guide.department] += left
        guides[guide.department] += bool(left)
    places = release.places
    areas = Counter({places.department: sum(one.sample for one in places.areas.values())})
    return {
        name: Samples(elements=elements[name], guides=guides[name], areas=areas[name])
        for name in sorted({*elements, *areas})
        if elements[name] or areas[name]
    }
