"""The shape of `places/*.toml`."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator

from data.civic.areas import Area, AreaKind
from data.civic.errors import BadInput
from data.civic.ids import AreaCode
from data.civic.shapes import Point, Polygon
from data.content.shapes.guides import Code
from data.content.shapes.shape import Shape, Text

Pair = tuple[float, float]


def _point(pair: Pair) -> Pair:
    """Refuse what is no place: longitude first, then latitude."""
    try:
        Point(*pair)
    except BadInput as error:
        raise ValueError(str(error)) from error
    return pair


def _ring(pairs: tuple[Pair, ...]) -> tuple[Pair, ...]:
    """Refuse a ring that encloses no area."""
    try:
        Polygon.of(pairs)
    except BadInput as error:
        raise ValueError(str(error)) from error
    return pairs


class AreaShape(Shape):
    """One division."""

    code: Code
    name: Text
    aliases: tuple[Text, ...] = ()
    kind: AreaKind = AreaKind.ADMIN
    sample: bool = False
    valid_from: date | None = None
    valid_to: date | None = None
    centre: Annotated[Pair, AfterValidator(_point)] | None = None
    """Longitude and latitude."""
    outline: Annotated[tuple[Pair, ...], AfterValidator(_ring)] | None = None
    """A closed ring of pairs."""

    def record(self) -> Area:
        """Make the record."""
        return Area(
            code=AreaCode(self.code),
            name=self.name,
            aliases=tuple(self.aliases),
            kind=self.kind,
            sample=self.sample,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            centre=Point(*self.centre) if self.centre else None,
            outline=Polygon.of(self.outline) if self.outline else None,
        )


class PlacesFile(Shape):
    """A county, what is above it and what is in it."""

    county: Code
    source: Text
    department: str = ""
    area: list[AreaShape]
